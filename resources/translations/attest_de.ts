<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
  <context>
    <name>attest</name>
    <message>
      <source> or </source>
      <translation> oder </translation>
    </message>
    <message>
      <source>! File missing</source>
      <translation>! Datei fehlt</translation>
    </message>
    <message>
      <source>! Not made the default: it reads worse than %1 here. F1 %2 instead of %3, a difference of %4 (95 % interval %5). Under Models it can be chosen all the same.</source>
      <translation>! Nicht zum Standard gemacht: Es liest hier schlechter als %1. F1 %2 statt %3, ein Unterschied von %4 (95-%-Intervall %5). Unter „Modelle“ lässt es sich trotzdem wählen.</translation>
    </message>
    <message>
      <source>! Too big</source>
      <translation>! Zu groß</translation>
    </message>
    <message>
      <source>! does not hold</source>
      <translation>! trifft nicht zu</translation>
    </message>
    <message>
      <source>! not there now: %1</source>
      <translation>! derzeit nicht vorhanden: %1</translation>
    </message>
    <message>
      <source>## Attest %1

Reads documents on this machine and writes tables whose every value says where it stands. Nothing leaves the machine: Settings, Privacy checks that.

</source>
      <translation>## Attest %1

Liest Dokumente auf diesem Rechner und schreibt Tabellen, in denen bei jedem Wert steht, woher er stammt. Nichts verlässt den Rechner: Einstellungen, Datenschutz prüft das.

</translation>
    </message>
    <message>
      <source>### Licences

Attest is free software under the GNU General Public License, version 3, without any warranty. It uses, unchanged and as packaged by the system:

- Qt %1: LGPL 3
- Poppler, in the separate program attest-reader: GPL 2 or 3
- SQLite: public domain
- ICU: Unicode licence
- libseccomp: LGPL 2.1
- uchardet: MPL 1.1
- nlohmann JSON: MIT
- libxlsxwriter: BSD 2-clause
- RE2: BSD 3-clause
- CLI11, in the command line tool: BSD 3-clause

The bundled model's licence stands in its file; Models shows it.
</source>
      <translation>### Lizenzen

Attest ist freie Software unter der GNU General Public License, Version 3, ohne jede Gewährleistung. Es verwendet, unverändert und so wie vom System paketiert:

- Qt %1: LGPL 3
- Poppler, im eigenständigen Programm attest-reader: GPL 2 oder 3
- SQLite: gemeinfrei
- ICU: Unicode-Lizenz
- libseccomp: LGPL 2.1
- uchardet: MPL 1.1
- nlohmann JSON: MIT
- libxlsxwriter: BSD 2-Klausel
- RE2: BSD 3-Klausel
- CLI11, im Kommandozeilenwerkzeug: BSD 3-Klausel

