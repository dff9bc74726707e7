#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the PDFs beside this script, one feature per file; see README.md. Needs qpdf for the encrypted ones."""

import os
import subprocess
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))


def stream(data, entries=b"", compress=False):
    if compress:
        data = zlib.compress(data, 9)
        entries += b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def pdf(objects):
    """A PDF of the given objects, numbered from 1; the first is the catalogue."""
    out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    table = b"0000000000 65535 f \n"
    for number, body in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n%s" % (len(objects) + 1, table)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return out


HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def one_page(content, page=b"", fonts=(HELVETICA,), extra=(), compress=False):
    """One page of 612 x 792 points; fonts are /F1, /F2, ..."""
    first_font = 5
    names = b"".join(b"/F%d %d 0 R" % (i + 1, first_font + i) for i in range(len(fonts)))
    return pdf([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R%s/Resources<</Font<<%s>>%s>>>>"
        % (page, names, b"/XObject<</X0 %d 0 R>>" % (first_font + len(fonts)) if extra else b""),
        stream(content, compress=compress),
        *fonts,
        *extra,
    ])  # fmt: skip


def text(x, y, words, size=12, font=1):
    return b"BT /F%d %g Tf %g %g Td (%s) Tj ET\n" % (font, size, x, y, words)


def write(name, data):
    with open(os.path.join(HERE, name), "wb") as out:
        out.write(data)


def form_laughs(levels=12, width=10):
    """Form XObjects that each draw the next ten times: 10^12 drawings in 3 KB."""
    forms = []
    for level in range(levels):
        if level + 1 < levels:
            entries = b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</XObject<</X0 %d 0 R>>>>" % (6 + level + 1)
            forms.append(stream(b"/X0 Do " * width, entries))
        else:
            entries = b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>>>"
            forms.append(stream(text(50, 50, b"ha"), entries))
    return one_page(b"/X0 Do", extra=forms)


def cjk():
    parent = b"<</Type/Font/Subtype/Type0/BaseFont/Ryumin-Light/Encoding/90ms-RKSJ-H/DescendantFonts[7 0 R]>>"
    child = (b"<</Type/Font/Subtype/CIDFontType0/BaseFont/Ryumin-Light/DW 1000"
             b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>>>")  # fmt: skip
    return one_page(b"BT /F2 12 Tf 72 700 Td <93fa967b8cea> Tj ET", fonts=(HELVETICA, parent, child))


def main():
    plain = text(72, 700, b"Metformin 500 mg") + text(72, 680, b"Lisinopril 10 mg")
    write("plain.pdf", one_page(plain))
    write("rotated.pdf", one_page(plain, b"/Rotate 90"))
    write("cropped.pdf", one_page(plain + text(72, 300, b"outside"), b"/CropBox[50 600 400 760]"))
    write("tiny_and_off_page.pdf", one_page(
        plain + text(72, 660, b"microscopic", size=0.4) + text(700, 640, b"beside") + text(72, -40, b"below")))
    write("typography.pdf", one_page(
        text(72, 700, b"\x93Caf\xe9\x94 \x96 it\x92s infor-") + text(72, 686, b"mation; information stands here.")
        + text(72, 672, b"A well-") + text(72, 658, b"known drug.")))
    flat = (b"<</Type/Font/Subtype/TrueType/BaseFont/Flat/FirstChar 32/LastChar 126/Encoding/WinAnsiEncoding/Widths[%s]"
            b"/FontDescriptor<</Type/FontDescriptor/FontName/Flat/Flags 32/Ascent 8/Descent 0/ItalicAngle 0"
            b"/FontBBox[0 0 500 8]/CapHeight 8/StemV 80>>>>" % b" ".join([b"500"] * 95))  # fmt: skip
    write("flat_font.pdf", one_page(plain, fonts=(flat,)))
    write("damaged_page.pdf", pdf([
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        stream(plain), HELVETICA, b"42"]))  # fmt: skip
    write("zero_pages.pdf", pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]))
    write("picture_only.pdf", one_page(b"q 500 0 0 700 50 50 cm /X0 Do Q", extra=[
        stream(bytes(range(0, 256, 4)), b"/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray"
               b"/BitsPerComponent 8")]))  # fmt: skip
    write("truncated.pdf", one_page(plain)[:400])
    write("cjk.pdf", cjk())
    write("form_laughs.pdf", form_laughs())
    write("nest_q.pdf", one_page(b"q " * 1_000_000 + plain, compress=True))
    for name, user in (("user_password.pdf", "secret"), ("owner_password.pdf", "")):
        subprocess.run(["qpdf", "--encrypt", user, "owner", "256", "--", os.path.join(HERE, "plain.pdf"),
                        os.path.join(HERE, name)], check=True)  # fmt: skip


if __name__ == "__main__":
    main()
