#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes unicode_tables.cpp: the code points of the general categories L, M, N and P as ranges.

    python3 engine/tokenizer/make_unicode_tables.py > engine/tokenizer/unicode_tables.cpp
"""

import sys
import unicodedata

NAMES = {"L": "Letter", "M": "Mark", "N": "Number", "P": "Punctuation"}


def ranges():
    """Maximal runs of one class, in order."""
    found = []
    for point in range(sys.maxunicode + 1):
        kind = NAMES.get(unicodedata.category(chr(point))[0])
        if kind is None:
            continue
        if found and found[-1][1] == point - 1 and found[-1][2] == kind:
            found[-1][1] = point
        else:
            found.append([point, point, kind])
    return found


def main():
    print("// Written by make_unicode_tables.py from Unicode %s; do not edit." % unicodedata.unidata_version)
    print('#include "engine/tokenizer/unicode_classes.h"\n')
    print("namespace attest::engine::detail {\n\nnamespace {\n")
    print("// clang-format off")
    print("constexpr ClassRange kRanges[] = {")
    for first, last, kind in ranges():
        print("    {0x%X, 0x%X, CharClass::%s}," % (first, last, kind))
    print("};\n// clang-format on\n\n} // namespace\n")
    print("std::span<const ClassRange> classRanges() {\n    return kRanges;\n}\n")
    print("} // namespace attest::engine::detail")


if __name__ == "__main__":
    main()