Die Lizenz des mitgelieferten Modells steht in dessen Datei; „Modelle“ zeigt sie an.
</translation>
    </message>
    <message>
      <source>%1 %</source>
      <translation>%1 %</translation>
    </message>
    <message>
      <source>%1 %2</source>
      <translation>%1 %2</translation>
    </message>
    <message>
      <source>%1 %2, %3 of %4</source>
      <translation>%1: %2, %3 von %4</translation>
    </message>
    <message>
      <source>%1 (Ctrl+Enter)</source>
      <translation>%1 (Strg+Enter)</translation>
    </message>
    <message>
      <source>%1 (copy)</source>
      <translation>%1 (Kopie)</translation>
    </message>
    <message>
      <source>%1 / %2</source>
      <translation>%1 / %2</translation>
    </message>
    <message>
      <source>%1 billion</source>
      <translation>%1 Mrd.</translation>
    </message>
    <message>
      <source>%1 built in, %2 of your own</source>
      <translation>%1 eingebaut, %2 eigene</translation>
    </message>
    <message>
      <source>%1 by %2</source>
      <translation>%1 von %2</translation>
    </message>
    <message>
      <source>%1 cannot be opened. %2 %3</source>
      <translation>%1 lässt sich nicht öffnen. %2 %3</translation>
    </message>
    <message>
      <source>%1 documents</source>
      <translation>%1 Dokumente</translation>
    </message>
    <message>
      <source>%1 documents are back.</source>
      <translation>%1 Dokumente sind wieder da.</translation>
    </message>
    <message>
      <source>%1 documents are in the trash.</source>
      <translation>%1 Dokumente liegen im Papierkorb.</translation>
    </message>
    <message>
      <source>%1 documents were deleted.</source>
      <translation>%1 Dokumente wurden gelöscht.</translation>
    </message>
    <message>
      <source>%1 done</source>
      <translation>%1 fertig</translation>
    </message>
    <message>
      <source>%1 failed</source>
      <translation>%1 fehlgeschlagen</translation>
    </message>
    <message>
      <source>%1 fields</source>
      <translation>%1 Felder</translation>
    </message>
    <message>
      <source>%1 fields below the threshold of %2</source>
      <translation>%1 Felder unter der Schwelle von %2</translation>
    </message>
    <message>
      <source>%1 fields to review</source>
      <translation>%1 Felder zu prüfen</translation>
    </message>
    <message>
      <source>%1 has changed since it was read. %2 Add the file again to read what is in it now.</source>
      <translation>%1 wurde seit dem Lesen geändert. %2 Die Datei erneut hinzufügen, um den jetzigen Inhalt zu lesen.</translation>
    </message>
    <message>
      <source>%1 in %2.</source>
      <translation>%1 in %2.</translation>
    </message>
    <message>
      <source>%1 in no collection.</source>
      <translation>%1 in keiner Sammlung.</translation>
    </message>
    <message>
      <source>%1 in the folder; Attest reads PDF, .txt and .md files</source>
      <translation>%1 im Ordner; Attest liest PDF-, .txt- und .md-Dateien</translation>
    </message>
    <message>
      <source>%1 instead of %2</source>
      <translation>%1 statt %2</translation>
    </message>
    <message>
      <source>%1 is a different document: its contents are not those that were added.</source>
      <translation>%1 ist ein anderes Dokument: Der Inhalt ist nicht der, der hinzugefügt wurde.</translation>
    </message>
    <message>
      <source>%1 is finished</source>
      <translation>%1 ist abgeschlossen</translation>
    </message>
    <message>
      <source>%1 is not in its folder any more. %2 Put it back there to see its pages.</source>
      <translation>%1 liegt nicht mehr im Ordner. %2 Die Datei dorthin zurücklegen, um ihre Seiten zu sehen.</translation>
    </message>
    <message>
      <source>%1 is stated on %2</source>
      <translation>%1 ist angegeben auf %2</translation>
    </message>
    <message>
      <source>%1 is there already. Press “Replace” to put the new export in its place.</source>
      <translation>%1 ist bereits vorhanden. „Ersetzen“ drücken, um es durch den neuen Export zu ersetzen.</translation>
    </message>
    <message>
      <source>%1 left</source>
      <translation>noch %1</translation>
    </message>
    <message>
      <source>%1 left, done by %2</source>
      <translation>noch %1, fertig gegen %2</translation>
    </message>
    <message>
      <source>%1 libraries are loaded; none of them speaks to a network.</source>
      <translation>%1 Programmbibliotheken sind geladen; keine davon spricht mit einem Netzwerk.</translation>
    </message>
    <message>
      <source>%1 million</source>
      <translation>%1 Mio.</translation>
    </message>
    <message>
      <source>%1 missed</source>
      <translation>%1 übersehen</translation>
    </message>
    <message>
      <source>%1 models</source>
      <translation>%1 Modelle</translation>
    </message>
    <message>
      <source>%1 not finished by a person: %2</source>
      <translation>%1 nicht von einer Person abgeschlossen: %2</translation>
    </message>
    <message>
      <source>%1 of %2</source>
      <translation>%1 von %2</translation>
    </message>
    <message>
      <source>%1 of %2 decided</source>
      <translation>%1 von %2 entschieden</translation>
    </message>
    <message>
      <source>%1 of %2 values are no piece of the text</source>
      <translation>%1 von %2 Werten sind kein Stück des Textes</translation>
    </message>
    <message>
      <source>%1 of %2 values decided · %3</source>
      <translation>%1 von %2 Werten entschieden · %3</translation>
    </message>
    <message>
      <source>%1 of %2: %3</source>
      <translation>%1 von %2: %3</translation>
    </message>
    <message>
      <source>%1 of memory free</source>
      <translation>%1 Speicher frei</translation>
    </message>
    <message>
      <source>%1 parameters, %2 on disk</source>
      <translation>%1 Parameter, %2 auf der Festplatte</translation>
    </message>
    <message>
      <source>%1 paths were copied.</source>
      <translation>%1 Pfade wurden kopiert.</translation>
    </message>
    <message>
      <source>%1 results came from it and keep their version</source>
      <translation>%1 Ergebnisse stammen daraus und behalten ihre Version</translation>
    </message>
    <message>
      <source>%1 s</source>
      <translation>%1 s</translation>
    </message>
    <message>
      <source>%1 s a page</source>
      <translation>%1 s je Seite</translation>
    </message>
    <message>
      <source>%1 sockets are refused</source>
      <translation>%1-Sockets werden verweigert</translation>
    </message>
    <message>
      <source>%1 tokens</source>
      <translation>%1 Token</translation>
    </message>
    <message>
      <source>%1 v%2</source>
      <translation>%1 v%2</translation>
    </message>
    <message>
      <source>%1 waiting · %2 done · %3 failed</source>
      <translation>%1 wartend · %2 fertig · %3 fehlgeschlagen</translation>
    </message>
    <message>
      <source>%1 written: %2</source>
      <translation>%1 geschrieben: %2</translation>
    </message>
    <message>
      <source>%1 · %2 of %3 rows</source>
      <translation>%1 · %2 von %3 Zeilen</translation>
    </message>
    <message>
      <source>%1 · %2 rows</source>
      <translation>%1 · %2 Zeilen</translation>
    </message>
    <message>
      <source>%1 · template v%2</source>
      <translation>%1 · Vorlage v%2</translation>
    </message>
    <message>
      <source>%1, %2</source>
      <translation>%1, %2</translation>
    </message>
    <message>
      <source>%1, %2 of %3</source>
      <translation>%1, %2 von %3</translation>
    </message>
    <message>
      <source>%1, as the file says</source>
      <translation>%1, wie die Datei sagt</translation>
    </message>
    <message>
      <source>%1, computed: %2</source>
      <translation>%1, berechnet: %2</translation>
    </message>
    <message>
      <source>%1, says %2</source>
      <translation>%1, laut %2</translation>
    </message>
    <message>
      <source>%1, where nothing is stated</source>
      <translation>%1, wo nichts angegeben ist</translation>
    </message>
    <message>
      <source>%1. Left and right arrow close and open it</source>
      <translation>%1. Pfeil links und rechts schließen und öffnen</translation>
    </message>
    <message>
      <source>%1: %2</source>
      <translation>%1: %2</translation>
    </message>
    <message>
      <source>%1: %2 of %3</source>
      <translation>%1: %2 von %3</translation>
    </message>
    <message numerus="yes">
      <source>%n already in the library</source>
      <translation>
        <numerusform>%n bereits in der Bibliothek</numerusform>
        <numerusform>%n bereits in der Bibliothek</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n could not be added</source>
      <translation>
        <numerusform>%n konnte nicht hinzugefügt werden</numerusform>
        <numerusform>%n konnten nicht hinzugefügt werden</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n different value(s) shown</source>
      <translation>
        <numerusform>%n verschiedener Wert angezeigt</numerusform>
        <numerusform>%n verschiedene Werte angezeigt</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n document(s)</source>
      <translation>
        <numerusform>%n Dokument</numerusform>
        <numerusform>%n Dokumente</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n document(s) added</source>
      <translation>
        <numerusform>%n Dokument hinzugefügt</numerusform>
        <numerusform>%n Dokumente hinzugefügt</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n document(s) measured</source>
      <translation>
        <numerusform>%n Dokument gemessen</numerusform>
        <numerusform>%n Dokumente gemessen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n fields to review</source>
      <translation>
        <numerusform>%n Feld zu prüfen</numerusform>
        <numerusform>%n Felder zu prüfen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n folder(s)</source>
      <translation>
        <numerusform>%n Ordner</numerusform>
        <numerusform>%n Ordner</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n matches</source>
      <translation>
        <numerusform>%n Treffer</numerusform>
        <numerusform>%n Treffer</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n model(s)</source>
      <translation>
        <numerusform>%n Modell</numerusform>
        <numerusform>%n Modelle</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n number(s) by date</source>
      <translation>
        <numerusform>%n Zahl nach Datum</numerusform>
        <numerusform>%n Zahlen nach Datum</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n number(s) in the order of the table; the template has no date field</source>
      <translation>
        <numerusform>%n Zahl in der Reihenfolge der Tabelle; die Vorlage hat kein Datumsfeld</numerusform>
        <numerusform>%n Zahlen in der Reihenfolge der Tabelle; die Vorlage hat kein Datumsfeld</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n other file(s) left out</source>
      <translation>
        <numerusform>%n andere Datei ausgelassen</numerusform>
        <numerusform>%n andere Dateien ausgelassen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n page(s)</source>
      <translation>
        <numerusform>%n Seite</numerusform>
        <numerusform>%n Seiten</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n page(s) a minute</source>
      <translation>
        <numerusform>%n Seite pro Minute</numerusform>
        <numerusform>%n Seiten pro Minute</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n places</source>
      <translation>
        <numerusform>%n Stelle</numerusform>
        <numerusform>%n Stellen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n required fields need a decision before the document is finished:</source>
      <translation>
        <numerusform>%n Pflichtfeld braucht eine Entscheidung, bevor das Dokument abgeschlossen ist:</numerusform>
        <numerusform>%n Pflichtfelder brauchen eine Entscheidung, bevor das Dokument abgeschlossen ist:</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n sentences, each with its source. Choose one to see it on the page.</source>
      <translation>
        <numerusform>%n Satz mit Quelle. Auswählen, um ihn auf der Seite zu sehen.</numerusform>
        <numerusform>%n Sätze, jeder mit Quelle. Einen auswählen, um ihn auf der Seite zu sehen.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n template(s)</source>
      <translation>
        <numerusform>%n Vorlage</numerusform>
        <numerusform>%n Vorlagen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n to review</source>
      <translation>
        <numerusform>%n zu prüfen</numerusform>
        <numerusform>%n zu prüfen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n value(s)</source>
      <translation>
        <numerusform>%n Wert</numerusform>
        <numerusform>%n Werte</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values decided together</source>
      <translation>
        <numerusform>%n Wert entschieden</numerusform>
        <numerusform>%n Werte gemeinsam entschieden</numerusform>
      </translation>
    </message>
    <message>
      <source>&amp;%1  %2 (%3)</source>
      <translation>&amp;%1  %2 (%3)</translation>
    </message>
    <message>
      <source>&amp;Note for whoever looks at this value next:</source>
      <translation>&amp;Notiz für alle, die diesen Wert als Nächste ansehen:</translation>
    </message>
    <message>
      <source>&amp;Save to</source>
      <translation>&amp;Speichern unter</translation>
    </message>
    <message>
      <source>&amp;Template</source>
      <translation>&amp;Vorlage</translation>
    </message>
    <message>
      <source>(no name)</source>
      <translation>(kein Name)</translation>
    </message>
    <message>
      <source>(nothing)</source>
      <translation>(nichts)</translation>
    </message>
    <message>
      <source>+ Add %1</source>
      <translation>+ %1 hinzufügen</translation>
    </message>
    <message>
      <source>+ new</source>
      <translation>+ neu</translation>
    </message>
    <message>
      <source>, closed</source>
      <translation>, geschlossen</translation>
    </message>
    <message>
      <source>, open</source>
      <translation>, geöffnet</translation>
    </message>
    <message>
      <source>1 document</source>
      <translation>1 Dokument</translation>
    </message>
    <message>
      <source>1 document is back.</source>
      <translation>1 Dokument ist wieder da.</translation>
    </message>
    <message>
      <source>1 document is in the trash.</source>
      <translation>1 Dokument liegt im Papierkorb.</translation>
    </message>
    <message>
      <source>1 document was deleted.</source>
      <translation>1 Dokument wurde gelöscht.</translation>
    </message>
    <message>
      <source>1 field</source>
      <translation>1 Feld</translation>
    </message>
    <message>
      <source>1 field below the threshold of %1</source>
      <translation>1 Feld unter der Schwelle von %1</translation>
    </message>
    <message>
      <source>1 model</source>
      <translation>1 Modell</translation>
    </message>
    <message>
      <source>1 result came from it and keeps its version</source>
      <translation>1 Ergebnis stammt daraus und behält seine Version</translation>
    </message>
    <message>
      <source>80 to 200 % (left and right arrow)</source>
      <translation>80 bis 200 % (Pfeil links und rechts)</translation>
    </message>
    <message>
      <source>80 to 200 % (up and down arrow)</source>
      <translation>80 bis 200 % (Pfeil auf und ab)</translation>
    </message>
    <message>
      <source>95 % interval</source>
      <translation>95-%-Intervall</translation>
    </message>
    <message>
      <source>= same</source>
      <translation>= gleich</translation>
    </message>
    <message>
      <source>? Chat format</source>
      <translation>? Chat-Format</translation>
    </message>
    <message>
      <source>? Mend what is marked in the fields first.</source>
      <translation>? Zuerst beheben, was in den Feldern gekennzeichnet ist.</translation>
    </message>
    <message>
      <source>? Not read: %1</source>
      <translation>? Nicht gelesen: %1</translation>
    </message>
    <message>
      <source>? Tight</source>
      <translation>? Knapp</translation>
    </message>
    <message>
      <source>? computed</source>
      <translation>? berechnet</translation>
    </message>
    <message>
      <source>? not read</source>
      <translation>? nicht gelesen</translation>
    </message>
    <message>
      <source>? to fill in</source>
      <translation>? auszufüllen</translation>
    </message>
    <message>
      <source>A folder: a table per group, a long table with the place of every value, a data dictionary and a manifest.</source>
      <translation>Ein Ordner: je Gruppe eine Tabelle, eine lange Tabelle mit der Stelle jedes Werts, ein Datenwörterbuch und ein Manifest.</translation>
    </message>
    <message>
      <source>A folder: records with repeating instruments and the data dictionary.</source>
      <translation>Ein Ordner: Datensätze mit wiederholten Instrumenten und das Datenwörterbuch.</translation>
    </message>
    <message>
      <source>A note in the gold file</source>
      <translation>Eine Notiz in der Golddatei</translation>
    </message>
    <message>
      <source>A row for each document</source>
      <translation>Eine Zeile je Dokument</translation>
    </message>
    <message>
      <source>A row for each item of a group</source>
      <translation>Eine Zeile je Eintrag einer Gruppe</translation>
    </message>
    <message>
      <source>A row for each value</source>
      <translation>Eine Zeile je Wert</translation>
    </message>
    <message>
      <source>A second model, on the same documents</source>
      <translation>Ein zweites Modell, an denselben Dokumenten</translation>
    </message>
    <message>
      <source>A short description helps the model to find the right place.</source>
      <translation>Eine kurze Beschreibung hilft dem Modell, die richtige Stelle zu finden.</translation>
    </message>
    <message>
      <source>A short guide with pictures, and every key.</source>
      <translation>Eine kurze Anleitung mit Bildern und alle Tasten.</translation>
    </message>
    <message>
      <source>A socket was given, and closed again unused.</source>
      <translation>Ein Socket wurde gewährt und unbenutzt wieder geschlossen.</translation>
    </message>
    <message>
      <source>A summary is a few sentences of the document, each with its source.</source>
      <translation>Eine Zusammenfassung besteht aus wenigen Sätzen des Dokuments, jeder mit Quelle.</translation>
    </message>
    <message>
      <source>A unit without a number beside it: make the value a quantity instead.</source>
      <translation>Eine Einheit ohne Zahl daneben: Den Wert besser als Messwert anlegen.</translation>
    </message>
    <message>
      <source>About</source>
      <translation>Über</translation>
    </message>
    <message>
      <source>About Attest</source>
      <translation>Über Attest</translation>
    </message>
    <message>
      <source>Above %1</source>
      <translation>Über %1</translation>
    </message>
    <message>
      <source>Accept</source>
      <translation>Übernehmen</translation>
    </message>
    <message numerus="yes">
      <source>Accept %n shown above %1</source>
      <translation>
        <numerusform>%n angezeigten über %1 übernehmen</numerusform>
        <numerusform>%n angezeigte über %1 übernehmen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Accept all %n</source>
      <translation>
        <numerusform>%n übernehmen</numerusform>
        <numerusform>Alle %n übernehmen</numerusform>
      </translation>
    </message>
    <message>
      <source>Accept all shown values above the threshold, as one step</source>
      <translation>Alle angezeigten Werte über der Schwelle in einem Schritt übernehmen</translation>
    </message>
    <message>
      <source>Accept and next</source>
      <translation>Übernehmen und weiter</translation>
    </message>
    <message>
      <source>Accept shown</source>
      <translation>Angezeigte übernehmen</translation>
    </message>
    <message>
      <source>Accept the value and go to the next one to review</source>
      <translation>Den Wert übernehmen und zum nächsten zu prüfenden gehen</translation>
    </message>
    <message numerus="yes">
      <source>Accepted %n values</source>
      <translation>
        <numerusform>%n Wert übernommen</numerusform>
        <numerusform>%n Werte übernommen</numerusform>
      </translation>
    </message>
    <message>
      <source>Add %1</source>
      <translation>%1 hinzufügen</translation>
    </message>
    <message>
      <source>Add PDFs or notes, or drop them anywhere on this window. Review what was read beside the page, then export it as a table.</source>
      <translation>PDFs oder Notizen hinzufügen oder irgendwo auf diesem Fenster ablegen. Das Gelesene neben der Seite prüfen, dann als Tabelle exportieren.</translation>
    </message>
    <message>
      <source>Add a choice</source>
      <translation>Auswahlwert hinzufügen</translation>
    </message>
    <message>
      <source>Add a field: a template without fields extracts nothing.</source>
      <translation>Ein Feld hinzufügen: Eine Vorlage ohne Felder liest nichts aus.</translation>
    </message>
    <message>
      <source>Add a folder</source>
      <translation>Ordner hinzufügen</translation>
    </message>
    <message>
      <source>Add a folder with all its documents</source>
      <translation>Einen Ordner mit allen Dokumenten hinzufügen</translation>
    </message>
    <message>
      <source>Add a value, then Enter</source>
      <translation>Wert eingeben, dann Enter</translation>
    </message>
    <message>
      <source>Add an item that the machine missed</source>
      <translation>Einen Eintrag hinzufügen, den die Maschine übersehen hat</translation>
    </message>
    <message>
      <source>Add and remove a field</source>
      <translation>Feld hinzufügen und entfernen</translation>
    </message>
    <message>
      <source>Add documents</source>
      <translation>Dokumente hinzufügen</translation>
    </message>
    <message>
      <source>Add documents…</source>
      <translation>Dokumente hinzufügen…</translation>
    </message>
    <message>
      <source>Add field</source>
      <translation>Feld hinzufügen</translation>
    </message>
    <message>
      <source>Add files</source>
      <translation>Dateien hinzufügen</translation>
    </message>
    <message>
      <source>Add files…</source>
      <translation>Dateien hinzufügen…</translation>
    </message>
    <message>
      <source>Add folder…</source>
      <translation>Ordner hinzufügen…</translation>
    </message>
    <message>
      <source>Add model…</source>
      <translation>Modell hinzufügen…</translation>
    </message>
    <message>
      <source>Add note</source>
      <translation>Notiz hinzufügen</translation>
    </message>
    <message>
      <source>Add only</source>
      <translation>Nur hinzufügen</translation>
    </message>
    <message>
      <source>Add or select documents to read them with “%1”</source>
      <translation>Dokumente hinzufügen oder auswählen, um sie mit „%1“ zu lesen</translation>
    </message>
    <message>
      <source>Add row</source>
      <translation>Zeile hinzufügen</translation>
    </message>
    <message>
      <source>Add sample documents</source>
      <translation>Beispieldokumente hinzufügen</translation>
    </message>
    <message>
      <source>Added</source>
      <translation>Hinzugefügt</translation>
    </message>
    <message>
      <source>Adds a field of that type below the selected one (Insert: text)</source>
      <translation>Fügt unter dem ausgewählten ein Feld dieses Typs ein (Einfg: Text)</translation>
    </message>
    <message>
      <source>Adds fictitious letters, results and invoices and reads them</source>
      <translation>Fügt erfundene Briefe, Befunde und Rechnungen hinzu und liest sie</translation>
    </message>
    <message>
      <source>Advanced</source>
      <translation>Erweitert</translation>
    </message>
    <message>
      <source>All</source>
      <translation>Alle</translation>
    </message>
    <message>
      <source>All commands</source>
      <translation>Alle Befehle</translation>
    </message>
    <message>
      <source>All commands, by typing</source>
      <translation>Alle Befehle, durch Tippen</translation>
    </message>
    <message>
      <source>All commands…</source>
      <translation>Alle Befehle…</translation>
    </message>
    <message>
      <source>All documents</source>
      <translation>Alle Dokumente</translation>
    </message>
    <message>
      <source>All documents, inbox, to review, reviewed</source>
      <translation>Alle Dokumente, Eingang, zu prüfen, geprüft</translation>
    </message>
    <message>
      <source>All files (*)</source>
      <translation>Alle Dateien (*)</translation>
    </message>
    <message>
      <source>All of %1</source>
      <translation>Alle von %1</translation>
    </message>
    <message>
      <source>All single fields</source>
      <translation>Alle Einzelfelder</translation>
    </message>
    <message>
      <source>All templates that have no model of their own.</source>
      <translation>Alle Vorlagen, die kein eigenes Modell haben.</translation>
    </message>
    <message>
      <source>All words must stand on one page, in one value or in a file name. The last one may be a beginning.</source>
      <translation>Alle Wörter müssen auf einer Seite, in einem Wert oder in einem Dateinamen stehen. Das letzte darf ein Wortanfang sein.</translation>
    </message>
    <message>
      <source>Amount of money</source>
      <translation>Geldbetrag</translation>
    </message>
    <message>
      <source>Analysis (R, Python)</source>
      <translation>Auswertung (R, Python)</translation>
    </message>
    <message>
      <source>Anchor: names the record</source>
      <translation>Anker: benennt den Datensatz</translation>
    </message>
    <message>
      <source>Any</source>
      <translation>Beliebig</translation>
    </message>
    <message>
      <source>Appearance</source>
      <translation>Darstellung</translation>
    </message>
    <message>
      <source>Architecture</source>
      <translation>Architektur</translation>
    </message>
    <message>
      <source>As it stands in the file</source>
      <translation>So wie es in der Datei steht</translation>
    </message>
    <message>
      <source>As the desktop</source>
      <translation>Wie der Desktop</translation>
    </message>
    <message>
      <source>As wide as there is room</source>
      <translation>So breit, wie Platz ist</translation>
    </message>
    <message>
      <source>Ask a person below</source>
      <translation>Darunter eine Person fragen</translation>
    </message>
    <message>
      <source>Ask the model for a summary; you can go on reviewing meanwhile</source>
      <translation>Eine Zusammenfassung vom Modell anfordern; die Prüfung kann inzwischen weitergehen</translation>
    </message>
    <message>
      <source>Asked</source>
      <translation>Beauftragt</translation>
    </message>
    <message>
      <source>Asks the model about every document of the gold</source>
      <translation>Fragt das Modell zu jedem Dokument des Goldstandards</translation>
    </message>
    <message>
      <source>Attest cannot open the library.</source>
      <translation>Attest kann die Bibliothek nicht öffnen.</translation>
    </message>
    <message>
      <source>Attest cannot read %1 files.</source>
      <translation>Attest kann %1-Dateien nicht lesen.</translation>
    </message>
    <message>
      <source>Attest closes and opens again with that library. A folder without one gets a new, empty library. This library stays where it is.</source>
      <translation>Attest schließt und öffnet sich wieder mit jener Bibliothek. In einem Ordner ohne Bibliothek wird eine neue, leere angelegt. Diese Bibliothek bleibt, wo sie ist.</translation>
    </message>
    <message>
      <source>Attest closes, puts this backup in the library's place and opens again. What was added or decided since then is not in it. The library as it is now is kept beside it as “library-before-restore-….sqlite”.</source>
      <translation>Attest schließt, setzt diese Sicherung an die Stelle der Bibliothek und öffnet sich wieder. Was seitdem hinzugefügt oder entschieden wurde, ist darin nicht enthalten. Die jetzige Bibliothek bleibt daneben als „library-before-restore-….sqlite“ erhalten.</translation>
    </message>
    <message>
      <source>Attest downloads nothing. Get a .gguf file on another machine, compare its SHA-256, and drop it here.</source>
      <translation>Attest lädt nichts herunter. Eine .gguf-Datei auf einem anderen Rechner besorgen, deren SHA-256 vergleichen und sie hier ablegen.</translation>
    </message>
    <message>
      <source>Attest has no network code: no accounts, no updates, no statistics, no crash reports. This page does not ask you to believe that. It checks this running program.</source>
      <translation>Attest hat keinen Netzwerkcode: keine Konten, keine Updates, keine Statistik, keine Absturzberichte. Diese Seite verlangt nicht, das zu glauben. Sie prüft dieses laufende Programm.</translation>
    </message>
    <message>
      <source>Attest reads documents and shows where every value stands.</source>
      <translation>Attest liest Dokumente und zeigt, wo jeder Wert steht.</translation>
    </message>
    <message>
      <source>Attest reads it and shows each value beside its place on the page.</source>
      <translation>Attest liest es und zeigt jeden Wert neben seiner Stelle auf der Seite.</translation>
    </message>
    <message>
      <source>Attest templates (*.attest-template.json)</source>
      <translation>Attest-Vorlagen (*.attest-template.json)</translation>
    </message>
    <message>
      <source>Attest writes no log files. Messages name files, pages and places, never the text of a document. The audit trail in the library records who decided what and when, by number, chained by SHA-256, without document text.</source>
      <translation>Attest schreibt keine Protokolldateien. Meldungen nennen Dateien, Seiten und Stellen, nie den Text eines Dokuments. Das Prüfprotokoll in der Bibliothek hält fest, wer was wann entschieden hat, fortlaufend nummeriert und mit SHA-256 verkettet, ohne Dokumenttext.</translation>
    </message>
    <message>
      <source>Automatic</source>
      <translation>Automatisch</translation>
    </message>
    <message>
      <source>Back to the library</source>
      <translation>Zurück zur Bibliothek</translation>
    </message>
    <message>
      <source>Back to what the machine said, undecided</source>
      <translation>Zurück zur Angabe der Maschine, unentschieden</translation>
    </message>
    <message>
      <source>Back to where you came from</source>
      <translation>Zurück zur vorherigen Ansicht</translation>
    </message>
    <message>
      <source>Back to where you came from (Alt+←)</source>
      <translation>Zurück zur vorherigen Ansicht (Alt+←)</translation>
    </message>
    <message>
      <source>Back up now</source>
      <translation>Jetzt sichern</translation>
    </message>
    <message>
      <source>Backed up and checked: %1</source>
      <translation>Gesichert und geprüft: %1</translation>
    </message>
    <message>
      <source>Backup</source>
      <translation>Sicherung</translation>
    </message>
    <message>
      <source>Backups</source>
      <translation>Sicherungen</translation>
    </message>
    <message>
      <source>Backups of it</source>
      <translation>Sicherungen davon</translation>
    </message>
    <message>
      <source>Backups verify restore back up now</source>
      <translation>Sicherungen Backup überprüfen wiederherstellen jetzt sichern</translation>
    </message>
    <message>
      <source>Backups, newest first</source>
      <translation>Sicherungen, neueste zuerst</translation>
    </message>
    <message>
      <source>Backups…</source>
      <translation>Sicherungen…</translation>
    </message>
    <message>
      <source>Begins an empty template (Ctrl+N)</source>
      <translation>Beginnt eine leere Vorlage (Strg+N)</translation>
    </message>
    <message>
      <source>Being read</source>
      <translation>Wird gelesen</translation>
    </message>
    <message>
      <source>Better, whichever documents are drawn</source>
      <translation>Besser, welche Dokumente man auch zieht</translation>
    </message>
    <message>
      <source>Between the page and the fields</source>
      <translation>Zwischen der Seite und den Feldern</translation>
    </message>
    <message>
      <source>Bring back every document in the trash</source>
      <translation>Alle Dokumente aus dem Papierkorb zurückholen</translation>
    </message>
    <message>
      <source>Brought in by the desktop: %1. The next checks decide.</source>
      <translation>Vom Desktop mitgebracht: %1. Die nächsten Prüfungen entscheiden.</translation>
    </message>
    <message>
      <source>Built in: duplicate it to change it</source>
      <translation>Eingebaut: zum Ändern duplizieren</translation>
    </message>
    <message>
      <source>Calibrated confidence of values is off by %1 on average.</source>
      <translation>Die kalibrierte Konfidenz der Werte liegt im Mittel um %1 daneben.</translation>
    </message>
    <message>
      <source>Can be changed in the JSON view only.</source>
      <translation>Kann nur in der JSON-Ansicht geändert werden.</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Cancel all</source>
      <translation>Alle abbrechen</translation>
    </message>
    <message>
      <source>Cancel, keep finished</source>
      <translation>Abbrechen, Fertiges behalten</translation>
    </message>
    <message>
      <source>Cancel; what is finished stays</source>
      <translation>Abbrechen; was fertig ist, bleibt</translation>
    </message>
    <message>
      <source>Cancelled</source>
      <translation>Abgebrochen</translation>
    </message>
    <message>
      <source>Cancelled; figures of some of the documents would mislead.</source>
      <translation>Abgebrochen; Zahlen aus einem Teil der Dokumente führten in die Irre.</translation>
    </message>
    <message>
      <source>Cancelled; nothing was changed.</source>
      <translation>Abgebrochen; nichts wurde geändert.</translation>
    </message>
    <message>
      <source>Change anchor</source>
      <translation>Anker ändern</translation>
    </message>
    <message>
      <source>Change choices</source>
      <translation>Auswahlwerte ändern</translation>
    </message>
    <message>
      <source>Change extent</source>
      <translation>Umfang ändern</translation>
    </message>
    <message>
      <source>Change form</source>
      <translation>Form ändern</translation>
    </message>
    <message>
      <source>Change identifier</source>
      <translation>Identifikator ändern</translation>
    </message>
    <message>
      <source>Change nothing (Esc)</source>
      <translation>Nichts ändern (Esc)</translation>
    </message>
    <message>
      <source>Change required</source>
      <translation>Pflichtangabe ändern</translation>
    </message>
    <message>
      <source>Change title</source>
      <translation>Titel ändern</translation>
    </message>
    <message>
      <source>Change type</source>
      <translation>Typ ändern</translation>
    </message>
    <message>
      <source>Chart</source>
      <translation>Diagramm</translation>
    </message>
    <message>
      <source>Chat format</source>
      <translation>Chat-Format</translation>
    </message>
    <message>
      <source>Check again</source>
      <translation>Erneut prüfen</translation>
    </message>
    <message>
      <source>Checked at %1</source>
      <translation>Geprüft um %1</translation>
    </message>
    <message>
      <source>Checked now, in this process</source>
      <translation>Jetzt geprüft, in diesem Prozess</translation>
    </message>
    <message>
      <source>Checking the library…</source>
      <translation>Bibliothek wird überprüft…</translation>
    </message>
    <message>
      <source>Checks every page of the library and the chain of the audit trail</source>
      <translation>Überprüft jede Seite der Bibliothek und die Kette des Prüfprotokolls</translation>
    </message>
    <message>
      <source>Choice</source>
      <translation>Auswahl</translation>
    </message>
    <message>
      <source>Choices</source>
      <translation>Auswahlwerte</translation>
    </message>
    <message>
      <source>Choose PDFs and text files (Ctrl+O)</source>
      <translation>PDFs und Textdateien auswählen (Strg+O)</translation>
    </message>
    <message>
      <source>Choose a column in the table to narrow it by its values.</source>
      <translation>Eine Spalte der Tabelle auswählen, um sie nach ihren Werten einzugrenzen.</translation>
    </message>
    <message>
      <source>Choose a column to see how its values are spread.</source>
      <translation>Eine Spalte auswählen, um die Verteilung ihrer Werte zu sehen.</translation>
    </message>
    <message>
      <source>Choose a document and press Try. The draft runs as it is, nothing is stored.</source>
      <translation>Ein Dokument auswählen und „Testen“ drücken. Der Entwurf läuft so, wie er ist; gespeichert wird nichts.</translation>
    </message>
    <message>
      <source>Choose a model, a template and a folder of documents with their right answers. The samples have some, to begin with.</source>
      <translation>Wählen Sie ein Modell, eine Vorlage und einen Ordner mit Dokumenten und ihren richtigen Antworten. Die Beispiele haben welche, für den Anfang.</translation>
    </message>
    <message>
      <source>Choose documents in the library and extract from them; what is read appears here as a table.</source>
      <translation>Dokumente in der Bibliothek auswählen und auslesen; das Gelesene erscheint hier als Tabelle.</translation>
    </message>
    <message>
      <source>Choose the format that the model was trained with; its publisher says which it is. Until then it is not used.</source>
      <translation>Das Format wählen, mit dem das Modell trainiert wurde; sein Herausgeber nennt es. Bis dahin wird es nicht benutzt.</translation>
    </message>
    <message>
      <source>Choose the gold folder</source>
      <translation>Goldordner wählen</translation>
    </message>
    <message>
      <source>Chooses a .gguf file; dropping one on the window does the same</source>
      <translation>Wählt eine .gguf-Datei aus; sie auf dem Fenster abzulegen, bewirkt dasselbe</translation>
    </message>
    <message>
      <source>Chooses a folder to watch</source>
      <translation>Wählt einen Ordner zum Überwachen aus</translation>
    </message>
    <message>
      <source>Chooses profile, columns and place of an export</source>
      <translation>Wählt Profil, Spalten und Ort eines Exports</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>Auswählen…</translation>
    </message>
    <message>
      <source>Chosen here. With a format that the model was not trained with it reads worse: measure it under Evaluation.</source>
      <translation>Hier gewählt. Mit einem Format, mit dem es nicht trainiert wurde, liest das Modell schlechter: unter „Auswertung“ messen.</translation>
    </message>
    <message>
      <source>Clear (Esc)</source>
      <translation>Leeren (Esc)</translation>
    </message>
    <message>
      <source>Clear ended</source>
      <translation>Beendete entfernen</translation>
    </message>
    <message>
      <source>Clear the search</source>
      <translation>Suche leeren</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Close (Esc)</source>
      <translation>Schließen (Esc)</translation>
    </message>
    <message>
      <source>Close (Esc, Space)</source>
      <translation>Schließen (Esc, Leertaste)</translation>
    </message>
    <message>
      <source>Close and open a record</source>
      <translation>Datensatz schließen und öffnen</translation>
    </message>
    <message>
      <source>Close the record (←)</source>
      <translation>Datensatz schließen (←)</translation>
    </message>
    <message>
      <source>Closes Attest and opens it with another library</source>
      <translation>Schließt Attest und öffnet es mit einer anderen Bibliothek</translation>
    </message>
    <message>
      <source>Closes the window and opens it again in the new language</source>
      <translation>Schließt das Fenster und öffnet es wieder in der neuen Sprache</translation>
    </message>
    <message>
      <source>Collections</source>
      <translation>Sammlungen</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>Spalten</translation>
    </message>
    <message>
      <source>Columns as at first</source>
      <translation>Spalten wie zu Beginn</translation>
    </message>
    <message>
      <source>Columns for source, page, confidence and reviewer</source>
      <translation>Spalten für Quelle, Seite, Konfidenz und prüfende Person</translation>
    </message>
    <message>
      <source>Comma ,</source>
      <translation>Komma ,</translation>
    </message>
    <message>
      <source>Commands</source>
      <translation>Befehle</translation>
    </message>
    <message>
      <source>Compare with</source>
      <translation>Vergleichen mit</translation>
    </message>
    <message>
      <source>Compared</source>
      <translation>Verglichen</translation>
    </message>
    <message>
      <source>Compares what a model reads with right answers that people wrote down. Nothing is stored.</source>
      <translation>Vergleicht, was ein Modell liest, mit richtigen Antworten, die Menschen aufgeschrieben haben. Nichts wird gespeichert.</translation>
    </message>
    <message>
      <source>Computed by a fixed rule from the text as it was read</source>
      <translation>Nach fester Regel aus dem Text berechnet, wie er gelesen wurde</translation>
    </message>
    <message>
      <source>Computing SHA-256</source>
      <translation>SHA-256 wird berechnet</translation>
    </message>
    <message>
      <source>Confidence</source>
      <translation>Konfidenz</translation>
    </message>
    <message>
      <source>Confidence is calibrated</source>
      <translation>Die Konfidenz ist kalibriert</translation>
    </message>
    <message>
      <source>Confidence is raw, not calibrated</source>
      <translation>Die Konfidenz ist roh, nicht kalibriert</translation>
    </message>
    <message>
      <source>Context</source>
      <translation>Kontext</translation>
    </message>
    <message numerus="yes">
      <source>Copied %n sentences with citations</source>
      <translation>
        <numerusform>%n Satz mit Quellenangabe kopiert</numerusform>
        <numerusform>%n Sätze mit Quellenangaben kopiert</numerusform>
      </translation>
    </message>
    <message>
      <source>Copies the library and checks the copy</source>
      <translation>Kopiert die Bibliothek und prüft die Kopie</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Kopieren</translation>
    </message>
    <message>
      <source>Copy list</source>
      <translation>Liste kopieren</translation>
    </message>
    <message>
      <source>Copy path</source>
      <translation>Pfad kopieren</translation>
    </message>
    <message>
      <source>Copy the selected cells</source>
      <translation>Ausgewählte Zellen kopieren</translation>
    </message>
    <message>
      <source>Copy the sentences with the pages they come from</source>
      <translation>Die Sätze mit den Seiten kopieren, von denen sie stammen</translation>
    </message>
    <message>
      <source>Copy the whole table</source>
      <translation>Die ganze Tabelle kopieren</translation>
    </message>
    <message>
      <source>Copy whole table</source>
      <translation>Ganze Tabelle kopieren</translation>
    </message>
    <message>
      <source>Copy with citations</source>
      <translation>Mit Quellenangaben kopieren</translation>
    </message>
    <message>
      <source>Copying and checking the library…</source>
      <translation>Bibliothek wird kopiert und geprüft…</translation>
    </message>
    <message>
      <source>Could be chance: the interval holds zero</source>
      <translation>Könnte Zufall sein: Das Intervall enthält die Null</translation>
    </message>
    <message>
      <source>Ctrl+↑</source>
      <translation>Strg+↑</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Dunkel</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Datum</translation>
    </message>
    <message>
      <source>Decide</source>
      <translation>Entscheiden</translation>
    </message>
    <message>
      <source>Decimal comma</source>
      <translation>Dezimalkomma</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>Löschen</translation>
    </message>
    <message>
      <source>Delete %1 documents</source>
      <translation>%1 Dokumente löschen</translation>
    </message>
    <message>
      <source>Delete %1 documents for good?</source>
      <translation>%1 Dokumente endgültig löschen?</translation>
    </message>
    <message>
      <source>Delete 1 document</source>
      <translation>1 Dokument löschen</translation>
    </message>
    <message>
      <source>Delete 1 document for good?</source>
      <translation>1 Dokument endgültig löschen?</translation>
    </message>
    <message>
      <source>Delete every document in the trash for good</source>
      <translation>Alle Dokumente im Papierkorb endgültig löschen</translation>
    </message>
    <message>
      <source>Delete for good</source>
      <translation>Endgültig löschen</translation>
    </message>
    <message>
      <source>Delete for good…</source>
      <translation>Endgültig löschen…</translation>
    </message>
    <message>
      <source>Delete row</source>
      <translation>Zeile löschen</translation>
    </message>
    <message>
      <source>Deleted documents can be brought back from here. Your own files are never touched.</source>
      <translation>Gelöschte Dokumente lassen sich von hier zurückholen. Die eigenen Dateien werden nie angetastet.</translation>
    </message>
    <message>
      <source>Describe field</source>
      <translation>Feld beschreiben</translation>
    </message>
    <message>
      <source>Describe template</source>
      <translation>Vorlage beschreiben</translation>
    </message>
    <message>
      <source>Description</source>
      <translation>Beschreibung</translation>
    </message>
    <message>
      <source>Detail</source>
      <translation>Details</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>Details</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>Unterschied</translation>
    </message>
    <message>
      <source>Dismiss</source>
      <translation>Ausblenden</translation>
    </message>
    <message>
      <source>Distribution</source>
      <translation>Verteilung</translation>
    </message>
    <message>
      <source>Do again: %1</source>
      <translation>Wiederholen: %1</translation>
    </message>
    <message>
      <source>Document</source>
      <translation>Dokument</translation>
    </message>
    <message>
      <source>Document SHA-256 %1</source>
      <translation>SHA-256 des Dokuments %1</translation>
    </message>
    <message>
      <source>Document finished</source>
      <translation>Dokument abgeschlossen</translation>
    </message>
    <message>
      <source>Document opened again</source>
      <translation>Dokument wieder geöffnet</translation>
    </message>
    <message>
      <source>Document to try on</source>
      <translation>Dokument für den Probelauf</translation>
    </message>
    <message>
      <source>Documented as unknown</source>
      <translation>Als unbekannt dokumentiert</translation>
    </message>
    <message>
      <source>Documents</source>
      <translation>Dokumente</translation>
    </message>
    <message>
      <source>Documents (*.pdf *.txt *.md *.text *.jsonl)</source>
      <translation>Dokumente (*.pdf *.txt *.md *.text *.jsonl)</translation>
    </message>
    <message>
      <source>Documents come here when they have been read, and leave when you have finished them.</source>
      <translation>Dokumente kommen hierher, wenn sie gelesen sind, und verschwinden, wenn sie abgeschlossen sind.</translation>
    </message>
    <message>
      <source>Documents done</source>
      <translation>Fertige Dokumente</translation>
    </message>
    <message>
      <source>Documents of the library; trying stores nothing</source>
      <translation>Dokumente der Bibliothek; ein Probelauf speichert nichts</translation>
    </message>
    <message>
      <source>Documents that are extracted from now on use this model</source>
      <translation>Dokumente, die ab jetzt ausgelesen werden, verwenden dieses Modell</translation>
    </message>
    <message>
      <source>Documents that are extracted from now on use this model. It is refused if it reads worse here than the present default</source>
      <translation>Dokumente, die von nun an ausgelesen werden, verwenden dieses Modell. Es wird abgelehnt, wenn es hier schlechter liest als der jetzige Standard</translation>
    </message>
    <message>
      <source>Documents that could not be read come here, with the reason.</source>
      <translation>Dokumente, die nicht gelesen werden konnten, kommen mit dem Grund hierher.</translation>
    </message>
    <message>
      <source>Documents that you extract from or summarize wait here for their turn. The queue is kept when you close the window.</source>
      <translation>Dokumente, die ausgelesen oder zusammengefasst werden sollen, warten hier, bis sie an der Reihe sind. Die Warteschlange bleibt beim Schließen des Fensters erhalten.</translation>
    </message>
    <message>
      <source>Documents that you have finished come here, ready to export.</source>
      <translation>Abgeschlossene Dokumente kommen hierher, bereit zum Export.</translation>
    </message>
    <message>
      <source>Documents with a file of right answers for the template: gold/medications.jsonl</source>
      <translation>Dokumente mit einer Datei richtiger Antworten für die Vorlage: gold/medications.jsonl</translation>
    </message>
    <message>
      <source>Documents, confusion or confidence</source>
      <translation>Dokumente, Verwechslungen oder Konfidenz</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Fertig</translation>
    </message>
    <message>
      <source>Drag documents onto the collection, or use “Move to collection” in their menu.</source>
      <translation>Dokumente auf die Sammlung ziehen oder „In Sammlung verschieben“ in ihrem Menü verwenden.</translation>
    </message>
    <message>
      <source>Drag rows, or move them with Alt+↑ and Alt+↓; Delete removes, Insert adds</source>
      <translation>Zeilen ziehen oder mit Alt+↑ und Alt+↓ verschieben; Entf entfernt, Einfg fügt hinzu</translation>
    </message>
    <message>
      <source>Drop %1</source>
      <translation>%1 ablegen</translation>
    </message>
    <message>
      <source>Drop files or folders anywhere on the window.</source>
      <translation>Dateien oder Ordner irgendwo auf dem Fenster ablegen.</translation>
    </message>
    <message>
      <source>Duplicate</source>
      <translation>Duplizieren</translation>
    </message>
    <message>
      <source>Duplicate to edit</source>
      <translation>Zum Bearbeiten duplizieren</translation>
    </message>
    <message>
      <source>E-mail address</source>
      <translation>E-Mail-Adresse</translation>
    </message>
    <message>
      <source>Each record of the group begins with its anchor; exactly one field is it</source>
      <translation>Jeder Datensatz der Gruppe beginnt mit seinem Anker; genau ein Feld ist der Anker</translation>
    </message>
    <message>
      <source>Edit</source>
      <translation>Bearbeiten</translation>
    </message>
    <message>
      <source>Edit JSON</source>
      <translation>JSON bearbeiten</translation>
    </message>
    <message>
      <source>Edit the value</source>
      <translation>Den Wert bearbeiten</translation>
    </message>
    <message>
      <source>Edit value</source>
      <translation>Wert bearbeiten</translation>
    </message>
    <message>
      <source>Empty trash…</source>
      <translation>Papierkorb leeren…</translation>
    </message>
    <message>
      <source>Ends the selected jobs, or all of them; what is finished stays</source>
      <translation>Beendet die ausgewählten Aufträge oder alle; was fertig ist, bleibt</translation>
    </message>
    <message>
      <source>Ends what waits and what is being read; what is finished stays</source>
      <translation>Beendet, was wartet und was gerade gelesen wird; was fertig ist, bleibt</translation>
    </message>
    <message>
      <source>Enter goes to the next match, Esc closes</source>
      <translation>Enter geht zum nächsten Treffer, Esc schließt</translation>
    </message>
    <message>
      <source>Enter or a click goes to the field</source>
      <translation>Enter oder ein Klick geht zum Feld</translation>
    </message>
    <message>
      <source>Enter or a comma adds; Backspace takes the last one away</source>
      <translation>Enter oder ein Komma fügt hinzu; die Rücktaste nimmt den letzten weg</translation>
    </message>
    <message>
      <source>Enter or a double click opens the document</source>
      <translation>Eingabe oder ein Doppelklick öffnet das Dokument</translation>
    </message>
    <message>
      <source>Evaluate</source>
      <translation>Auswerten</translation>
    </message>
    <message>
      <source>Evaluation</source>
      <translation>Auswertung</translation>
    </message>
    <message>
      <source>Every document that was read is finished.</source>
      <translation>Jedes gelesene Dokument ist abgeschlossen.</translation>
    </message>
    <message>
      <source>Everything stays on this machine: this program has no network code.</source>
      <translation>Alles bleibt auf diesem Rechner: Dieses Programm hat keinen Netzwerkcode.</translation>
    </message>
    <message>
      <source>Everywhere</source>
      <translation>Überall</translation>
    </message>
    <message>
      <source>Evidence</source>
      <translation>Beleg</translation>
    </message>
    <message>
      <source>Excel CSV</source>
      <translation>Excel-CSV</translation>
    </message>
    <message>
      <source>Excel workbook</source>
      <translation>Excel-Arbeitsmappe</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>Exportieren</translation>
    </message>
    <message>
      <source>Export all results…</source>
      <translation>Alle Ergebnisse exportieren…</translation>
    </message>
    <message>
      <source>Export now</source>
      <translation>Jetzt exportieren</translation>
    </message>
    <message>
      <source>Export the results of the selected documents, else of all shown (%1)</source>
      <translation>Die Ergebnisse der ausgewählten Dokumente exportieren, sonst aller angezeigten (%1)</translation>
    </message>
    <message>
      <source>Export what is shown</source>
      <translation>Angezeigtes exportieren</translation>
    </message>
    <message>
      <source>Export what is shown (%1)</source>
      <translation>Angezeigtes exportieren (%1)</translation>
    </message>
    <message>
      <source>Exports</source>
      <translation>Exporte</translation>
    </message>
    <message>
      <source>Exports name these columns before they write them</source>
      <translation>Exporte nennen diese Spalten, bevor sie sie schreiben</translation>
    </message>
    <message>
      <source>Exports read best with names of small letters, digits and “_”, at most 26 of them.</source>
      <translation>Exporte lesen sich am besten mit Namen aus Kleinbuchstaben, Ziffern und „_“, höchstens 26 Zeichen lang.</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>Exportieren…</translation>
    </message>
    <message>
      <source>Extract</source>
      <translation>Auslesen</translation>
    </message>
    <message>
      <source>Extract as soon as documents are added</source>
      <translation>Auslesen, sobald Dokumente hinzugefügt werden</translation>
    </message>
    <message>
      <source>Extract from %1 with</source>
      <translation>%1 auslesen mit</translation>
    </message>
    <message>
      <source>Extract what waits or is selected</source>
      <translation>Wartendes oder Ausgewähltes auslesen</translation>
    </message>
    <message>
      <source>Extract with</source>
      <translation>Auslesen mit</translation>
    </message>
    <message>
      <source>Extract with “%1”</source>
      <translation>Auslesen mit „%1“</translation>
    </message>
    <message>
      <source>Extracted %1 with %2</source>
      <translation>Ausgelesen %1 mit %2</translation>
    </message>
    <message>
      <source>Extracted and stored</source>
      <translation>Ausgelesen und gespeichert</translation>
    </message>
    <message>
      <source>Extracting</source>
      <translation>Wird ausgelesen</translation>
    </message>
    <message>
      <source>Extracting…</source>
      <translation>Wird ausgelesen…</translation>
    </message>
    <message>
      <source>F1</source>
      <translation>F1</translation>
    </message>
    <message>
      <source>F1 %1 (95 % interval %2)</source>
      <translation>F1 %1 (95-%-Intervall %2)</translation>
    </message>
    <message>
      <source>F1 less that of the second model, with its 95 % interval</source>
      <translation>F1 minus das des zweiten Modells, mit 95-%-Intervall</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>Fehlgeschlagen</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>Feld</translation>
    </message>
    <message>
      <source>Fields</source>
      <translation>Felder</translation>
    </message>
    <message>
      <source>Fields that nobody has decided, with a confidence below %1</source>
      <translation>Felder, über die niemand entschieden hat, mit einer Konfidenz unter %1</translation>
    </message>
    <message>
      <source>Figures by field</source>
      <translation>Zahlen je Feld</translation>
    </message>
    <message>
      <source>File</source>
      <translation>Datei</translation>
    </message>
    <message>
      <source>Files on other machines have to be copied here first.</source>
      <translation>Dateien auf anderen Rechnern müssen zuerst hierher kopiert werden.</translation>
    </message>
    <message>
      <source>Files that were not added</source>
      <translation>Nicht hinzugefügte Dateien</translation>
    </message>
    <message>
      <source>Fill in</source>
      <translation>Ausfüllen</translation>
    </message>
    <message>
      <source>Filter</source>
      <translation>Filter</translation>
    </message>
    <message>
      <source>Find</source>
      <translation>Suchen</translation>
    </message>
    <message>
      <source>Find in the document</source>
      <translation>Im Dokument suchen</translation>
    </message>
    <message>
      <source>Find in this document</source>
      <translation>In diesem Dokument suchen</translation>
    </message>
    <message>
      <source>Finish document</source>
      <translation>Dokument abschließen</translation>
    </message>
    <message>
      <source>Finish this document and go to the next</source>
      <translation>Dieses Dokument abschließen und zum nächsten gehen</translation>
    </message>
    <message>
      <source>Finishes the document being read and waits</source>
      <translation>Liest das laufende Dokument zu Ende und wartet</translation>
    </message>
    <message>
      <source>Finishes the document being read and waits; the queue is kept</source>
      <translation>Liest das laufende Dokument zu Ende und wartet; die Warteschlange bleibt erhalten</translation>
    </message>
    <message>
      <source>First lines of %1</source>
      <translation>Erste Zeilen von %1</translation>
    </message>
    <message>
      <source>First steps</source>
      <translation>Erste Schritte</translation>
    </message>
    <message>
      <source>Fit width</source>
      <translation>Breite anpassen</translation>
    </message>
    <message>
      <source>Flag</source>
      <translation>Markieren</translation>
    </message>
    <message>
      <source>Flag %1</source>
      <translation>%1 markieren</translation>
    </message>
    <message>
      <source>Flag the value with this note (Enter)</source>
      <translation>Den Wert mit dieser Notiz markieren (Enter)</translation>
    </message>
    <message>
      <source>Flag the value, with a note</source>
      <translation>Den Wert mit einer Notiz markieren</translation>
    </message>
    <message>
      <source>Flagged</source>
      <translation>Markiert</translation>
    </message>
    <message>
      <source>Flagged by %1</source>
      <translation>Markiert von %1</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>Ordner</translation>
    </message>
    <message>
      <source>Folder of the other library</source>
      <translation>Ordner der anderen Bibliothek</translation>
    </message>
    <message>
      <source>Folder to watch</source>
      <translation>Zu überwachender Ordner</translation>
    </message>
    <message>
      <source>For all templates, or for one.</source>
      <translation>Für alle Vorlagen oder für eine.</translation>
    </message>
    <message>
      <source>For reading and signing: every value with the words it was read from, one document after the other.</source>
      <translation>Zum Lesen und Unterschreiben: jeder Wert mit den Wörtern, aus denen er gelesen wurde, ein Dokument nach dem anderen.</translation>
    </message>
    <message>
      <source>Forget the window's layout</source>
      <translation>Fensteranordnung vergessen</translation>
    </message>
    <message>
      <source>Form</source>
      <translation>Form</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>Format</translation>
    </message>
    <message>
      <source>Found</source>
      <translation>Gefunden</translation>
    </message>
    <message>
      <source>Found for “%1”</source>
      <translation>Gefunden für „%1“</translation>
    </message>
    <message>
      <source>From which confidence on values are accepted together</source>
      <translation>Ab welcher Konfidenz Werte gemeinsam übernommen werden</translation>
    </message>
    <message>
      <source>Full screen</source>
      <translation>Vollbild</translation>
    </message>
    <message>
      <source>General</source>
      <translation>Allgemein</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>Weiter</translation>
    </message>
    <message>
      <source>Go to a page</source>
      <translation>Zu einer Seite gehen</translation>
    </message>
    <message>
      <source>Go to a page (G)</source>
      <translation>Zu einer Seite gehen (G)</translation>
    </message>
    <message>
      <source>Go to page</source>
      <translation>Zu Seite gehen</translation>
    </message>
    <message>
      <source>Go to the library</source>
      <translation>Zur Bibliothek</translation>
    </message>
    <message>
      <source>Go to the next document to review and leave this one as it is</source>
      <translation>Zum nächsten zu prüfenden Dokument gehen und dieses lassen, wie es ist</translation>
    </message>
    <message>
      <source>Go to this field</source>
      <translation>Zu diesem Feld gehen</translation>
    </message>
    <message>
      <source>Goes on with the next document</source>
      <translation>Geht zum nächsten Dokument weiter</translation>
    </message>
    <message>
      <source>Gold</source>
      <translation>Gold</translation>
    </message>
    <message>
      <source>Gold folder</source>
      <translation>Goldordner</translation>
    </message>
    <message>
      <source>Got it</source>
      <translation>Verstanden</translation>
    </message>
    <message>
      <source>Group</source>
      <translation>Gruppe</translation>
    </message>
    <message>
      <source>Guide</source>
      <translation>Anleitung</translation>
    </message>
    <message>
      <source>Guide and keyboard shortcuts (F1)</source>
      <translation>Anleitung und Tastenkürzel (F1)</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Hilfe</translation>
    </message>
    <message>
      <source>Help and about</source>
      <translation>Hilfe und Info</translation>
    </message>
    <message>
      <source>Hide this note</source>
      <translation>Diesen Hinweis ausblenden</translation>
    </message>
    <message>
      <source>Hides this message</source>
      <translation>Blendet diese Meldung aus</translation>
    </message>
    <message>
      <source>History</source>
      <translation>Verlauf</translation>
    </message>
    <message>
      <source>History of this document</source>
      <translation>Verlauf dieses Dokuments</translation>
    </message>
    <message>
      <source>Holds a digit</source>
      <translation>Enthält eine Ziffer</translation>
    </message>
    <message>
      <source>How it is built</source>
      <translation>Wie es aufgebaut ist</translation>
    </message>
    <message>
      <source>How many of them are right; the closer to what was said, the better</source>
      <translation>Wie viele davon stimmen; je näher an der Angabe, desto besser</translation>
    </message>
    <message>
      <source>How often such values were right in documents that the model did not know: of values with 0.90, nine in ten.</source>
      <translation>Wie oft solche Werte in Dokumenten stimmten, die das Modell nicht kannte: von Werten mit 0,90 neun von zehn.</translation>
    </message>
    <message>
      <source>How sure</source>
      <translation>Wie sicher</translation>
    </message>
    <message>
      <source>How sure the machine is of its least certain undecided field: how often such values are right where that was measured for the model, else the model's own probability</source>
      <translation>Wie sicher die Maschine bei ihrem unsichersten offenen Feld ist: wie oft solche Werte stimmen, wo das für das Modell gemessen wurde, sonst die vom Modell selbst angegebene Wahrscheinlichkeit</translation>
    </message>
    <message>
      <source>How sure the model is of its values is off by %1 on average; it has not been calibrated.</source>
      <translation>Wie sicher sich das Modell seiner Werte ist, liegt im Mittel um %1 daneben; es wurde nicht kalibriert.</translation>
    </message>
    <message>
      <source>How the model is spoken to, as --chat-format of the command line</source>
      <translation>Wie das Modell angesprochen wird, wie --chat-format der Kommandozeile</translation>
    </message>
    <message>
      <source>How well does it read?</source>
      <translation>Wie gut liest es?</translation>
    </message>
    <message>
      <source>IBAN</source>
      <translation>IBAN</translation>
    </message>
    <message>
      <source>Identifier: points to a person</source>
      <translation>Identifikator: weist auf eine Person hin</translation>
    </message>
    <message>
      <source>Illegible</source>
      <translation>Unleserlich</translation>
    </message>
    <message>
      <source>Import…</source>
      <translation>Importieren…</translation>
    </message>
    <message>
      <source>In %1 % of the pairs of a right and a wrong value the right one has more of it.</source>
      <translation>In %1 % der Paare aus einem richtigen und einem falschen Wert hat der richtige die höhere.</translation>
    </message>
    <message>
      <source>In the trash: delete for good</source>
      <translation>Im Papierkorb: endgültig löschen</translation>
    </message>
    <message>
      <source>Inbox</source>
      <translation>Eingang</translation>
    </message>
    <message>
      <source>Insert, Delete</source>
      <translation>Einfg, Entf</translation>
    </message>
    <message>
      <source>Is told to the model with the name</source>
      <translation>Wird dem Modell mit dem Namen mitgeteilt</translation>
    </message>
    <message>
      <source>It may be a scan: a picture of a page. Values can be read only where there is text.</source>
      <translation>Es könnte ein Scan sein: ein Bild einer Seite. Werte lassen sich nur lesen, wo Text ist.</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>Eintrag</translation>
    </message>
    <message>
      <source>Items</source>
      <translation>Einträge</translation>
    </message>
    <message>
      <source>JSON</source>
      <translation>JSON</translation>
    </message>
    <message>
      <source>JSON Lines</source>
      <translation>JSON Lines</translation>
    </message>
    <message>
      <source>JSON Schema with notes under “x-attest”; follows the fields, and they follow it</source>
      <translation>JSON-Schema mit Angaben unter „x-attest“; folgt den Feldern, und sie folgen ihm</translation>
    </message>
    <message>
      <source>Jobs</source>
      <translation>Aufträge</translation>
    </message>
    <message>
      <source>Judged: chosen by the model, with the place of its record as evidence.</source>
      <translation>Beurteilt: vom Modell gewählt, mit der Stelle des Datensatzes als Beleg.</translation>
    </message>
    <message>
      <source>Keep</source>
      <translation>Behalten</translation>
    </message>
    <message>
      <source>Keep flag</source>
      <translation>Markierung behalten</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Tasten</translation>
    </message>
    <message>
      <source>Keys of the review</source>
      <translation>Tasten der Prüfung</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Sprache</translation>
    </message>
    <message>
      <source>Language of the window</source>
      <translation>Sprache des Fensters</translation>
    </message>
    <message>
      <source>Larger</source>
      <translation>Größer</translation>
    </message>
    <message>
      <source>Largest number</source>
      <translation>Größte Zahl</translation>
    </message>
    <message>
      <source>Layout</source>
      <translation>Anordnung</translation>
    </message>
    <message>
      <source>Library</source>
      <translation>Bibliothek</translation>
    </message>
    <message>
      <source>Licence</source>
      <translation>Lizenz</translation>
    </message>
    <message>
      <source>Licence text from the file</source>
      <translation>Lizenztext aus der Datei</translation>
    </message>
    <message>
      <source>Licences and guide</source>
      <translation>Lizenzen und Anleitung</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Hell</translation>
    </message>
    <message>
      <source>List of texts</source>
      <translation>Liste von Texten</translation>
    </message>
    <message>
      <source>List the values to choose from.</source>
      <translation>Die Werte auflisten, aus denen gewählt wird.</translation>
    </message>
    <message>
      <source>Lists and pages</source>
      <translation>Listen und Ansichten</translation>
    </message>
    <message>
      <source>Lists the models, adds others and chooses which is used for what</source>
      <translation>Listet die Modelle auf, fügt andere hinzu und legt fest, welches wofür verwendet wird</translation>
    </message>
    <message>
      <source>Loading the model…</source>
      <translation>Modell wird geladen…</translation>
    </message>
    <message>
      <source>Loads the model, reads 256 tokens and writes 32</source>
      <translation>Lädt das Modell, liest 256 Token und schreibt 32</translation>
    </message>
    <message>
      <source>Locate file…</source>
      <translation>Datei suchen…</translation>
    </message>
    <message>
      <source>Logs</source>
      <translation>Protokolle</translation>
    </message>
    <message>
      <source>Look at the page</source>
      <translation>Die Seite ansehen</translation>
    </message>
    <message>
      <source>Look at the results</source>
      <translation>Die Ergebnisse ansehen</translation>
    </message>
    <message>
      <source>Looks everything up anew</source>
      <translation>Sieht alles neu nach</translation>
    </message>
    <message>
      <source>Lost</source>
      <translation>Verloren</translation>
    </message>
    <message>
      <source>Lowest confidence</source>
      <translation>Niedrigste Konfidenz</translation>
    </message>
    <message>
      <source>Machine: %1</source>
      <translation>Maschine: %1</translation>
    </message>
    <message>
      <source>Made</source>
      <translation>Erstellt</translation>
    </message>
    <message>
      <source>Make default</source>
      <translation>Zum Standard machen</translation>
    </message>
    <message>
      <source>Make the decision again</source>
      <translation>Entscheidung wiederholen</translation>
    </message>
    <message>
      <source>Makes a copy that can be changed</source>
      <translation>Legt eine Kopie an, die geändert werden kann</translation>
    </message>
    <message>
      <source>Many choices are hard to tell apart; up to 12 work best.</source>
      <translation>Viele Auswahlwerte sind schwer zu unterscheiden; bis zu 12 eignen sich am besten.</translation>
    </message>
    <message>
      <source>Mean confidence of these values</source>
      <translation>Mittlere Konfidenz dieser Werte</translation>
    </message>
    <message>
      <source>Measure here</source>
      <translation>Hier messen</translation>
    </message>
    <message>
      <source>Measuring speed</source>
      <translation>Geschwindigkeit wird gemessen</translation>
    </message>
    <message>
      <source>Measuring… this takes about ten seconds.</source>
      <translation>Wird gemessen… das dauert etwa zehn Sekunden.</translation>
    </message>
    <message>
      <source>Memory</source>
      <translation>Speicher</translation>
    </message>
    <message>
      <source>Memory or disk space ran out. Free some and try again.</source>
      <translation>Arbeitsspeicher oder Festplatte ist voll. Etwas Platz schaffen und erneut versuchen.</translation>
    </message>
    <message>
      <source>Menu</source>
      <translation>Menü</translation>
    </message>
    <message>
      <source>Menu (F10)</source>
      <translation>Menü (F10)</translation>
    </message>
    <message>
      <source>Mistakes</source>
      <translation>Fehler</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>Modell</translation>
    </message>
    <message>
      <source>Model files</source>
      <translation>Modelldateien</translation>
    </message>
    <message>
      <source>Model: %1</source>
      <translation>Modell: %1</translation>
    </message>
    <message>
      <source>Models</source>
      <translation>Modelle</translation>
    </message>
    <message>
      <source>Models (*.gguf)</source>
      <translation>Modelle (*.gguf)</translation>
    </message>
    <message>
      <source>Models and speed</source>
      <translation>Modelle und Geschwindigkeit</translation>
    </message>
    <message>
      <source>Models; Delete removes one from the list</source>
      <translation>Modelle; Entf nimmt eines aus der Liste</translation>
    </message>
    <message>
      <source>Move</source>
      <translation>Verschieben</translation>
    </message>
    <message>
      <source>Move down</source>
      <translation>Nach unten</translation>
    </message>
    <message>
      <source>Move down (Alt+↓)</source>
      <translation>Nach unten (Alt+↓)</translation>
    </message>
    <message>
      <source>Move field</source>
      <translation>Feld verschieben</translation>
    </message>
    <message>
      <source>Move the field</source>
      <translation>Das Feld verschieben</translation>
    </message>
    <message>
      <source>Move to collection</source>
      <translation>In Sammlung verschieben</translation>
    </message>
    <message>
      <source>Move to the top</source>
      <translation>An den Anfang stellen</translation>
    </message>
    <message>
      <source>Move to the trash; Ctrl+Z takes it back</source>
      <translation>In den Papierkorb legen; Strg+Z macht es rückgängig</translation>
    </message>
    <message>
      <source>Move to top</source>
      <translation>An den Anfang</translation>
    </message>
    <message>
      <source>Move to trash</source>
      <translation>In den Papierkorb</translation>
    </message>
    <message>
      <source>Move up</source>
      <translation>Nach oben</translation>
    </message>
    <message>
      <source>Move up (Alt+↑)</source>
      <translation>Nach oben (Alt+↑)</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Name (optional)</source>
      <translation>Name (optional)</translation>
    </message>
    <message>
      <source>Name of the collection</source>
      <translation>Name der Sammlung</translation>
    </message>
    <message>
      <source>Name of the document</source>
      <translation>Name des Dokuments</translation>
    </message>
    <message>
      <source>Name of the field, and of its column in exports</source>
      <translation>Name des Felds und seiner Spalte in Exporten</translation>
    </message>
    <message>
      <source>Name of the note</source>
      <translation>Name der Notiz</translation>
    </message>
    <message>
      <source>New</source>
      <translation>Neu</translation>
    </message>
    <message>
      <source>New collection</source>
      <translation>Neue Sammlung</translation>
    </message>
    <message>
      <source>New collection…</source>
      <translation>Neue Sammlung…</translation>
    </message>
    <message>
      <source>New documents stay here until they have been read.</source>
      <translation>Neue Dokumente bleiben hier, bis sie gelesen sind.</translation>
    </message>
    <message>
      <source>New template</source>
      <translation>Neue Vorlage</translation>
    </message>
    <message>
      <source>Next and previous field</source>
      <translation>Nächstes und vorheriges Feld</translation>
    </message>
    <message>
      <source>Next document</source>
      <translation>Nächstes Dokument</translation>
    </message>
    <message>
      <source>Next match</source>
      <translation>Nächster Treffer</translation>
    </message>
    <message>
      <source>Next pane</source>
      <translation>Nächster Bereich</translation>
    </message>
    <message>
      <source>Next place</source>
      <translation>Nächste Stelle</translation>
    </message>
    <message>
      <source>Next to review</source>
      <translation>Nächstes zu prüfendes</translation>
    </message>
    <message>
      <source>No answer</source>
      <translation>Keine Antwort</translation>
    </message>
    <message>
      <source>No certain difference from %1: %2 (%3)</source>
      <translation>Kein sicherer Unterschied zu %1: %2 (%3)</translation>
    </message>
    <message>
      <source>No collection</source>
      <translation>Keine Sammlung</translation>
    </message>
    <message>
      <source>No documents</source>
      <translation>Keine Dokumente</translation>
    </message>
    <message>
      <source>No documents in “%1”</source>
      <translation>Keine Dokumente in „%1“</translation>
    </message>
    <message>
      <source>No documents there. Attest reads PDF, .txt, .md and .jsonl files.</source>
      <translation>Dort sind keine Dokumente. Attest liest PDF-, .txt-, .md- und .jsonl-Dateien.</translation>
    </message>
    <message>
      <source>No folder is watched. Documents that appear in a watched folder are added once they have stopped growing; the folder itself is never changed.</source>
      <translation>Kein Ordner wird überwacht. Dokumente, die in einem überwachten Ordner erscheinen, werden hinzugefügt, sobald sie nicht mehr wachsen; der Ordner selbst wird nie verändert.</translation>
    </message>
    <message>
      <source>No longer watching “%1”</source>
      <translation>„%1“ wird nicht mehr überwacht</translation>
    </message>
    <message>
      <source>No network library is loaded</source>
      <translation>Keine Netzwerkbibliothek ist geladen</translation>
    </message>
    <message>
      <source>No normal form: it is kept as written</source>
      <translation>Keine Normalform: bleibt, wie geschrieben</translation>
    </message>
    <message>
      <source>No results of this template yet</source>
      <translation>Noch keine Ergebnisse dieser Vorlage</translation>
    </message>
    <message>
      <source>No row has both a number and a date here.</source>
      <translation>Keine Zeile enthält hier sowohl eine Zahl als auch ein Datum.</translation>
    </message>
    <message>
      <source>No sentence of this document was chosen for a summary.</source>
      <translation>Kein Satz dieses Dokuments wurde für eine Zusammenfassung gewählt.</translation>
    </message>
    <message>
      <source>No summary yet</source>
      <translation>Noch keine Zusammenfassung</translation>
    </message>
    <message>
      <source>Nobody has decided yet</source>
      <translation>Noch hat niemand entschieden</translation>
    </message>
    <message>
      <source>Normal form</source>
      <translation>Normalform</translation>
    </message>
    <message>
      <source>Normal form: %1 %2</source>
      <translation>Normalform: %1 %2</translation>
    </message>
    <message>
      <source>Not added</source>
      <translation>Nicht hinzugefügt</translation>
    </message>
    <message>
      <source>Not applicable</source>
      <translation>Nicht zutreffend</translation>
    </message>
    <message>
      <source>Not documented</source>
      <translation>Nicht dokumentiert</translation>
    </message>
    <message>
      <source>Not saved yet</source>
      <translation>Noch nicht gespeichert</translation>
    </message>
    <message>
      <source>Not saved yet, and not used for any result.</source>
      <translation>Noch nicht gespeichert und für kein Ergebnis verwendet.</translation>
    </message>
    <message>
      <source>Not saved, so the decision was taken back; Redo tries again. %1</source>
      <translation>Nicht gespeichert, daher wurde die Entscheidung zurückgenommen; „Wiederholen“ versucht es erneut. %1</translation>
    </message>
    <message>
      <source>Not stated</source>
      <translation>Nicht angegeben</translation>
    </message>
    <message>
      <source>Not stated, and answered with a value</source>
      <translation>Nicht angegeben, und mit einem Wert beantwortet</translation>
    </message>
    <message>
      <source>Not stated, and answered “not stated”</source>
      <translation>Nicht angegeben, und mit „nicht angegeben“ beantwortet</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Notiz</translation>
    </message>
    <message>
      <source>Note of %1</source>
      <translation>Notiz von %1</translation>
    </message>
    <message>
      <source>Note: %1</source>
      <translation>Notiz: %1</translation>
    </message>
    <message>
      <source>Nothing</source>
      <translation>Nichts</translation>
    </message>
    <message>
      <source>Nothing failed</source>
      <translation>Nichts ist fehlgeschlagen</translation>
    </message>
    <message>
      <source>Nothing found for “%1”</source>
      <translation>Nichts gefunden für „%1“</translation>
    </message>
    <message>
      <source>Nothing is being read</source>
      <translation>Nichts wird gelesen</translation>
    </message>
    <message>
      <source>Nothing leaves this machine. Click to see how that is checked.</source>
      <translation>Nichts verlässt diesen Rechner. Klicken, um zu sehen, wie das geprüft wird.</translation>
    </message>
    <message>
      <source>Nothing left to review here</source>
      <translation>Hier ist nichts mehr zu prüfen</translation>
    </message>
    <message>
      <source>Nothing left to review in this document</source>
      <translation>In diesem Dokument ist nichts mehr zu prüfen</translation>
    </message>
    <message>
      <source>Nothing passes the filters</source>
      <translation>Nichts entspricht den Filtern</translation>
    </message>
    <message>
      <source>Nothing reviewed yet</source>
      <translation>Noch nichts geprüft</translation>
    </message>
    <message>
      <source>Nothing to export yet: extract from these documents first.</source>
      <translation>Noch nichts zu exportieren: Zuerst diese Dokumente auslesen.</translation>
    </message>
    <message>
      <source>Nothing to redo</source>
      <translation>Nichts zu wiederholen</translation>
    </message>
    <message>
      <source>Nothing to review</source>
      <translation>Nichts zu prüfen</translation>
    </message>
    <message>
      <source>Nothing to summarize</source>
      <translation>Nichts zusammenzufassen</translation>
    </message>
    <message>
      <source>Nothing to undo</source>
      <translation>Nichts rückgängig zu machen</translation>
    </message>
    <message>
      <source>Nothing was extracted from this document yet</source>
      <translation>Aus diesem Dokument wurde noch nichts ausgelesen</translation>
    </message>
    <message>
      <source>Nothing was found</source>
      <translation>Nichts wurde gefunden</translation>
    </message>
    <message>
      <source>Nothing was found with this template</source>
      <translation>Mit dieser Vorlage wurde nichts gefunden</translation>
    </message>
    <message>
      <source>Now uses %1</source>
      <translation>Verwendet jetzt %1</translation>
    </message>
    <message>
      <source>Now: %1</source>
      <translation>Jetzt: %1</translation>
    </message>
    <message>
      <source>Null precision</source>
      <translation>Null-Präzision</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>Zahl</translation>
    </message>
    <message>
      <source>Number with unit</source>
      <translation>Zahl mit Einheit</translation>
    </message>
    <message>
      <source>Number, perhaps with its unit</source>
      <translation>Zahl, auch mit Einheit</translation>
    </message>
    <message>
      <source>Of F1, if other documents had been chosen: a bootstrap over documents</source>
      <translation>Von F1, wären andere Dokumente gewählt worden: ein Bootstrap über Dokumente</translation>
    </message>
    <message>
      <source>Of the answers “not stated”, how many are right</source>
      <translation>Von den Antworten „nicht angegeben“, wie viele stimmen</translation>
    </message>
    <message>
      <source>Of the share of right ones, if other documents had been chosen</source>
      <translation>Des Anteils der richtigen, wären andere Dokumente gewählt worden</translation>
    </message>
    <message>
      <source>Of the values found, how many are right</source>
      <translation>Von den gefundenen Werten, wie viele stimmen</translation>
    </message>
    <message>
      <source>Of the values of the gold, how many were found</source>
      <translation>Von den Werten des Goldstandards, wie viele gefunden wurden</translation>
    </message>
    <message>
      <source>Of the whole window, at once.</source>
      <translation>Für das ganze Fenster, sofort.</translation>
    </message>
    <message>
      <source>Of the window, not of the documents. A new one shows after a restart; waiting documents go on afterwards.</source>
      <translation>Des Fensters, nicht der Dokumente. Eine neue zeigt sich nach einem Neustart; wartende Dokumente laufen danach weiter.</translation>
    </message>
    <message>
      <source>Offline: no network code</source>
      <translation>Offline: kein Netzwerkcode</translation>
    </message>
    <message>
      <source>Once a day Attest copies the library, checks the copy and keeps the last seven. For a copy on another disk, copy the newest file of the backups folder.</source>
      <translation>Einmal täglich kopiert Attest die Bibliothek, prüft die Kopie und behält die letzten sieben. Für eine Kopie auf einem anderen Datenträger die neueste Datei des Sicherungsordners kopieren.</translation>
    </message>
    <message>
      <source>One .csv that spreadsheets open with a double click.</source>
      <translation>Eine .csv-Datei, die Tabellenprogramme mit einem Doppelklick öffnen.</translation>
    </message>
    <message>
      <source>One .xlsx with a sheet per table; dates and numbers typed, identifiers kept as text.</source>
      <translation>Eine .xlsx-Datei mit einem Blatt je Tabelle; Datumsangaben und Zahlen mit Typ, Identifikatoren als Text.</translation>
    </message>
    <message>
      <source>One line per document with values, evidence and review.</source>
      <translation>Eine Zeile je Dokument mit Werten, Belegen und Prüfung.</translation>
    </message>
    <message>
      <source>One of the choices is always taken. Add “other”, or let the field be not stated.</source>
      <translation>Einer der Auswahlwerte wird immer gewählt. „other“ hinzufügen oder „nicht angegeben“ für das Feld zulassen.</translation>
    </message>
    <message>
      <source>One record for each time it is mentioned, in the order of the document.</source>
      <translation>Ein Datensatz für jede Erwähnung, in der Reihenfolge des Dokuments.</translation>
    </message>
    <message>
      <source>Only documents that a person has finished</source>
      <translation>Nur Dokumente, die eine Person abgeschlossen hat</translation>
    </message>
    <message>
      <source>Only in JSON</source>
      <translation>Nur in JSON</translation>
    </message>
    <message>
      <source>Only numbers go over time. Choose a column of numbers.</source>
      <translation>Nur Zahlen haben einen Zeitverlauf. Eine Spalte mit Zahlen auswählen.</translation>
    </message>
    <message>
      <source>Only to review</source>
      <translation>Nur zu prüfende</translation>
    </message>
    <message>
      <source>Only what has this form is read. Choose one, or write a regular expression: ^[A-Z]{2}-[0-9]+$</source>
      <translation>Nur was diese Form hat, wird gelesen. Wählen Sie eine oder schreiben Sie einen regulären Ausdruck: ^[A-Z]{2}-[0-9]+$</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Öffnen</translation>
    </message>
    <message>
      <source>Open again</source>
      <translation>Wieder öffnen</translation>
    </message>
    <message>
      <source>Open and restart</source>
      <translation>Öffnen und neu starten</translation>
    </message>
    <message>
      <source>Open export…</source>
      <translation>Export öffnen…</translation>
    </message>
    <message>
      <source>Open in review</source>
      <translation>In der Prüfung öffnen</translation>
    </message>
    <message>
      <source>Open models</source>
      <translation>Modelle öffnen</translation>
    </message>
    <message>
      <source>Open other library…</source>
      <translation>Andere Bibliothek öffnen…</translation>
    </message>
    <message>
      <source>Open the guide</source>
      <translation>Die Anleitung öffnen</translation>
    </message>
    <message>
      <source>Open the library</source>
      <translation>Die Bibliothek öffnen</translation>
    </message>
    <message>
      <source>Open the library in “%1”?</source>
      <translation>Die Bibliothek in „%1“ öffnen?</translation>
    </message>
    <message>
      <source>Open the record (→)</source>
      <translation>Den Datensatz öffnen (→)</translation>
    </message>
    <message>
      <source>Open the review (Enter)</source>
      <translation>Die Prüfung öffnen (Enter)</translation>
    </message>
    <message>
      <source>Open the review at that value</source>
      <translation>Die Prüfung bei diesem Wert öffnen</translation>
    </message>
    <message>
      <source>Open “%1”</source>
      <translation>„%1“ öffnen</translation>
    </message>
    <message>
      <source>Open “%1” (%2)</source>
      <translation>„%1“ öffnen (%2)</translation>
    </message>
    <message>
      <source>Opening…</source>
      <translation>Wird geöffnet…</translation>
    </message>
    <message>
      <source>Opens the library's folder in the file manager</source>
      <translation>Öffnet den Ordner der Bibliothek in der Dateiverwaltung</translation>
    </message>
    <message>
      <source>Order of the fields</source>
      <translation>Reihenfolge der Felder</translation>
    </message>
    <message>
      <source>Other side</source>
      <translation>Andere Seite</translation>
    </message>
    <message>
      <source>Other value</source>
      <translation>Anderer Wert</translation>
    </message>
    <message>
      <source>Over time</source>
      <translation>Zeitverlauf</translation>
    </message>
    <message>
      <source>Own templates first, then the built-in ones; Delete removes own ones</source>
      <translation>Eigene Vorlagen zuerst, dann die eingebauten; Entf entfernt eigene</translation>
    </message>
    <message>
      <source>PDF</source>
      <translation>PDF</translation>
    </message>
    <message>
      <source>PDF report</source>
      <translation>PDF-Bericht</translation>
    </message>
    <message>
      <source>PDFs are opened only by a separate program, attest-reader. Before it sees the first byte it gives up files, network and new processes for good; a crafted PDF can at worst stop that program.</source>
      <translation>PDFs werden nur von einem eigenständigen Programm geöffnet, attest-reader. Bevor es das erste Byte sieht, gibt es Dateien, Netzwerk und neue Prozesse endgültig auf; ein präpariertes PDF kann schlimmstenfalls dieses Programm anhalten.</translation>
    </message>
    <message>
      <source>Page</source>
      <translation>Seite</translation>
    </message>
    <message>
      <source>Page %1</source>
      <translation>Seite %1</translation>
    </message>
    <message>
      <source>Page %1 cannot be drawn. Shown is its text as it was read.</source>
      <translation>Seite %1 kann nicht gezeichnet werden. Gezeigt wird ihr Text, wie er gelesen wurde.</translation>
    </message>
    <message>
      <source>Page %1 of %2</source>
      <translation>Seite %1 von %2</translation>
    </message>
    <message>
      <source>Page %1: “%2”</source>
      <translation>Seite %1: „%2“</translation>
    </message>
    <message>
      <source>Page number</source>
      <translation>Seitenzahl</translation>
    </message>
    <message>
      <source>Page of the tried document</source>
      <translation>Seite des getesteten Dokuments</translation>
    </message>
    <message>
      <source>Page or section is missing</source>
      <translation>Seite oder Abschnitt fehlt</translation>
    </message>
    <message>
      <source>Page texts, results and decisions are kept here, readable for you only. Your own files stay where they are and are never changed.</source>
      <translation>Seitentexte, Ergebnisse und Entscheidungen werden hier aufbewahrt, nur für das eigene Benutzerkonto lesbar. Die eigenen Dateien bleiben, wo sie sind, und werden nie verändert.</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>Seiten</translation>
    </message>
    <message>
      <source>Pages keep their colours; in the dark theme they are dimmed.</source>
      <translation>Seiten behalten ihre Farben; im dunklen Design werden sie abgedunkelt.</translation>
    </message>
    <message>
      <source>Paste note</source>
      <translation>Notiz einfügen</translation>
    </message>
    <message>
      <source>Paste note…</source>
      <translation>Notiz einfügen…</translation>
    </message>
    <message>
      <source>Paste or type the text of a note.</source>
      <translation>Den Text einer Notiz einfügen oder eintippen.</translation>
    </message>
    <message>
      <source>Paste text as a note</source>
      <translation>Text als Notiz einfügen</translation>
    </message>
    <message>
      <source>Pasted notes have no file: they are kept in the library.</source>
      <translation>Eingefügte Notizen haben keine Datei: Sie werden in der Bibliothek aufbewahrt.</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Anhalten</translation>
    </message>
    <message>
      <source>Pause and go on</source>
      <translation>Anhalten und fortsetzen</translation>
    </message>
    <message numerus="yes">
      <source>Paused, %n document(s) wait</source>
      <translation>
        <numerusform>Angehalten, %n Dokument wartet</numerusform>
        <numerusform>Angehalten, %n Dokumente warten</numerusform>
      </translation>
    </message>
    <message>
      <source>Pausing after this document</source>
      <translation>Hält nach diesem Dokument an</translation>
    </message>
    <message>
      <source>Percentage</source>
      <translation>Prozentsatz</translation>
    </message>
    <message>
      <source>PgUp, PgDn</source>
      <translation>Bild↑, Bild↓</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>Ort</translation>
    </message>
    <message>
      <source>Place of the library</source>
      <translation>Ort der Bibliothek</translation>
    </message>
    <message>
      <source>Place of the library folder</source>
      <translation>Ort des Bibliotheksordners</translation>
    </message>
    <message>
      <source>Precision</source>
      <translation>Präzision</translation>
    </message>
    <message>
      <source>Preview of the tables</source>
      <translation>Vorschau der Tabellen</translation>
    </message>
    <message>
      <source>Previous and next page</source>
      <translation>Vorherige und nächste Seite</translation>
    </message>
    <message>
      <source>Previous document</source>
      <translation>Vorheriges Dokument</translation>
    </message>
    <message>
      <source>Previous match</source>
      <translation>Vorheriger Treffer</translation>
    </message>
    <message>
      <source>Previous pane</source>
      <translation>Vorheriger Bereich</translation>
    </message>
    <message>
      <source>Previous place</source>
      <translation>Vorherige Stelle</translation>
    </message>
    <message>
      <source>Privacy</source>
      <translation>Datenschutz</translation>
    </message>
    <message>
      <source>Privacy check…</source>
      <translation>Datenschutzprüfung…</translation>
    </message>
    <message>
      <source>Process</source>
      <translation>Prozess</translation>
    </message>
    <message>
      <source>Profile</source>
      <translation>Profil</translation>
    </message>
    <message>
      <source>Progress of the evaluation</source>
      <translation>Fortschritt der Auswertung</translation>
    </message>
    <message>
      <source>Progress of the export</source>
      <translation>Fortschritt des Exports</translation>
    </message>
    <message>
      <source>Progress of the queue</source>
      <translation>Fortschritt der Warteschlange</translation>
    </message>
    <message>
      <source>Progress of the try</source>
      <translation>Fortschritt des Probelaufs</translation>
    </message>
    <message>
      <source>Puts it into the editor; saving makes it the newest version</source>
      <translation>Übernimmt sie in den Editor; durch Speichern wird sie die neueste Version</translation>
    </message>
    <message>
      <source>Puts the selected backup in the library's place</source>
      <translation>Setzt die ausgewählte Sicherung an die Stelle der Bibliothek</translation>
    </message>
    <message>
      <source>Puts the selected jobs, or all that failed, into the queue again</source>
      <translation>Stellt die ausgewählten Aufträge oder alle fehlgeschlagenen erneut in die Warteschlange</translation>
    </message>
    <message>
      <source>Qt</source>
      <translation>Qt</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>Messwert</translation>
    </message>
    <message>
      <source>Quick look</source>
      <translation>Schnellansicht</translation>
    </message>
    <message>
      <source>Quick look: %1</source>
      <translation>Schnellansicht: %1</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>Beenden</translation>
    </message>
    <message>
      <source>Quit; waiting documents go on at the next start</source>
      <translation>Beenden; wartende Dokumente laufen beim nächsten Start weiter</translation>
    </message>
    <message>
      <source>REDCap</source>
      <translation>REDCap</translation>
    </message>
    <message>
      <source>Read %1 by model %2 (SHA-256 %3), Attest %4</source>
      <translation>Gelesen %1 vom Modell %2 (SHA-256 %3), Attest %4</translation>
    </message>
    <message>
      <source>Read %1 with “%2”</source>
      <translation>%1 mit „%2“ lesen</translation>
    </message>
    <message>
      <source>Read as %1</source>
      <translation>Gelesen als %1</translation>
    </message>
    <message>
      <source>Read as %1; another reading is possible</source>
      <translation>Gelesen als %1; eine andere Lesart ist möglich</translation>
    </message>
    <message>
      <source>Read it again</source>
      <translation>Erneut lesen</translation>
    </message>
    <message>
      <source>Read: copied from the document, word for word.</source>
      <translation>Gelesen: Wort für Wort aus dem Dokument kopiert.</translation>
    </message>
    <message>
      <source>Reading</source>
      <translation>Wird gelesen</translation>
    </message>
    <message numerus="yes">
      <source>Reading %n document(s)</source>
      <translation>
        <numerusform>%n Dokument wird gelesen</numerusform>
        <numerusform>%n Dokumente werden gelesen</numerusform>
      </translation>
    </message>
    <message>
      <source>Reading page %1 of %2</source>
      <translation>Seite %1 von %2 wird gelesen</translation>
    </message>
    <message>
      <source>Reading the file</source>
      <translation>Datei wird gelesen</translation>
    </message>
    <message>
      <source>Reading…</source>
      <translation>Wird gelesen…</translation>
    </message>
    <message>
      <source>Reads template files; dropping them on the window does the same</source>
      <translation>Liest Vorlagendateien ein; sie auf dem Fenster abzulegen, bewirkt dasselbe</translation>
    </message>
    <message>
      <source>Reads the selected documents next</source>
      <translation>Liest die ausgewählten Dokumente als nächste</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>Grund</translation>
    </message>
    <message>
      <source>Recall</source>
      <translation>Ausbeute</translation>
    </message>
    <message>
      <source>Redo</source>
      <translation>Wiederholen</translation>
    </message>
    <message>
      <source>Reject</source>
      <translation>Verwerfen</translation>
    </message>
    <message>
      <source>Remove %1</source>
      <translation>%1 entfernen</translation>
    </message>
    <message>
      <source>Remove field</source>
      <translation>Feld entfernen</translation>
    </message>
    <message>
      <source>Remove filters</source>
      <translation>Filter entfernen</translation>
    </message>
    <message>
      <source>Remove flag</source>
      <translation>Markierung entfernen</translation>
    </message>
    <message>
      <source>Remove from the list</source>
      <translation>Aus der Liste entfernen</translation>
    </message>
    <message>
      <source>Remove the filter “%1”</source>
      <translation>Den Filter „%1“ entfernen</translation>
    </message>
    <message>
      <source>Remove “%1”</source>
      <translation>„%1“ entfernen</translation>
    </message>
    <message>
      <source>Removes the selected field (Delete)</source>
      <translation>Entfernt das ausgewählte Feld (Entf)</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>Umbenennen</translation>
    </message>
    <message>
      <source>Rename collection</source>
      <translation>Sammlung umbenennen</translation>
    </message>
    <message>
      <source>Rename field</source>
      <translation>Feld umbenennen</translation>
    </message>
    <message>
      <source>Rename…</source>
      <translation>Umbenennen…</translation>
    </message>
    <message>
      <source>Repeat group</source>
      <translation>Wiederholte Gruppe</translation>
    </message>
    <message>
      <source>Replace</source>
      <translation>Ersetzen</translation>
    </message>
    <message>
      <source>Required ★: never “not stated”</source>
      <translation>Pflichtangabe ★: nie „nicht angegeben“</translation>
    </message>
    <message>
      <source>Required: is never “not stated”</source>
      <translation>Pflichtangabe: ist nie „nicht angegeben“</translation>
    </message>
    <message>
      <source>Restart now</source>
      <translation>Jetzt neu starten</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>Wiederherstellen</translation>
    </message>
    <message>
      <source>Restore all</source>
      <translation>Alle wiederherstellen</translation>
    </message>
    <message>
      <source>Restore and restart</source>
      <translation>Wiederherstellen und neu starten</translation>
    </message>
    <message>
      <source>Restore defaults</source>
      <translation>Standardwerte wiederherstellen</translation>
    </message>
    <message>
      <source>Restore defaults of %1</source>
      <translation>Standardwerte von %1 wiederherstellen</translation>
    </message>
    <message>
      <source>Restore row</source>
      <translation>Zeile wiederherstellen</translation>
    </message>
    <message>
      <source>Restore the backup of %1?</source>
      <translation>Die Sicherung von %1 wiederherstellen?</translation>
    </message>
    <message>
      <source>Restore…</source>
      <translation>Wiederherstellen…</translation>
    </message>
    <message>
      <source>Results</source>
      <translation>Ergebnisse</translation>
    </message>
    <message>
      <source>Results keep the version they came from.</source>
      <translation>Ergebnisse behalten die Version, aus der sie stammen.</translation>
    </message>
    <message>
      <source>Results, templates, models, jobs, evaluation</source>
      <translation>Ergebnisse, Vorlagen, Modelle, Aufträge, Auswertung</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>Fortsetzen</translation>
    </message>
    <message>
      <source>Retry</source>
      <translation>Erneut versuchen</translation>
    </message>
    <message>
      <source>Retry failed</source>
      <translation>Fehlgeschlagene erneut versuchen</translation>
    </message>
    <message>
      <source>Review</source>
      <translation>Prüfung</translation>
    </message>
    <message>
      <source>Review: %1</source>
      <translation>Prüfung: %1</translation>
    </message>
    <message>
      <source>Reviewed</source>
      <translation>Geprüft</translation>
    </message>
    <message>
      <source>Reviewer</source>
      <translation>Prüfende Person</translation>
    </message>
    <message>
      <source>Right</source>
      <translation>Richtig</translation>
    </message>
    <message>
      <source>Rightly none</source>
      <translation>Zu Recht keiner</translation>
    </message>
    <message>
      <source>SHA-256</source>
      <translation>SHA-256</translation>
    </message>
    <message>
      <source>SHA-256 of the file</source>
      <translation>SHA-256 der Datei</translation>
    </message>
    <message>
      <source>Said</source>
      <translation>Angegeben</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Speichern</translation>
    </message>
    <message>
      <source>Save as a new version</source>
      <translation>Als neue Version speichern</translation>
    </message>
    <message>
      <source>Save the export</source>
      <translation>Export speichern</translation>
    </message>
    <message>
      <source>Save the template as</source>
      <translation>Vorlage speichern als</translation>
    </message>
    <message>
      <source>Saved as %1</source>
      <translation>Gespeichert als %1</translation>
    </message>
    <message>
      <source>Saves the template as a JSON file</source>
      <translation>Speichert die Vorlage als JSON-Datei</translation>
    </message>
    <message>
      <source>Scanned, needs text recognition</source>
      <translation>Gescannt, benötigt Texterkennung</translation>
    </message>
    <message>
      <source>Scanned, no text</source>
      <translation>Gescannt, kein Text</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>Suchen</translation>
    </message>
    <message>
      <source>Search page texts, values and file names (%1)</source>
      <translation>Seitentexte, Werte und Dateinamen durchsuchen (%1)</translation>
    </message>
    <message>
      <source>Search settings</source>
      <translation>Einstellungen durchsuchen</translation>
    </message>
    <message>
      <source>Search text and values</source>
      <translation>Text und Werte durchsuchen</translation>
    </message>
    <message>
      <source>Search texts and values, or settings</source>
      <translation>Texte und Werte oder Einstellungen durchsuchen</translation>
    </message>
    <message>
      <source>Seccomp: %1, filters: %2, no new privileges: %3.</source>
      <translation>Seccomp: %1, Filter: %2, keine neuen Rechte: %3.</translation>
    </message>
    <message>
      <source>Sections</source>
      <translation>Abschnitte</translation>
    </message>
    <message>
      <source>Sections of the settings</source>
      <translation>Abschnitte der Einstellungen</translation>
    </message>
    <message>
      <source>See how that is checked</source>
      <translation>Ansehen, wie das geprüft wird</translation>
    </message>
    <message>
      <source>Select all</source>
      <translation>Alles auswählen</translation>
    </message>
    <message>
      <source>Selection copied</source>
      <translation>Auswahl kopiert</translation>
    </message>
    <message>
      <source>Semicolon ;</source>
      <translation>Semikolon ;</translation>
    </message>
    <message>
      <source>Separator</source>
      <translation>Trennzeichen</translation>
    </message>
    <message>
      <source>Sets everything in “%1” back to what it was at first</source>
      <translation>Setzt alles in „%1“ auf den Anfangszustand zurück</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Einstellungen</translation>
    </message>
    <message>
      <source>Settings apply at once</source>
      <translation>Einstellungen gelten sofort</translation>
    </message>
    <message>
      <source>Settings file</source>
      <translation>Einstellungsdatei</translation>
    </message>
    <message>
      <source>Settings…</source>
      <translation>Einstellungen…</translation>
    </message>
    <message>
      <source>Show all</source>
      <translation>Alle anzeigen</translation>
    </message>
    <message>
      <source>Show all fields</source>
      <translation>Alle Felder anzeigen</translation>
    </message>
    <message>
      <source>Show in files</source>
      <translation>In Dateiverwaltung anzeigen</translation>
    </message>
    <message>
      <source>Show in folder</source>
      <translation>Im Ordner anzeigen</translation>
    </message>
    <message>
      <source>Show only some templates, states or types</source>
      <translation>Nur einige Vorlagen, Zustände oder Typen anzeigen</translation>
    </message>
    <message>
      <source>Show the first page again</source>
      <translation>Die erste Seite wieder anzeigen</translation>
    </message>
    <message>
      <source>Show the page larger</source>
      <translation>Die Seite größer anzeigen</translation>
    </message>
    <message>
      <source>Show the page smaller</source>
      <translation>Die Seite kleiner anzeigen</translation>
    </message>
    <message>
      <source>Show the queue</source>
      <translation>Die Warteschlange anzeigen</translation>
    </message>
    <message>
      <source>Show the source on the page (Space)</source>
      <translation>Die Quelle auf der Seite zeigen (Leertaste)</translation>
    </message>
    <message>
      <source>Show this sheet</source>
      <translation>Diese Übersicht anzeigen</translation>
    </message>
    <message>
      <source>Show this source on the page</source>
      <translation>Diese Quelle auf der Seite zeigen</translation>
    </message>
    <message>
      <source>Shown is its text as it was read.</source>
      <translation>Gezeigt wird ihr Text, wie er gelesen wurde.</translation>
    </message>
    <message>
      <source>Shows the settings that hold these words (Ctrl+F)</source>
      <translation>Zeigt die Einstellungen, die diese Wörter enthalten (Strg+F)</translation>
    </message>
    <message>
      <source>Single fields</source>
      <translation>Einzelne Felder</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>Größe</translation>
    </message>
    <message>
      <source>Size and place of the window, as after the installation.</source>
      <translation>Größe und Ort des Fensters, wie nach der Installation.</translation>
    </message>
    <message>
      <source>Skip document</source>
      <translation>Dokument überspringen</translation>
    </message>
    <message>
      <source>Smaller</source>
      <translation>Kleiner</translation>
    </message>
    <message>
      <source>Smallest number</source>
      <translation>Kleinste Zahl</translation>
    </message>
    <message>
      <source>Something that is needed is not there. Check that the file was not moved.</source>
      <translation>Etwas Benötigtes fehlt. Prüfen, ob die Datei verschoben wurde.</translation>
    </message>
    <message>
      <source>Source %1: %2</source>
      <translation>Quelle %1: %2</translation>
    </message>
    <message>
      <source>Source: %1</source>
      <translation>Quelle: %1</translation>
    </message>
    <message>
      <source>Space</source>
      <translation>Leertaste</translation>
    </message>
    <message>
      <source>Speed on this machine</source>
      <translation>Geschwindigkeit auf diesem Rechner</translation>
    </message>
    <message>
      <source>Stated against answered</source>
      <translation>Angegeben und beantwortet</translation>
    </message>
    <message>
      <source>Stated negative</source>
      <translation>Ausdrücklich verneint</translation>
    </message>
    <message>
      <source>Stated, and answered so</source>
      <translation>Angegeben, und so beantwortet</translation>
    </message>
    <message>
      <source>Stated, and answered with another value</source>
      <translation>Angegeben, und mit einem anderen Wert beantwortet</translation>
    </message>
    <message>
      <source>Stated, and answered “not stated”</source>
      <translation>Angegeben, und mit „nicht angegeben“ beantwortet</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>Stop watching</source>
      <translation>Nicht mehr überwachen</translation>
    </message>
    <message>
      <source>Stopped: the library cannot be written</source>
      <translation>Angehalten: In die Bibliothek kann nicht geschrieben werden</translation>
    </message>
    <message>
      <source>Stops measuring</source>
      <translation>Beendet die Messung</translation>
    </message>
    <message>
      <source>Stops the try</source>
      <translation>Beendet den Probelauf</translation>
    </message>
    <message>
      <source>Stops without figures</source>
      <translation>Hört ohne Zahlen auf</translation>
    </message>
    <message>
      <source>Subfolders</source>
      <translation>Unterordner</translation>
    </message>
    <message>
      <source>Summarize</source>
      <translation>Zusammenfassen</translation>
    </message>
    <message>
      <source>Summarize this document</source>
      <translation>Dieses Dokument zusammenfassen</translation>
    </message>
    <message>
      <source>Summarizing</source>
      <translation>Wird zusammengefasst</translation>
    </message>
    <message>
      <source>Summarizing…</source>
      <translation>Wird zusammengefasst…</translation>
    </message>
    <message>
      <source>Summary</source>
      <translation>Zusammenfassung</translation>
    </message>
    <message>
      <source>Surplus</source>
      <translation>Zu viel</translation>
    </message>
    <message>
      <source>Tab</source>
      <translation>Tab</translation>
    </message>
    <message>
      <source>Take back the last decision</source>
      <translation>Die letzte Entscheidung zurücknehmen</translation>
    </message>
    <message>
      <source>Take back: %1</source>
      <translation>Zurücknehmen: %1</translation>
    </message>
    <message>
      <source>Take flag and note away</source>
      <translation>Markierung und Notiz entfernen</translation>
    </message>
    <message>
      <source>Take this version up again</source>
      <translation>Diese Version wieder aufnehmen</translation>
    </message>
    <message>
      <source>Take up version %1</source>
      <translation>Version %1 wieder aufnehmen</translation>
    </message>
    <message>
      <source>Takes</source>
      <translation>Umfang</translation>
    </message>
    <message>
      <source>Takes effect at the next start</source>
      <translation>Wirkt ab dem nächsten Start</translation>
    </message>
    <message>
      <source>Takes ended jobs out of this list; their results stay</source>
      <translation>Nimmt beendete Aufträge aus dieser Liste; ihre Ergebnisse bleiben</translation>
    </message>
    <message>
      <source>Takes the selected folder off the list; its documents stay in the library</source>
      <translation>Nimmt den ausgewählten Ordner aus der Liste; seine Dokumente bleiben in der Bibliothek</translation>
    </message>
    <message>
      <source>Takes the template off the list; results keep their version</source>
      <translation>Nimmt die Vorlage aus der Liste; Ergebnisse behalten ihre Version</translation>
    </message>
    <message>
      <source>Template</source>
      <translation>Vorlage</translation>
    </message>
    <message>
      <source>Template %1 version %2, SHA-256 %3</source>
      <translation>Vorlage %1 Version %2, SHA-256 %3</translation>
    </message>
    <message>
      <source>Template as JSON</source>
      <translation>Vorlage als JSON</translation>
    </message>
    <message>
      <source>Template files</source>
      <translation>Vorlagendateien</translation>
    </message>
    <message>
      <source>Template for %1</source>
      <translation>Vorlage für %1</translation>
    </message>
    <message>
      <source>Template order</source>
      <translation>Reihenfolge der Vorlage</translation>
    </message>
    <message>
      <source>Templates</source>
      <translation>Vorlagen</translation>
    </message>
    <message>
      <source>Templates (*.json)</source>
      <translation>Vorlagen (*.json)</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>Text</translation>
    </message>
    <message>
      <source>Text in fonts that the document does not bring along is missing in these pictures. Install fonts to see it.</source>
      <translation>Text in Schriften, die das Dokument nicht mitbringt, fehlt in diesen Bildern. Schriften installieren, um ihn zu sehen.</translation>
    </message>
    <message>
      <source>Text of the note</source>
      <translation>Text der Notiz</translation>
    </message>
    <message>
      <source>Text size</source>
      <translation>Textgröße</translation>
    </message>
    <message>
      <source>Text size in percent</source>
      <translation>Textgröße in Prozent</translation>
    </message>
    <message>
      <source>Texts, results, decisions</source>
      <translation>Texte, Ergebnisse, Entscheidungen</translation>
    </message>
    <message>
      <source>The backup was not restored.</source>
      <translation>Die Sicherung wurde nicht wiederhergestellt.</translation>
    </message>
    <message>
      <source>The best %1</source>
      <translation>Die besten %1</translation>
    </message>
    <message>
      <source>The content is damaged or not what it should be.</source>
      <translation>Der Inhalt ist beschädigt oder nicht das, was er sein sollte.</translation>
    </message>
    <message>
      <source>The document does not say; then 1 to 6 for the reason</source>
      <translation>Das Dokument sagt es nicht; dann 1 bis 6 für den Grund</translation>
    </message>
    <message>
      <source>The document was read again since: sources cannot be shown.</source>
      <translation>Das Dokument wurde seitdem erneut gelesen: Quellen können nicht gezeigt werden.</translation>
    </message>
    <message>
      <source>The document was read, and none of what the template asks for is in it.</source>
      <translation>Das Dokument wurde gelesen, und nichts, wonach die Vorlage fragt, steht darin.</translation>
    </message>
    <message>
      <source>The export window remembers what was chosen last for each profile. The same profiles are there on the command line: attest export --profile excel.</source>
      <translation>Das Exportfenster merkt sich für jedes Profil die letzte Auswahl. Dieselben Profile gibt es auf der Kommandozeile: attest export --profile excel.</translation>
    </message>
    <message>
      <source>The field needs a name.</source>
      <translation>Das Feld braucht einen Namen.</translation>
    </message>
    <message>
      <source>The file</source>
      <translation>Die Datei</translation>
    </message>
    <message>
      <source>The file does not name a licence. Ask where you got it from before you use its results.</source>
      <translation>Die Datei nennt keine Lizenz. Vor der Verwendung der Ergebnisse dort nachfragen, woher die Datei stammt.</translation>
    </message>
    <message>
      <source>The file itself stays where it is (Delete)</source>
      <translation>Die Datei selbst bleibt, wo sie ist (Entf)</translation>
    </message>
    <message>
      <source>The file of this document is not known. %1 Add the file again to see its pages.</source>
      <translation>Die Datei dieses Dokuments ist nicht bekannt. %1 Die Datei erneut hinzufügen, um ihre Seiten zu sehen.</translation>
    </message>
    <message>
      <source>The file was found.</source>
      <translation>Die Datei wurde gefunden.</translation>
    </message>
    <message>
      <source>The first %1 of %2; narrow the table to see others</source>
      <translation>Die ersten %1 von %2; die Tabelle eingrenzen, um andere zu sehen</translation>
    </message>
    <message>
      <source>The group needs a field.</source>
      <translation>Die Gruppe braucht ein Feld.</translation>
    </message>
    <message>
      <source>The history cannot be read</source>
      <translation>Der Verlauf kann nicht gelesen werden</translation>
    </message>
    <message>
      <source>The inbox is empty</source>
      <translation>Der Eingang ist leer</translation>
    </message>
    <message>
      <source>The kernel filters this program's system calls</source>
      <translation>Der Kernel filtert die Systemaufrufe dieses Programms</translation>
    </message>
    <message>
      <source>The kernel's filter is set at the start, before any document is read, and holds for everything Attest starts. It cannot be taken off again.</source>
      <translation>Der Filter des Kernels wird beim Start gesetzt, bevor ein Dokument gelesen wird, und gilt für alles, was Attest startet. Er lässt sich nicht wieder entfernen.</translation>
    </message>
    <message>
      <source>The layout is forgotten at the next start</source>
      <translation>Die Anordnung wird beim nächsten Start vergessen</translation>
    </message>
    <message>
      <source>The library could not do this. If it happens again, restore a backup in Settings.</source>
      <translation>Die Bibliothek konnte dies nicht ausführen. Falls es wieder vorkommt, in den Einstellungen eine Sicherung wiederherstellen.</translation>
    </message>
    <message>
      <source>The library is empty. Add a document to try the template on.</source>
      <translation>Die Bibliothek ist leer. Ein Dokument hinzufügen, um die Vorlage daran zu testen.</translation>
    </message>
    <message>
      <source>The library is sound, and the audit trail is unbroken: %1 records.</source>
      <translation>Die Bibliothek ist intakt und das Prüfprotokoll lückenlos: %1 Einträge.</translation>
    </message>
    <message>
      <source>The list of libraries cannot be read here.</source>
      <translation>Die Liste der Programmbibliotheken kann hier nicht gelesen werden.</translation>
    </message>
    <message>
      <source>The machine read %1</source>
      <translation>Die Maschine las %1</translation>
    </message>
    <message>
      <source>The model answered with no value here, so there is nothing to say about how sure it is.</source>
      <translation>Das Modell hat hier keinen Wert angegeben, also lässt sich nichts dazu sagen, wie sicher es ist.</translation>
    </message>
    <message>
      <source>The model must always give a value</source>
      <translation>Das Modell muss immer einen Wert angeben</translation>
    </message>
    <message>
      <source>The model read: %1</source>
      <translation>Das Modell las: %1</translation>
    </message>
    <message>
      <source>The model that is measured</source>
      <translation>Das Modell, das gemessen wird</translation>
    </message>
    <message>
      <source>The name that is kept with every decision and exported as reviewed_by.</source>
      <translation>Der Name, der mit jeder Entscheidung aufbewahrt und als reviewed_by exportiert wird.</translation>
    </message>
    <message>
      <source>The next place where the same words stand</source>
      <translation>Die nächste Stelle, an der dieselben Wörter stehen</translation>
    </message>
    <message>
      <source>The other fields are hidden by the filter.</source>
      <translation>Die anderen Felder sind durch den Filter ausgeblendet.</translation>
    </message>
    <message>
      <source>The page with the sample documents, as after the installation.</source>
      <translation>Die Seite mit den Beispieldokumenten, wie nach der Installation.</translation>
    </message>
    <message>
      <source>The path was copied.</source>
      <translation>Der Pfad wurde kopiert.</translation>
    </message>
    <message>
      <source>The place before, where the same words stand</source>
      <translation>Die vorherige Stelle, an der dieselben Wörter stehen</translation>
    </message>
    <message>
      <source>The probability the model itself gave. It says which values to look at first, not how often they are wrong.</source>
      <translation>Die vom Modell selbst angegebene Wahrscheinlichkeit. Sie sagt, welche Werte zuerst anzusehen sind, nicht, wie oft sie falsch sind.</translation>
    </message>
    <message>
      <source>The queue is paused.</source>
      <translation>Die Warteschlange ist angehalten.</translation>
    </message>
    <message>
      <source>The same words stand in more than one place</source>
      <translation>Dieselben Wörter stehen an mehr als einer Stelle</translation>
    </message>
    <message>
      <source>The summary appears here when it is done. You can go on reviewing.</source>
      <translation>Die Zusammenfassung erscheint hier, wenn sie fertig ist. Die Prüfung kann weitergehen.</translation>
    </message>
    <message>
      <source>The system refused to read or write. Check the disk and the permissions.</source>
      <translation>Das System hat das Lesen oder Schreiben verweigert. Festplatte und Berechtigungen prüfen.</translation>
    </message>
    <message>
      <source>The template needs a title.</source>
      <translation>Die Vorlage braucht einen Titel.</translation>
    </message>
    <message>
      <source>The templates marked here; the others use %1.</source>
      <translation>Die hier gekennzeichneten Vorlagen; die anderen verwenden %1.</translation>
    </message>
    <message>
      <source>The templates this document was extracted with</source>
      <translation>Die Vorlagen, mit denen dieses Dokument ausgelesen wurde</translation>
    </message>
    <message>
      <source>The text is kept in your library and read like any other document.</source>
      <translation>Der Text wird in der Bibliothek aufbewahrt und wie jedes andere Dokument gelesen.</translation>
    </message>
    <message>
      <source>The trash is empty</source>
      <translation>Der Papierkorb ist leer</translation>
    </message>
    <message>
      <source>The value is right</source>
      <translation>Der Wert ist richtig</translation>
    </message>
    <message>
      <source>The value is wrong and there is none</source>
      <translation>Der Wert ist falsch, und es gibt keinen</translation>
    </message>
    <message>
      <source>The value stands here, not where the machine found it</source>
      <translation>Der Wert steht hier, nicht dort, wo die Maschine ihn gefunden hat</translation>
    </message>
    <message>
      <source>The values appear here when the document is done.</source>
      <translation>Die Werte erscheinen hier, wenn das Dokument fertig ist.</translation>
    </message>
    <message>
      <source>The values appear here when the document is done. Others can be reviewed meanwhile.</source>
      <translation>Die Werte erscheinen hier, wenn das Dokument fertig ist. Inzwischen können andere geprüft werden.</translation>
    </message>
    <message>
      <source>The version as JSON</source>
      <translation>Die Version als JSON</translation>
    </message>
    <message>
      <source>The whole item is wrong, or bring it back</source>
      <translation>Der ganze Eintrag ist falsch, oder ihn zurückholen</translation>
    </message>
    <message>
      <source>Their texts, results and reviews are deleted from the library and cannot be brought back. Your own files stay where they are.</source>
      <translation>Ihre Texte, Ergebnisse und Prüfungen werden aus der Bibliothek gelöscht und lassen sich nicht zurückholen. Die eigenen Dateien bleiben, wo sie sind.</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>Design</translation>
    </message>
    <message>
      <source>There are documents here, but the filters hide them.</source>
      <translation>Hier sind Dokumente, aber die Filter blenden sie aus.</translation>
    </message>
    <message>
      <source>There are no pages to show</source>
      <translation>Es gibt keine Seiten zu zeigen</translation>
    </message>
    <message>
      <source>There are no values in this document.</source>
      <translation>In diesem Dokument sind keine Werte.</translation>
    </message>
    <message>
      <source>There is already a field named “%1” here.</source>
      <translation>Hier gibt es bereits ein Feld namens „%1“.</translation>
    </message>
    <message>
      <source>There is no backup yet.</source>
      <translation>Es gibt noch keine Sicherung.</translation>
    </message>
    <message>
      <source>There is no text in this document to read from</source>
      <translation>In diesem Dokument ist kein Text zum Lesen</translation>
    </message>
    <message>
      <source>There is no text on these pages</source>
      <translation>Auf diesen Seiten ist kein Text</translation>
    </message>
    <message>
      <source>There is nothing to export yet for this template. Extract from some documents first, or choose another template.</source>
      <translation>Für diese Vorlage gibt es noch nichts zu exportieren. Zuerst einige Dokumente auslesen oder eine andere Vorlage wählen.</translation>
    </message>
    <message>
      <source>These cannot be added</source>
      <translation>Diese können nicht hinzugefügt werden</translation>
    </message>
    <message>
      <source>These columns identify people. Write:</source>
      <translation>Diese Spalten machen Personen erkennbar. Schreiben:</translation>
    </message>
    <message>
      <source>These documents are fictitious. Press Enter on one, or double-click it, to review what was read beside its page.</source>
      <translation>Diese Dokumente sind erfunden. Enter auf einem drücken oder doppelklicken, um das Gelesene neben der Seite zu prüfen.</translation>
    </message>
    <message>
      <source>These files were left as they are. The others were added.</source>
      <translation>Diese Dateien wurden ausgelassen. Die anderen wurden hinzugefügt.</translation>
    </message>
    <message>
      <source>They will be read with the template “%1”. Your files stay where they are.</source>
      <translation>Sie werden mit der Vorlage „%1“ gelesen. Die eigenen Dateien bleiben, wo sie sind.</translation>
    </message>
    <message>
      <source>This column has no values in the rows shown.</source>
      <translation>Diese Spalte hat in den angezeigten Zeilen keine Werte.</translation>
    </message>
    <message>
      <source>This document cannot be opened</source>
      <translation>Dieses Dokument lässt sich nicht öffnen</translation>
    </message>
    <message>
      <source>This document could not be read</source>
      <translation>Dieses Dokument konnte nicht gelesen werden</translation>
    </message>
    <message>
      <source>This is the first document</source>
      <translation>Dies ist das erste Dokument</translation>
    </message>
    <message>
      <source>This is the last document</source>
      <translation>Dies ist das letzte Dokument</translation>
    </message>
    <message>
      <source>This looks like it names a person. Mark it as identifier, so that exports ask before they write it.</source>
      <translation>Dies scheint eine Person zu benennen. Als Identifikator kennzeichnen, damit Exporte nachfragen, bevor sie es schreiben.</translation>
    </message>
    <message>
      <source>This machine runs %1 at once. Fewer leave more of it to other programs; the next document uses the new number.</source>
      <translation>Dieser Rechner führt %1 gleichzeitig aus. Weniger lassen anderen Programmen mehr davon; das nächste Dokument verwendet die neue Anzahl.</translation>
    </message>
    <message>
      <source>This note stands in the gold file only</source>
      <translation>Diese Notiz steht nur in der Golddatei</translation>
    </message>
    <message>
      <source>This page</source>
      <translation>Diese Seite</translation>
    </message>
    <message>
      <source>This version of Attest cannot work with it.</source>
      <translation>Diese Version von Attest kann damit nicht arbeiten.</translation>
    </message>
    <message>
      <source>Threads</source>
      <translation>Threads</translation>
    </message>
    <message>
      <source>Threshold for accepting</source>
      <translation>Schwelle für das Übernehmen</translation>
    </message>
    <message>
      <source>Throw the text away</source>
      <translation>Text verwerfen</translation>
    </message>
    <message>
      <source>Title of the template</source>
      <translation>Titel der Vorlage</translation>
    </message>
    <message>
      <source>Title; the model is told it too</source>
      <translation>Titel; er wird auch dem Modell mitgeteilt</translation>
    </message>
    <message>
      <source>To review</source>
      <translation>Zu prüfen</translation>
    </message>
    <message>
      <source>To review first</source>
      <translation>Zu prüfende zuerst</translation>
    </message>
    <message>
      <source>To review, %1</source>
      <translation>Zu prüfen, %1</translation>
    </message>
    <message>
      <source>Today %1</source>
      <translation>Heute %1</translation>
    </message>
    <message>
      <source>Took</source>
      <translation>Dauer</translation>
    </message>
    <message>
      <source>Tool bar</source>
      <translation>Symbolleiste</translation>
    </message>
    <message>
      <source>Trash</source>
      <translation>Papierkorb</translation>
    </message>
    <message>
      <source>Tried just now: %1.</source>
      <translation>Gerade getestet: %1.</translation>
    </message>
    <message>
      <source>Try</source>
      <translation>Testen</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Erneut versuchen</translation>
    </message>
    <message>
      <source>Try before</source>
      <translation>Vorheriger Probelauf</translation>
    </message>
    <message>
      <source>Try on a document</source>
      <translation>An einem Dokument testen</translation>
    </message>
    <message>
      <source>Try with sample documents</source>
      <translation>Mit Beispieldokumenten testen</translation>
    </message>
    <message>
      <source>Type</source>
      <translation>Typ</translation>
    </message>
    <message>
      <source>Type a command</source>
      <translation>Einen Befehl eingeben</translation>
    </message>
    <message>
      <source>Undecide</source>
      <translation>Entscheidung aufheben</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>Undo and redo</source>
      <translation>Rückgängig und Wiederholen</translation>
    </message>
    <message>
      <source>Unfounded</source>
      <translation>Grundlos</translation>
    </message>
    <message>
      <source>Unit</source>
      <translation>Einheit</translation>
    </message>
    <message>
      <source>Up and Down choose, Enter runs, Escape closes</source>
      <translation>Pfeil auf und ab wählen, Enter führt aus, Esc schließt</translation>
    </message>
    <message>
      <source>Use as %1</source>
      <translation>Als %1 verwenden</translation>
    </message>
    <message>
      <source>Use for %1</source>
      <translation>Für %1 verwenden</translation>
    </message>
    <message>
      <source>Use for all templates</source>
      <translation>Für alle Vorlagen verwenden</translation>
    </message>
    <message>
      <source>Use machine value</source>
      <translation>Maschinenwert verwenden</translation>
    </message>
    <message>
      <source>Use selection</source>
      <translation>Auswahl verwenden</translation>
    </message>
    <message>
      <source>Use the text selected on the page</source>
      <translation>Den auf der Seite ausgewählten Text verwenden</translation>
    </message>
    <message>
      <source>Use the text selected on the page as the value</source>
      <translation>Den auf der Seite ausgewählten Text als Wert verwenden</translation>
    </message>
    <message>
      <source>Use this model for %1</source>
      <translation>Dieses Modell für %1 verwenden</translation>
    </message>
    <message>
      <source>Use this place</source>
      <translation>Diesen Ort verwenden</translation>
    </message>
    <message>
      <source>Used for</source>
      <translation>Verwendet für</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>Wert</translation>
    </message>
    <message>
      <source>Values</source>
      <translation>Werte</translation>
    </message>
    <message>
      <source>Values by confidence</source>
      <translation>Werte nach Konfidenz</translation>
    </message>
    <message>
      <source>Values found; selecting one shows its place</source>
      <translation>Gefundene Werte; Auswählen zeigt die Stelle</translation>
    </message>
    <message>
      <source>Values of items that the document does not have</source>
      <translation>Werte von Einträgen, die das Dokument nicht hat</translation>
    </message>
    <message>
      <source>Values of items that were not found</source>
      <translation>Werte von Einträgen, die nicht gefunden wurden</translation>
    </message>
    <message>
      <source>Values of the column</source>
      <translation>Werte der Spalte</translation>
    </message>
    <message>
      <source>Values of the try</source>
      <translation>Werte des Probelaufs</translation>
    </message>
    <message>
      <source>Values whose confidence is lower are to be reviewed. It says how often such values are right where that was measured for the model, as for the one that comes with the program; else it is the model's own probability.</source>
      <translation>Werte mit niedrigerer Konfidenz sind zu prüfen. Sie sagt, wie oft solche Werte stimmen, wo das für das Modell gemessen wurde, wie für das mitgelieferte; sonst ist sie die vom Modell selbst angegebene Wahrscheinlichkeit.</translation>
    </message>
    <message>
      <source>Verify library</source>
      <translation>Bibliothek überprüfen</translation>
    </message>
    <message>
      <source>Version</source>
      <translation>Version</translation>
    </message>
    <message>
      <source>Version %1</source>
      <translation>Version %1</translation>
    </message>
    <message>
      <source>Version %1 · %2</source>
      <translation>Version %1 · %2</translation>
    </message>
    <message>
      <source>Version, licences, guide and keys (F1)</source>
      <translation>Version, Lizenzen, Anleitung und Tasten (F1)</translation>
    </message>
    <message>
      <source>Versions</source>
      <translation>Versionen</translation>
    </message>
    <message>
      <source>Versions, newest first</source>
      <translation>Versionen, neueste zuerst</translation>
    </message>
    <message>
      <source>Views of the template</source>
      <translation>Ansichten der Vorlage</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>Wartet</translation>
    </message>
    <message>
      <source>Waiting for its turn in the queue.</source>
      <translation>Wartet in der Warteschlange.</translation>
    </message>
    <message>
      <source>Watch the folders inside it too</source>
      <translation>Auch die enthaltenen Ordner überwachen</translation>
    </message>
    <message>
      <source>Watched folders</source>
      <translation>Überwachte Ordner</translation>
    </message>
    <message>
      <source>Watched folders inbox scan</source>
      <translation>Überwachte Ordner Eingang Scan</translation>
    </message>
    <message>
      <source>Watched folders…</source>
      <translation>Überwachte Ordner…</translation>
    </message>
    <message>
      <source>Weights</source>
      <translation>Gewichte</translation>
    </message>
    <message>
      <source>Welcome</source>
      <translation>Willkommen</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Was</translation>
    </message>
    <message>
      <source>What is asked</source>
      <translation>Wonach gefragt wird</translation>
    </message>
    <message>
      <source>What is beside the page</source>
      <translation>Was neben der Seite liegt</translation>
    </message>
    <message>
      <source>What is extracted from new documents of this folder</source>
      <translation>Was aus neuen Dokumenten dieses Ordners ausgelesen wird</translation>
    </message>
    <message>
      <source>What is stored where</source>
      <translation>Was wo gespeichert ist</translation>
    </message>
    <message>
      <source>What the template is for</source>
      <translation>Wofür die Vorlage gedacht ist</translation>
    </message>
    <message>
      <source>What the value is</source>
      <translation>Was der Wert ist</translation>
    </message>
    <message>
      <source>What to look for, as you would tell a colleague</source>
      <translation>Wonach zu suchen ist, wie einer Kollegin oder einem Kollegen erklärt</translation>
    </message>
    <message>
      <source>What to mend or improve</source>
      <translation>Was zu beheben oder zu verbessern ist</translation>
    </message>
    <message>
      <source>What to read from the documents</source>
      <translation>Was aus den Dokumenten zu lesen ist</translation>
    </message>
    <message>
      <source>What to read from the documents: %1</source>
      <translation>Was aus den Dokumenten zu lesen ist: %1</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Wann</translation>
    </message>
    <message>
      <source>Where a value may begin and end</source>
      <translation>Wo ein Wert beginnen und enden darf</translation>
    </message>
    <message>
      <source>Where is %1 now?</source>
      <translation>Wo ist %1 jetzt?</translation>
    </message>
    <message>
      <source>Where to write</source>
      <translation>Wohin schreiben</translation>
    </message>
    <message>
      <source>Which fields are shown, and in which order</source>
      <translation>Welche Felder angezeigt werden und in welcher Reihenfolge</translation>
    </message>
    <message>
      <source>Which model is used</source>
      <translation>Welches Modell verwendet wird</translation>
    </message>
    <message>
      <source>Who</source>
      <translation>Wer</translation>
    </message>
    <message>
      <source>Who did what and when; records cannot be changed</source>
      <translation>Wer was wann getan hat; Einträge können nicht geändert werden</translation>
    </message>
    <message>
      <source>Whole lines</source>
      <translation>Ganze Zeilen</translation>
    </message>
    <message>
      <source>Whole sentences</source>
      <translation>Ganze Sätze</translation>
    </message>
    <message>
      <source>Whole table copied</source>
      <translation>Ganze Tabelle kopiert</translation>
    </message>
    <message>
      <source>Why is there no value?</source>
      <translation>Warum gibt es keinen Wert?</translation>
    </message>
    <message>
      <source>Window and choices</source>
      <translation>Fenster und Auswahl</translation>
    </message>
    <message>
      <source>With a preview of the first lines.</source>
      <translation>Mit einer Vorschau der ersten Zeilen.</translation>
    </message>
    <message>
      <source>With the subfolders of %1</source>
      <translation>Mit den Unterordnern von %1</translation>
    </message>
    <message>
      <source>With the template chosen in the library. Off: documents wait in the inbox until you press Extract.</source>
      <translation>Mit der in der Bibliothek gewählten Vorlage. Aus: Dokumente warten im Eingang, bis „Auslesen“ gedrückt wird.</translation>
    </message>
    <message>
      <source>Words</source>
      <translation>Wörter</translation>
    </message>
    <message>
      <source>Work</source>
      <translation>Arbeit</translation>
    </message>
    <message>
      <source>Worse, whichever documents are drawn</source>
      <translation>Schlechter, welche Dokumente man auch zieht</translation>
    </message>
    <message>
      <source>Worst documents first</source>
      <translation>Schlechteste Dokumente zuerst</translation>
    </message>
    <message>
      <source>Write a text, or choose “Not stated” or “Reject” instead.</source>
      <translation>Einen Text eingeben oder stattdessen „Nicht angegeben“ oder „Verwerfen“ wählen.</translation>
    </message>
    <message>
      <source>Write as</source>
      <translation>Schreiben als</translation>
    </message>
    <message>
      <source>Write what is right; Enter saves, Esc cancels</source>
      <translation>Das Richtige eingeben; Enter speichert, Esc bricht ab</translation>
    </message>
    <message>
      <source>Yesterday %1</source>
      <translation>Gestern %1</translation>
    </message>
    <message>
      <source>Your documents</source>
      <translation>Eigene Dokumente</translation>
    </message>
    <message>
      <source>Your files stay where they are.</source>
      <translation>Die eigenen Dateien bleiben, wo sie sind.</translation>
    </message>
    <message>
      <source>Zoom</source>
      <translation>Zoom</translation>
    </message>
    <message>
      <source>a date as it is written, or 2024-03-05</source>
      <translation>ein Datum, wie es geschrieben steht, oder 2024-03-05</translation>
    </message>
    <message numerus="yes">
      <source>about %n hour(s)</source>
      <translation>
        <numerusform>etwa %n Stunde</numerusform>
        <numerusform>etwa %n Stunden</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>about %n minute(s)</source>
      <translation>
        <numerusform>etwa %n Minute</numerusform>
        <numerusform>etwa %n Minuten</numerusform>
      </translation>
    </message>
    <message>
      <source>accept %1</source>
      <translation>%1 übernehmen</translation>
    </message>
    <message numerus="yes">
      <source>accept %n values</source>
      <translation>
        <numerusform>%n Wert übernehmen</numerusform>
        <numerusform>%n Werte übernehmen</numerusform>
      </translation>
    </message>
    <message>
      <source>accepted</source>
      <translation>übernommen</translation>
    </message>
    <message>
      <source>accepted by %1</source>
      <translation>übernommen von %1</translation>
    </message>
    <message>
      <source>add %1</source>
      <translation>%1 hinzufügen</translation>
    </message>
    <message>
      <source>added by a person</source>
      <translation>von einer Person hinzugefügt</translation>
    </message>
    <message numerus="yes">
      <source>and %n more</source>
      <translation>
        <numerusform>und %n weiteres</numerusform>
        <numerusform>und %n weitere</numerusform>
      </translation>
    </message>
    <message>
      <source>as the source says it</source>
      <translation>wie die Quelle es angibt</translation>
    </message>
    <message>
      <source>back to undecided</source>
      <translation>zurück zu unentschieden</translation>
    </message>
    <message>
      <source>being computed…</source>
      <translation>wird berechnet…</translation>
    </message>
    <message>
      <source>built in</source>
      <translation>eingebaut</translation>
    </message>
    <message>
      <source>came with Attest</source>
      <translation>mit Attest mitgeliefert</translation>
    </message>
    <message>
      <source>cancelled</source>
      <translation>abgebrochen</translation>
    </message>
    <message>
      <source>computed</source>
      <translation>berechnet</translation>
    </message>
    <message>
      <source>confidence %1</source>
      <translation>Konfidenz %1</translation>
    </message>
    <message>
      <source>confidence %1, calibrated</source>
      <translation>Konfidenz %1, kalibriert</translation>
    </message>
    <message>
      <source>confidence %1, raw</source>
      <translation>Konfidenz %1, roh</translation>
    </message>
    <message>
      <source>correct %1</source>
      <translation>%1 korrigieren</translation>
    </message>
    <message>
      <source>corrected</source>
      <translation>korrigiert</translation>
    </message>
    <message>
      <source>could not be read</source>
      <translation>konnte nicht gelesen werden</translation>
    </message>
    <message>
      <source>date</source>
      <translation>Datum</translation>
    </message>
    <message>
      <source>delete %1</source>
      <translation>%1 löschen</translation>
    </message>
    <message>
      <source>documents: %1 better, %2 worse, %3 the same</source>
      <translation>Dokumente: %1 besser, %2 schlechter, %3 gleich</translation>
    </message>
    <message>
      <source>edit %1</source>
      <translation>%1 bearbeiten</translation>
    </message>
    <message>
      <source>everything is saved</source>
      <translation>alles ist gespeichert</translation>
    </message>
    <message>
      <source>evidence</source>
      <translation>Beleg</translation>
    </message>
    <message>
      <source>exact</source>
      <translation>genau</translation>
    </message>
    <message>
      <source>files without extension</source>
      <translation>Dateien ohne Endung</translation>
    </message>
    <message>
      <source>finish document</source>
      <translation>Dokument abschließen</translation>
    </message>
    <message>
      <source>finished</source>
      <translation>abgeschlossen</translation>
    </message>
    <message>
      <source>flag</source>
      <translation>markieren</translation>
    </message>
    <message>
      <source>flag or note</source>
      <translation>Markierung oder Notiz</translation>
    </message>
    <message>
      <source>from %1</source>
      <translation>aus %1</translation>
    </message>
    <message>
      <source>included with the status PEND</source>
      <translation>mit dem Status PEND enthalten</translation>
    </message>
    <message>
      <source>judged</source>
      <translation>beurteilt</translation>
    </message>
    <message>
      <source>left out</source>
      <translation>ausgelassen</translation>
    </message>
    <message>
      <source>less than a minute</source>
      <translation>weniger als eine Minute</translation>
    </message>
    <message>
      <source>line %1</source>
      <translation>Zeile %1</translation>
    </message>
    <message>
      <source>log audit</source>
      <translation>Protokoll Audit Prüfprotokoll</translation>
    </message>
    <message>
      <source>n %1 · missing %2 · mean %3 · median %4 · %5 to %6</source>
      <translation>n %1 · fehlend %2 · Mittelwert %3 · Median %4 · %5 bis %6</translation>
    </message>
    <message>
      <source>needs %1; %2 are free now</source>
      <translation>benötigt %1; %2 sind jetzt frei</translation>
    </message>
    <message>
      <source>network library seccomp socket offline check</source>
      <translation>Netzwerk Bibliothek Seccomp Socket offline prüfen</translation>
    </message>
    <message>
      <source>no value</source>
      <translation>kein Wert</translation>
    </message>
    <message>
      <source>normalised</source>
      <translation>normalisiert</translation>
    </message>
    <message>
      <source>not finished by a person</source>
      <translation>nicht von einer Person abgeschlossen</translation>
    </message>
    <message>
      <source>not measured yet</source>
      <translation>noch nicht gemessen</translation>
    </message>
    <message>
      <source>not reviewed</source>
      <translation>nicht geprüft</translation>
    </message>
    <message>
      <source>not reviewed, confidence %1</source>
      <translation>nicht geprüft, Konfidenz %1</translation>
    </message>
    <message>
      <source>not reviewed, raw confidence %1</source>
      <translation>nicht geprüft, Rohkonfidenz %1</translation>
    </message>
    <message>
      <source>not saved yet</source>
      <translation>noch nicht gespeichert</translation>
    </message>
    <message>
      <source>not stated</source>
      <translation>nicht angegeben</translation>
    </message>
    <message>
      <source>not stated: %1</source>
      <translation>nicht angegeben: %1</translation>
    </message>
    <message>
      <source>nothing yet</source>
      <translation>noch nichts</translation>
    </message>
    <message>
      <source>numeric</source>
      <translation>Zahl</translation>
    </message>
    <message>
      <source>of %1</source>
      <translation>von %1</translation>
    </message>
    <message>
      <source>only where you save them</source>
      <translation>nur dort, wo sie gespeichert werden</translation>
    </message>
    <message>
      <source>open document again</source>
      <translation>Dokument wieder öffnen</translation>
    </message>
    <message>
      <source>p. %1</source>
      <translation>S. %1</translation>
    </message>
    <message>
      <source>page %1</source>
      <translation>Seite %1</translation>
    </message>
    <message>
      <source>pointed out by %1</source>
      <translation>gezeigt von %1</translation>
    </message>
    <message>
      <source>raw %1, not calibrated</source>
      <translation>roh %1, nicht kalibriert</translation>
    </message>
    <message>
      <source>raw confidence %1</source>
      <translation>Rohkonfidenz %1</translation>
    </message>
    <message>
      <source>read</source>
      <translation>gelesen</translation>
    </message>
    <message>
      <source>read: %1</source>
      <translation>gelesen: %1</translation>
    </message>
    <message>
      <source>reader sandbox PDF</source>
      <translation>Leser Sandbox PDF</translation>
    </message>
    <message>
      <source>reads %1 and writes %2 tokens a second</source>
      <translation>liest %1 und schreibt %2 Token pro Sekunde</translation>
    </message>
    <message>
      <source>reject %1</source>
      <translation>%1 verwerfen</translation>
    </message>
    <message>
      <source>rejected</source>
      <translation>verworfen</translation>
    </message>
    <message>
      <source>rejected by %1</source>
      <translation>verworfen von %1</translation>
    </message>
    <message>
      <source>remove flag</source>
      <translation>Markierung entfernen</translation>
    </message>
    <message>
      <source>restore %1</source>
      <translation>%1 wiederherstellen</translation>
    </message>
    <message>
      <source>reviewed by %1</source>
      <translation>geprüft von %1</translation>
    </message>
    <message>
      <source>row added</source>
      <translation>Zeile hinzugefügt</translation>
    </message>
    <message>
      <source>row deleted</source>
      <translation>Zeile gelöscht</translation>
    </message>
    <message>
      <source>saving…</source>
      <translation>wird gespeichert…</translation>
    </message>
    <message>
      <source>seccomp filter</source>
      <translation>Seccomp-Filter</translation>
    </message>
    <message>
      <source>set</source>
      <translation>Menge</translation>
    </message>
    <message>
      <source>stay where they are; Attest only reads them</source>
      <translation>bleiben, wo sie sind; Attest liest sie nur</translation>
    </message>
    <message>
      <source>stored where paths files</source>
      <translation>gespeichert wo Pfade Dateien</translation>
    </message>
    <message>
      <source>taken back</source>
      <translation>zurückgenommen</translation>
    </message>
    <message>
      <source>the text allows another reading</source>
      <translation>der Text lässt eine andere Lesart zu</translation>
    </message>
    <message>
      <source>the text as it stands in the document</source>
      <translation>der Text, wie er im Dokument steht</translation>
    </message>
    <message>
      <source>to</source>
      <translation>bis</translation>
    </message>
    <message>
      <source>to review</source>
      <translation>zu prüfen</translation>
    </message>
    <message>
      <source>typed by %1</source>
      <translation>eingegeben von %1</translation>
    </message>
    <message>
      <source>unit %1</source>
      <translation>Einheit %1</translation>
    </message>
    <message>
      <source>unknown</source>
      <translation>unbekannt</translation>
    </message>
    <message>
      <source>used for all</source>
      <translation>für alle verwendet</translation>
    </message>
    <message>
      <source>version %1</source>
      <translation>Version %1</translation>
    </message>
    <message>
      <source>version settings file about</source>
      <translation>Version Einstellungen Datei über</translation>
    </message>
    <message>
      <source>– empty</source>
      <translation>– leer</translation>
    </message>
    <message>
      <source>– not stated</source>
      <translation>– nicht angegeben</translation>
    </message>
    <message>
      <source>“%1” added</source>
      <translation>„%1“ hinzugefügt</translation>
    </message>
    <message>
      <source>“%1” cannot be read: %2</source>
      <translation>„%1“ kann nicht gelesen werden: %2</translation>
    </message>
    <message>
      <source>“%1” cannot be used: %2</source>
      <translation>„%1“ kann nicht verwendet werden: %2</translation>
    </message>
    <message>
      <source>“%1” cannot be written: %2</source>
      <translation>„%1“ kann nicht geschrieben werden: %2</translation>
    </message>
    <message>
      <source>“%1” is larger than 4 MiB and no template.</source>
      <translation>„%1“ ist größer als 4 MiB und keine Vorlage.</translation>
    </message>
    <message>
      <source>“%1” is no template: %2</source>
      <translation>„%1“ ist keine Vorlage: %2</translation>
    </message>
    <message>
      <source>“%1” is not read in the library; its file is opened</source>
      <translation>„%1“ ist in der Bibliothek nicht gelesen; die Datei wird geöffnet</translation>
    </message>
    <message>
      <source>“%1” is spoken to as %2 from now on</source>
      <translation>„%1“ wird von nun an als %2 angesprochen</translation>
    </message>
    <message>
      <source>“%1” is spoken to as its file says</source>
      <translation>„%1“ wird angesprochen, wie seine Datei sagt</translation>
    </message>
    <message>
      <source>“%1” is used for all templates</source>
      <translation>„%1“ wird für alle Vorlagen verwendet</translation>
    </message>
    <message>
      <source>“%1” removed</source>
      <translation>„%1“ entfernt</translation>
    </message>
    <message>
      <source>“%1” removed from the list; its file stays</source>
      <translation>„%1“ aus der Liste entfernt; die Datei bleibt</translation>
    </message>
    <message>
      <source>“%1” saved as version %2</source>
      <translation>„%1“ als Version %2 gespeichert</translation>
    </message>
    <message>
      <source>‹ Library</source>
      <translation>‹ Bibliothek</translation>
    </message>
    <message>
      <source>← →</source>
      <translation>← →</translation>
    </message>
    <message>
      <source>↓ ↑, Tab, Shift Tab</source>
      <translation>↓ ↑, Tab, Umschalt Tab</translation>
    </message>
    <message>
      <source>▲ Better than %1 by %2 (%3)</source>
      <translation>▲ Besser als %1 um %2 (%3)</translation>
    </message>
    <message>
      <source>▼ Worse than %1 by %2 (%3)</source>
      <translation>▼ Schlechter als %1 um %2 (%3)</translation>
    </message>
    <message>
      <source>● changed</source>
      <translation>● geändert</translation>
    </message>
    <message>
      <source>● changed, kept as a draft until you save</source>
      <translation>● geändert, als Entwurf aufbewahrt bis zum Speichern</translation>
    </message>
    <message>
      <source>★</source>
      <translation>★</translation>
    </message>
    <message>
      <source>✎ added</source>
      <translation>✎ hinzugefügt</translation>
    </message>
    <message>
      <source>✎ corrected</source>
      <translation>✎ korrigiert</translation>
    </message>
    <message>
      <source>✓ %1 of %2 values found in %3 s</source>
      <translation>✓ %1 von %2 Werten in %3 s gefunden</translation>
    </message>
    <message>
      <source>✓ Fits</source>
      <translation>✓ Passt</translation>
    </message>
    <message>
      <source>✓ accepted</source>
      <translation>✓ übernommen</translation>
    </message>
    <message>
      <source>✓ holds</source>
      <translation>✓ trifft zu</translation>
    </message>
    <message>
      <source>✓ reviewed</source>
      <translation>✓ geprüft</translation>
    </message>
    <message>
      <source>✗ deleted</source>
      <translation>✗ gelöscht</translation>
    </message>
    <message>
      <source>✗ rejected</source>
      <translation>✗ verworfen</translation>
    </message>
  </context>
</TS>
