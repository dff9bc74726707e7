"""Prints a workbook as JSON: {sheet: {"rows": [[cell, ...]], "frozen": bool, "widths": n}}.

A reader of its own: only zipfile and an XML parser. A cell is ["s", text], ["n", number],
["d", "YYYY-MM-DD"] (a number shown with a date format), ["f", formula] or null.
"""
import datetime
import json
import re
import sys
import xml.etree.ElementTree as ET
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def column_of(reference):
    letters = re.match(r"[A-Z]+", reference).group()
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def date_styles(book):
    root = ET.fromstring(book.read("xl/styles.xml"))
    formats = {f.get("numFmtId"): f.get("formatCode") for f in root.iter(MAIN + "numFmt")}
    return [
        "yy" in formats.get(xf.get("numFmtId"), "")
        for xf in root.find(MAIN + "cellXfs").findall(MAIN + "xf")
    ]


def cell_of(cell, dates, shared):
    if cell.find(MAIN + "f") is not None:
        return ["f", cell.find(MAIN + "f").text]
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return ["s", "".join(t.text or "" for t in cell.iter(MAIN + "t"))]
    value = cell.find(MAIN + "v")
    if value is None:
        return None
    if kind == "s":
        return ["s", shared[int(value.text)]]
    if kind != "n":
        return [kind, value.text]
    if dates[int(cell.get("s", "0"))]:
        day = datetime.date(1899, 12, 30) + datetime.timedelta(days=int(float(value.text)))
        return ["d", day.isoformat()]
    return ["n", float(value.text)]


def main():
    book = zipfile.ZipFile(sys.argv[1])
    assert book.testzip() is None
    dates = date_styles(book)
    shared = []
    if "xl/sharedStrings.xml" in book.namelist():
        for item in ET.fromstring(book.read("xl/sharedStrings.xml")):
            shared.append("".join(t.text or "" for t in item.iter(MAIN + "t")))
    targets = {}
    for relation in ET.fromstring(book.read("xl/_rels/workbook.xml.rels")):
        targets[relation.get("Id")] = "xl/" + relation.get("Target")
    out = {}
    for sheet in ET.fromstring(book.read("xl/workbook.xml")).iter(MAIN + "sheet"):
        root = ET.fromstring(book.read(targets[sheet.get(REL + "id")]))
        rows = []
        for row in root.iter(MAIN + "row"):
            while len(rows) < int(row.get("r")):
                rows.append([])
            for cell in row.findall(MAIN + "c"):
                at = column_of(cell.get("r"))
                rows[-1].extend([None] * (at - len(rows[-1])))
                rows[-1].append(cell_of(cell, dates, shared))
        pane = root.find(f".//{MAIN}pane")
        out[sheet.get("name")] = {
            "rows": rows,
            "frozen": pane is not None and pane.get("state") == "frozen",
            "widths": len(root.findall(f".//{MAIN}col")),
        }
    json.dump(out, sys.stdout)


main()
