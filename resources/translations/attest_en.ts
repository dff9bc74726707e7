<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
  <context>
    <name>attest</name>
    <message numerus="yes">
      <source>%n already in the library</source>
      <translation>
        <numerusform>%n already in the library</numerusform>
        <numerusform>%n already in the library</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n could not be added</source>
      <translation>
        <numerusform>%n could not be added</numerusform>
        <numerusform>%n could not be added</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n different value(s) shown</source>
      <translation>
        <numerusform>%n different value shown</numerusform>
        <numerusform>%n different values shown</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n document(s)</source>
      <translation>
        <numerusform>%n document</numerusform>
        <numerusform>%n documents</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n document(s) added</source>
      <translation>
        <numerusform>%n document added</numerusform>
        <numerusform>%n documents added</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n document(s) measured</source>
      <translation>
        <numerusform>%n document measured</numerusform>
        <numerusform>%n documents measured</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n fields to review</source>
      <translation>
        <numerusform>%n field to review</numerusform>
        <numerusform>%n fields to review</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n folder(s)</source>
      <translation>
        <numerusform>%n folder</numerusform>
        <numerusform>%n folders</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n matches</source>
      <translation>
        <numerusform>%n match</numerusform>
        <numerusform>%n matches</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n model(s)</source>
      <translation>
        <numerusform>%n model</numerusform>
        <numerusform>%n models</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n number(s) by date</source>
      <translation>
        <numerusform>%n number by date</numerusform>
        <numerusform>%n numbers by date</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n number(s) in the order of the table; the template has no date field</source>
      <translation>
        <numerusform>%n number in the order of the table; the template has no date field</numerusform>
        <numerusform>%n numbers in the order of the table; the template has no date field</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n other file(s) left out</source>
      <translation>
        <numerusform>%n other file left out</numerusform>
        <numerusform>%n other files left out</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n page(s)</source>
      <translation>
        <numerusform>%n page</numerusform>
        <numerusform>%n pages</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n page(s) a minute</source>
      <translation>
        <numerusform>%n page a minute</numerusform>
        <numerusform>%n pages a minute</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n places</source>
      <translation>
        <numerusform>%n place</numerusform>
        <numerusform>%n places</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n required fields need a decision before the document is finished:</source>
      <translation>
        <numerusform>%n required field needs a decision before the document is finished:</numerusform>
        <numerusform>%n required fields need a decision before the document is finished:</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n sentences, each with its source. Choose one to see it on the page.</source>
      <translation>
        <numerusform>%n sentence with its source. Choose it to see it on the page.</numerusform>
        <numerusform>%n sentences, each with its source. Choose one to see it on the page.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n template(s)</source>
      <translation>
        <numerusform>%n template</numerusform>
        <numerusform>%n templates</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n to review</source>
      <translation>
        <numerusform>%n to review</numerusform>
        <numerusform>%n to review</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n value(s)</source>
      <translation>
        <numerusform>%n value</numerusform>
        <numerusform>%n values</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values decided together</source>
      <translation>
        <numerusform>%n value decided</numerusform>
        <numerusform>%n values decided together</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Accept %n shown above %1</source>
      <translation>
        <numerusform>Accept %n shown above %1</numerusform>
        <numerusform>Accept %n shown above %1</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Accept all %n</source>
      <translation>
        <numerusform>Accept %n</numerusform>
        <numerusform>Accept all %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Accepted %n values</source>
      <translation>
        <numerusform>Accepted %n value</numerusform>
        <numerusform>Accepted %n values</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Copied %n sentences with citations</source>
      <translation>
        <numerusform>Copied %n sentence with its citation</numerusform>
        <numerusform>Copied %n sentences with citations</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Paused, %n document(s) wait</source>
      <translation>
        <numerusform>Paused, %n document waits</numerusform>
        <numerusform>Paused, %n documents wait</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Reading %n document(s)</source>
      <translation>
        <numerusform>Reading %n document</numerusform>
        <numerusform>Reading %n documents</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>about %n hour(s)</source>
      <translation>
        <numerusform>about %n hour</numerusform>
        <numerusform>about %n hours</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>about %n minute(s)</source>
      <translation>
        <numerusform>about %n minute</numerusform>
        <numerusform>about %n minutes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>accept %n values</source>
      <translation>
        <numerusform>accept %n value</numerusform>
        <numerusform>accept %n values</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>and %n more</source>
      <translation>
        <numerusform>and %n more</numerusform>
        <numerusform>and %n more</numerusform>
      </translation>
    </message>
  </context>
</TS>
