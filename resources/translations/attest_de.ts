<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
  <context>
    <name>attest</name>
    <message>
      <source> or </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>! File missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>! Too big</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>! does not hold</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>! not there now: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>## Attest %1

Reads documents on this machine and writes tables whose every value says where it stands. Nothing leaves the machine: Settings, Privacy checks that.

</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>### Licences

Attest is free software under the GNU General Public License, version 3, without any warranty. It uses, unchanged and as packaged by the system:

- Qt %1: LGPL 3
- Poppler, in the separate program attest-reader: GPL 2 or 3
- SQLite: public domain
- OpenBLAS: BSD 3-clause
- ICU: Unicode licence
- libseccomp: LGPL 2.1
- uchardet: MPL 1.1
- nlohmann JSON: MIT
- libxlsxwriter: BSD 2-clause
- CLI11, in the command line tool: BSD 3-clause

The bundled model's licence stands in its file; Models shows it.
</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 %</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 %2, %3 of %4</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 (Ctrl+Enter)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 (copy)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 / %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 billion</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 built in, %2 of your own</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 by %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 cannot be opened. %2 %3</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 documents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 documents are back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 documents are in the trash.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 documents were deleted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 fields</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 fields below the threshold of %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 fields to review</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 has changed since it was read. %2 Add the file again to read what is in it now.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 in %2.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 in no collection.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 in the folder; Attest reads PDF, .txt and .md files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is a different document: its contents are not those that were added.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is finished</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is not in its folder any more. %2 Put it back there to see its pages.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is stated on %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 is there already. Press “Replace” to put the new export in its place.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 left, done by %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 libraries are loaded; none of them speaks to a network.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 million</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 models</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 not finished by a person: %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 of %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 of %2 decided</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 of %2 values decided · %3</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 of memory free</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 parameters, %2 on disk</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 paths were copied.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 results came from it and keep their version</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 sockets are refused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 tokens</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 v%2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 waiting · %2 done · %3 failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 written: %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 · %2 of %3 rows</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 · %2 rows</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1 · template v%2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1, %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1, %2 of %3</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1, computed: %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1, says %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1. Left and right arrow close and open it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1: %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>%1: %2 of %3</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>%n already in the library</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n could not be added</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n different value(s) shown</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n document(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n document(s) added</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n fields to review</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n folder(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n matches</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n model(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n number(s) by date</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n number(s) in the order of the table; the template has no date field</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n other file(s) left out</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n page(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n page(s) a minute</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n places</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n required fields need a decision before the document is finished:</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n sentences, each with its source. Choose one to see it on the page.</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n template(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n to review</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n value(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values decided together</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>&amp;%1  %2 (%3)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Note for whoever looks at this value next:</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Save to</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>&amp;Template</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>(no name)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>(nothing)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>+ Add %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>+ new</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>, closed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>, open</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>, raw confidence %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1 document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1 document is back.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1 document is in the trash.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1 document was deleted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1 field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1 field below the threshold of %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1 model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1 result came from it and keeps its version</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>80 to 200 % (left and right arrow)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>80 to 200 % (up and down arrow)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>= same</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>? Mend what is marked in the fields first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>? Tight</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>? computed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>? to fill in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A folder: a table per group, a long table with the place of every value, a data dictionary and a manifest.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A folder: records with repeating instruments and the data dictionary.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A row for each document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A row for each item of a group</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A row for each value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A short description helps the model to find the right place.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A short guide with pictures, and every key.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A socket was given, and closed again unused.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A summary is a few sentences of the document, each with its source.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A unit without a number beside it: make the value a quantity instead.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>About</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>About Attest</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Above %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Accept</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Accept %n shown above %1</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>Accept all %n</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Accept all shown values above the threshold, as one step</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Accept and next</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Accept shown</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Accept the value and go to the next one to review</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Accepted %n values</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Add %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add PDFs or notes, or drop them anywhere on this window. Review what was read beside the page, then export it as a table.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add a choice</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add a field: a template without fields extracts nothing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add a folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add a folder with all its documents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add a value, then Enter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add an item that the machine missed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add and remove a field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add documents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add documents…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add files…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add folder…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add model…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add only</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add or select documents to read them with “%1”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add row</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add sample documents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Added</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Adds a field of that type below the selected one (Insert: text)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Adds fictitious letters, results and invoices and reads them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Advanced</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All commands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All commands, by typing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All commands…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All documents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All documents, inbox, to review, reviewed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All files (*)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All templates that have no model of their own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All words must stand on one page, in one value or in a file name. The last one may be a beginning.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Analysis (R, Python)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Anchor: names the record</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Appearance</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Architecture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As it stands in the file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As the desktop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As wide as there is room</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask a person below</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ask the model for a summary; you can go on reviewing meanwhile</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Asked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attest cannot open the library.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attest cannot read %1 files.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attest closes and opens again with that library. A folder without one gets a new, empty library. This library stays where it is.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attest closes, puts this backup in the library's place and opens again. What was added or decided since then is not in it. The library as it is now is kept beside it as “library-before-restore-….sqlite”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attest downloads nothing. Get a .gguf file on another machine, compare its SHA-256, and drop it here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attest has no network code: no accounts, no updates, no statistics, no crash reports. This page does not ask you to believe that. It checks this running program.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attest reads documents and shows where every value stands.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attest reads it and shows each value beside its place on the page.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attest templates (*.attest-template.json)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Attest writes no log files. Messages name files, pages and places, never the text of a document. The audit trail in the library records who decided what and when, by number, chained by SHA-256, without document text.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Automatic</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Back to the library</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Back to what the machine said, undecided</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Back to where you came from</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Back to where you came from (Alt+←)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Back up now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Backed up and checked: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Backup</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Backups</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Backups of it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Backups verify restore back up now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Backups, newest first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Backups…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Begins an empty template (Ctrl+N)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Being read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Between the page and the fields</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Bring back every document in the trash</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Brought in by the desktop: %1. The next checks decide.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Built in: duplicate it to change it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Can be changed in the JSON view only.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel, keep finished</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel; what is finished stays</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancelled</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancelled; nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change anchor</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change choices</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change extent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change identifier</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change nothing (Esc)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change required</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change title</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change type</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Chart</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Chat format</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Checked at %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Checked now, in this process</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Checking the library…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Checks every page of the library and the chain of the audit trail</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choice</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choices</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose PDFs and text files (Ctrl+O)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a column in the table to narrow it by its values.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a column to see how its values are spread.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a document and press Try. The draft runs as it is, nothing is stored.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose documents in the library and extract from them; what is read appears here as a table.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Chooses a .gguf file; dropping one on the window does the same</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Chooses a folder to watch</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Chooses profile, columns and place of an export</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Clear (Esc)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Clear ended</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Clear the search</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close (Esc)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close (Esc, Space)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close and open a record</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close the record (←)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Closes Attest and opens it with another library</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Closes the window and opens it again in the new language</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Collections</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Columns</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Columns as at first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Columns for source, page, confidence and reviewer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Comma ,</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Commands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Computed by a fixed rule from the text as it was read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Computing SHA-256</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Confidence is raw, not calibrated</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Context</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Copied %n sentences with citations</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Copies the library and checks the copy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy path</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy the selected cells</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy the sentences with the pages they come from</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy the whole table</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy whole table</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copy with citations</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copying and checking the library…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ctrl+↑</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dark</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Date</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Decide</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Decimal comma</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete %1 documents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete %1 documents for good?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete 1 document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete 1 document for good?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete every document in the trash for good</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete for good</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete for good…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete row</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Deleted documents can be brought back from here. Your own files are never touched.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Describe field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Describe template</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Description</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Detail</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Details</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dismiss</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Distribution</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Do again: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Document SHA-256 %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Document finished</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Document opened again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Document to try on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Documented as unknown</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Documents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Documents (*.pdf *.txt *.md *.text *.jsonl)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Documents come here when they have been read, and leave when you have finished them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Documents done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Documents of the library; trying stores nothing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Documents that are extracted from now on use this model</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Documents that could not be read come here, with the reason.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Documents that you extract from or summarize wait here for their turn. The queue is kept when you close the window.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Documents that you have finished come here, ready to export.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drag documents onto the collection, or use “Move to collection” in their menu.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drag rows, or move them with Alt+↑ and Alt+↓; Delete removes, Insert adds</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drop %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Drop files or folders anywhere on the window.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Duplicate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Duplicate to edit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Each record of the group begins with its anchor; exactly one field is it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Edit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Edit JSON</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Edit the value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Edit value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Empty trash…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ends the selected jobs, or all of them; what is finished stays</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ends what waits and what is being read; what is finished stays</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter goes to the next match, Esc closes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter or a click goes to the field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Enter or a comma adds; Backspace takes the last one away</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every document that was read is finished.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Everything stays on this machine: this program has no network code.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Everywhere</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Evidence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Excel CSV</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Excel workbook</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export all results…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export the results of the selected documents, else of all shown (%1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export what is shown</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export what is shown (%1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Exports</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Exports name these columns before they write them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Exports read best with names of small letters, digits and “_”, at most 26 of them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Extract</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Extract as soon as documents are added</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Extract from %1 with</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Extract what waits or is selected</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Extract with</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Extract with “%1”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Extracted %1 with %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Extracted and stored</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Extracting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Extracting…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fields</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fields that nobody has decided, with a confidence below %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>File</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Files on other machines have to be copied here first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Files that were not added</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fill in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Filter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Find</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Find in the document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Find in this document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Finish document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Finish this document and go to the next</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Finishes the document being read and waits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Finishes the document being read and waits; the queue is kept</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>First lines of %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>First steps</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fit width</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Flag</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Flag %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Flag the value with this note (Enter)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Flag the value, with a note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Flagged</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Flagged by %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder of the other library</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder to watch</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For all templates, or for one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For reading and signing: every value with the words it was read from, one document after the other.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Forget the window's layout</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Format</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Found for “%1”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>From which raw confidence on values are accepted together</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Full screen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>General</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go to a page</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go to a page (G)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go to page</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go to the library</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go to the next document to review and leave this one as it is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go to this field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Goes on with the next document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Got it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Group</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Guide</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Guide and keyboard shortcuts (F1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Help</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Help and about</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hide this note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hides this message</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>History</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>History of this document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How it is built</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Identifier: points to a person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Illegible</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Import…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In the trash: delete for good</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Inbox</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Insert, Delete</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Is told to the model with the name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It may be a scan: a picture of a page. Values can be read only where there is text.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Item</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Items</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>JSON</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>JSON Lines</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>JSON Schema with notes under “x-attest”; follows the fields, and they follow it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Jobs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Judged: chosen by the model, with the place of its record as evidence.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keep flag</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keys</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keys of the review</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Language</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Language of the window</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Larger</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Largest number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Layout</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Library</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Licence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Licence text from the file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Licences and guide</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Light</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>List of texts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>List the values to choose from.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lists and pages</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lists the models, adds others and chooses which is used for what</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Loading the model…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Loads the model, reads 256 tokens and writes 32</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Locate file…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Logs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look at the page</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look at the results</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looks everything up anew</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lowest confidence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Machine: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Made</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Make the decision again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Makes a copy that can be changed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Many choices are hard to tell apart; up to 12 work best.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Measure here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Measuring speed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Measuring… this takes about ten seconds.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Memory</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Memory or disk space ran out. Free some and try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Menu</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Menu (F10)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Model: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Models</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Models (*.gguf)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Models and speed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Models; Delete removes one from the list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move down</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move down (Alt+↓)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move the field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move to collection</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move to the top</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move to the trash; Ctrl+Z takes it back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move to top</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move to trash</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move up</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move up (Alt+↑)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name (optional)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name of the collection</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name of the document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name of the field, and of its column in exports</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name of the note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New collection</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New collection…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New documents stay here until they have been read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New template</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next and previous field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next match</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next pane</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next place</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next to review</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No collection</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No documents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No documents in “%1”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No documents there. Attest reads PDF, .txt, .md and .jsonl files.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No folder is watched. Documents that appear in a watched folder are added once they have stopped growing; the folder itself is never changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No longer watching “%1”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No network library is loaded</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No normal form: it is kept as written</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No results of this template yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No row has both a number and a date here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No sentence of this document was chosen for a summary.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No summary yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nobody has decided yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Normal form</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Normal form: %1 %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not added</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not applicable</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not documented</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not saved yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not saved yet, and not used for any result.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not saved, so the decision was taken back; Redo tries again. %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not stated</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Note of %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Note: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing found for “%1”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing is being read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing leaves this machine. Click to see how that is checked.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing left to review here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing left to review in this document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing passes the filters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing reviewed yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing to export yet: extract from these documents first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing to redo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing to review</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing to summarize</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing to undo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing was extracted from this document yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing was found</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing was found with this template</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Now uses %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Now: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Number with unit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Of the whole window, at once.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Of the window, not of the documents. A new one shows after a restart; waiting documents go on afterwards.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Offline: no network code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Once a day Attest copies the library, checks the copy and keeps the last seven. For a copy on another disk, copy the newest file of the backups folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One .csv that spreadsheets open with a double click.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One .xlsx with a sheet per table; dates and numbers typed, identifiers kept as text.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One line per document with values, evidence and review.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One of the choices is always taken. Add “other”, or let the field be not stated.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One record for each time it is mentioned, in the order of the document.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only documents that a person has finished</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only in JSON</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only numbers go over time. Choose a column of numbers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only to review</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open and restart</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open export…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open in review</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open models</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open other library…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the guide</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the library</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the library in “%1”?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the record (→)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the review (Enter)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the review at that value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open “%1”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open “%1” (%2)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Opening…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Opens the library's folder in the file manager</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Order of the fields</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Other side</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Over time</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Own templates first, then the built-in ones; Delete removes own ones</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>PDF</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>PDF report</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>PDFs are opened only by a separate program, attest-reader. Before it sees the first byte it gives up files, network and new processes for good; a crafted PDF can at worst stop that program.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Page</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Page %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Page %1 cannot be drawn. Shown is its text as it was read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Page %1 of %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Page %1: “%2”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Page number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Page of the tried document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Page or section is missing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Page texts, results and decisions are kept here, readable for you only. Your own files stay where they are and are never changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pages</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pages keep their colours; in the dark theme they are dimmed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paste note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paste note…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paste or type the text of a note.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paste text as a note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pasted notes have no file: they are kept in the library.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pause</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pause and go on</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Paused, %n document(s) wait</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Pausing after this document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>PgUp, PgDn</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Place</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Place of the library</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Place of the library folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Preview of the tables</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Previous and next page</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Previous document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Previous match</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Previous pane</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Previous place</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Privacy</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Privacy check…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Process</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Profile</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Progress of the export</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Progress of the queue</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Progress of the try</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Puts it into the editor; saving makes it the newest version</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Puts the selected backup in the library's place</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Puts the selected jobs, or all that failed, into the queue again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Qt</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quantity</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quick look</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quick look: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quit; waiting documents go on at the next start</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>REDCap</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Raw confidence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Raw confidence %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Read %1 by model %2 (SHA-256 %3), Attest %4</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Read %1 with “%2”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Read as %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Read as %1; another reading is possible</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Read it again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Read: copied from the document, word for word.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Reading %n document(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Reading page %1 of %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading the file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reads template files; dropping them on the window does the same</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reads the selected documents next</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reason</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Redo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reject</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove filters</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove flag</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove from the list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove the filter “%1”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove “%1”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Removes the selected field (Delete)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rename</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rename collection</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rename field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rename…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Repeat group</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Replace</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Required ★: never “not stated”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Required: is never “not stated”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restart now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restore</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restore all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restore and restart</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restore defaults</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restore defaults of %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restore row</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restore the backup of %1?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restore…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Results</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Results keep the version they came from.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Results, templates, models, jobs</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Resume</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Retry</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Retry failed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Review</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Review: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reviewed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reviewer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SHA-256</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>SHA-256 of the file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save as a new version</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the export</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the template as</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Saved as %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Saves the template as a JSON file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Scanned, needs text recognition</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Scanned, no text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search page texts, values and file names (%1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search text and values</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search texts and values, or settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Seccomp: %1, filters: %2, no new privileges: %3.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sections</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sections of the settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>See how that is checked</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Selection copied</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Semicolon ;</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Separator</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sets everything in “%1” back to what it was at first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings apply at once</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shift+Delete</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show all fields</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show in files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show in folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show only some templates, states or types</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show the first page again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show the page larger</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show the page smaller</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show the queue</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show the source on the page (Space)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show this sheet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show this source on the page</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shown is its text as it was read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shows the settings that hold these words (Ctrl+F)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Single fields</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Size and place of the window, as after the installation.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Skip document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Smaller</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Smallest number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Something that is needed is not there. Check that the file was not moved.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Source %1: %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Source: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Space</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Speed on this machine</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stated negative</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Status</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop watching</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopped: the library cannot be written</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stops measuring</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stops the try</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Subfolders</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Summarize</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Summarize this document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Summarizing</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Summarizing…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Summary</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tab</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take back the last decision</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take back: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take flag and note away</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take this version up again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take up version %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Takes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Takes effect at the next start</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Takes ended jobs out of this list; their results stay</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Takes the selected folder off the list; its documents stay in the library</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Takes the template off the list; results keep their version</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Template</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Template %1 version %2, SHA-256 %3</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Template as JSON</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Template files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Template for %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Template order</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Templates</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Templates (*.json)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Text in fonts that the document does not bring along is missing in these pictures. Install fonts to see it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Text of the note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Text size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Text size in percent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Texts, results, decisions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The backup was not restored.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The best %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The content is damaged or not what it should be.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The document does not say; then 1 to 6 for the reason</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The document was read again since: sources cannot be shown.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The document was read, and none of what the template asks for is in it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The export window remembers what was chosen last for each profile. The same profiles are there on the command line: attest export --profile excel.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The field needs a name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file does not name a licence. Ask where you got it from before you use its results.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file itself stays where it is (Delete)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file of this document is not known. %1 Add the file again to see its pages.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file was found.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The first %1 of %2; narrow the table to see others</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The group needs a field.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The history cannot be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The inbox is empty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The kernel filters this program's system calls</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The kernel's filter is set at the start, before any document is read, and holds for everything Attest starts. It cannot be taken off again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The layout is forgotten at the next start</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The library could not do this. If it happens again, restore a backup in Settings.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The library is empty. Add a document to try the template on.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The library is sound, and the audit trail is unbroken: %1 records.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The list of libraries cannot be read here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The machine read %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model must always give a value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model read: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The model's own probability for its least certain undecided field. It is not calibrated.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The name that is kept with every decision and exported as reviewed_by.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The next place where the same words stand</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The other fields are hidden by the filter.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The page with the sample documents, as after the installation.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The path was copied.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The place before, where the same words stand</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The probability the model itself gave. It says which values to look at first, not how often they are wrong.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The queue is paused.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The same words stand in more than one place</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The summary appears here when it is done. You can go on reviewing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The system refused to read or write. Check the disk and the permissions.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The template needs a title.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The templates marked here; the others use %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The templates this document was extracted with</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The text is kept in your library and read like any other document.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The trash is empty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The value is right</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The value is wrong and there is none</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The value stands here, not where the machine found it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The values appear here when the document is done.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The values appear here when the document is done. Others can be reviewed meanwhile.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The version as JSON</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The whole item is wrong, or bring it back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Their texts, results and reviews are deleted from the library and cannot be brought back. Your own files stay where they are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Theme</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There are documents here, but the filters hide them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There are no pages to show</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There are no values in this document.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is already a field named “%1” here.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no backup yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no text in this document to read from</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no text on these pages</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is nothing to export yet for this template. Extract from some documents first, or choose another template.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>These cannot be added</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>These columns identify people. Write:</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>These documents are fictitious. Press Enter on one, or double-click it, to review what was read beside its page.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>These files were left as they are. The others were added.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>They will be read with the template “%1”. Your files stay where they are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This column has no values in the rows shown.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This document cannot be opened</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This document could not be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This is the first document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This is the last document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This looks like it names a person. Mark it as identifier, so that exports ask before they write it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This machine runs %1 at once. Fewer leave more of it to other programs; the next document uses the new number.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This page</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This version of Attest cannot work with it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Threads</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Threshold for accepting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Throw the text away</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Title of the template</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Title; the model is told it too</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>To review</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>To review first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>To review, raw confidence %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Today %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Took</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tool bar</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Trash</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tried just now: %1.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try before</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try on a document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Try with sample documents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type a command</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Undecide</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Undo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Undo and redo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Up and Down choose, Enter runs, Escape closes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use as %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use for %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use for all templates</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use machine value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use selection</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use the text selected on the page</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use the text selected on the page as the value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use this model for %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use this place</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Used for</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Values</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Values found; selecting one shows its place</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Values of the column</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Values of the try</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Values whose confidence is lower are to be reviewed. It is the model's own probability, not yet calibrated on your documents.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Verify library</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Version</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Version %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Version %1 · %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Version, licences, guide and keys (F1)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Versions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Versions, newest first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Views of the template</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Waiting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Waiting for its turn in the queue.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Watch the folders inside it too</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Watched folders</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Watched folders inbox scan</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Watched folders…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Weights</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Welcome</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is beside the page</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is extracted from new documents of this folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What is stored where</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the template is for</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What the value is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What to look for, as you would tell a colleague</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What to mend or improve</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What to read from the documents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What to read from the documents: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>When</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where a value may begin and end</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where is %1 now?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Where to write</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which fields are shown, and in which order</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Which model is used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Who</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Who did what and when; records cannot be changed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whole lines</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whole sentences</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whole table copied</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Why is there no value?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Window and choices</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>With a preview of the first lines.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>With the subfolders of %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>With the template chosen in the library. Off: documents wait in the inbox until you press Extract.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Words</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Work</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write a text, or choose “Not stated” or “Reject” instead.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write as</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write what is right; Enter saves, Esc cancels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Yesterday %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your documents</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your files stay where they are.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoom</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a date as it is written, or 2024-03-05</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>about %n hour(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>about %n minute(s)</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>accept %1</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>accept %n values</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>accepted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>accepted by %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>add %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>added by a person</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>and %n more</source>
      <translation type="unfinished">
        <numerusform />
        <numerusform />
      </translation>
    </message>
    <message>
      <source>as the source says it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>back to undecided</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>being computed…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>built in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>came with Attest</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>cancelled</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>computed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>confidence %1, raw</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>correct %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>corrected</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>could not be read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>delete %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>edit %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>everything is saved</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>evidence</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>files without extension</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>finish document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>finished</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>flag</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>flag or note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>from %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>included with the status PEND</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>judged</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>left out</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>less than a minute</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>line %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>log audit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>n %1 · missing %2 · mean %3 · median %4 · %5 to %6</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>needs %1; %2 are free now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>network library seccomp socket offline check</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>no value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not finished by a person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not measured yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not recognised</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not reviewed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not saved yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not stated</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not stated: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>nothing yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>of %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>only where you save them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>open document again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>p. %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>page %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>pointed out by %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>raw %1, not calibrated</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>read</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>read: %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>reader sandbox PDF</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>reads %1 and writes %2 tokens a second</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>reject %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>rejected</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>rejected by %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>remove flag</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>restore %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>reviewed by %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>row added</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>row deleted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>saving…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>seccomp filter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>stay where they are; Attest only reads them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>stored where paths files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>taken back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the text allows another reading</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the text as it stands in the document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>to</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>to review</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>typed by %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>unit %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>unknown</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>used for all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>version %1</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>version settings file about</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>– empty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>– not stated</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“%1” added</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“%1” cannot be read: %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“%1” cannot be used: %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“%1” cannot be written: %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“%1” is larger than 4 MiB and no template.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“%1” is no template: %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“%1” removed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“%1” removed from the list; its file stays</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“%1” saved as version %2</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>‹ Library</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>← →</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>↓ ↑, Tab, Shift Tab</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>● changed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>● changed, kept as a draft until you save</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>★</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>✎ added</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>✎ corrected</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>✓ %1 of %2 values found in %3 s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>✓ Fits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>✓ accepted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>✓ holds</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>✓ reviewed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>✗ deleted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>✗ rejected</source>
      <translation type="unfinished" />
    </message>
  </context>
</TS>
