# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes GGUF version 3 files. Standard library only.

Source: the GGUF specification of the ggml project: header, key-value pairs, tensor table, then tensor data,
everything little endian, each tensor's data aligned to 32 bytes.
"""

import os
import struct

ALIGNMENT = 32
F32, Q8_0 = 0, 8

_UINT32, _INT32, _FLOAT32, _BOOL, _STRING, _ARRAY = 4, 5, 6, 7, 8, 9


def _string(text):
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    return struct.pack("<Q", len(data)) + data


class GgufWriter:
    """Collects metadata and tensors, then writes them in one go. Dimensions are given slowest first."""

    def __init__(self):
        self._pairs = []
        self._tensors = []

    def uint32(self, key, value):
        self._pairs.append(_string(key) + struct.pack("<II", _UINT32, value))

    def float32(self, key, value):
        self._pairs.append(_string(key) + struct.pack("<If", _FLOAT32, value))

    def boolean(self, key, value):
        self._pairs.append(_string(key) + struct.pack("<I?", _BOOL, value))

    def string(self, key, value):
        self._pairs.append(_string(key) + struct.pack("<I", _STRING) + _string(value))

    def strings(self, key, values):
        head = _string(key) + struct.pack("<IIQ", _ARRAY, _STRING, len(values))
        self._pairs.append(head + b"".join(_string(value) for value in values))

    def int32s(self, key, values):
        head = _string(key) + struct.pack("<IIQ", _ARRAY, _INT32, len(values))
        self._pairs.append(head + struct.pack("<%di" % len(values), *values))

    def float32s(self, key, values):
        head = _string(key) + struct.pack("<IIQ", _ARRAY, _FLOAT32, len(values))
        self._pairs.append(head + struct.pack("<%df" % len(values), *values))

    def tensor(self, name, shape, kind, data):
        """`data` is the raw little-endian bytes of the tensor in type `kind`."""
        self._tensors.append((name, tuple(shape), kind, bytes(data)))

    def write(self, path):
        """Writes the file under another name first, so that a reader never sees half of it."""
        table, offset = b"", 0
        for name, shape, kind, data in self._tensors:
            table += _string(name) + struct.pack("<I", len(shape))
            table += b"".join(struct.pack("<Q", size) for size in reversed(shape))
            table += struct.pack("<IQ", kind, offset)
            offset += -(-len(data) // ALIGNMENT) * ALIGNMENT
        head = b"GGUF" + struct.pack("<IQQ", 3, len(self._tensors), len(self._pairs))
        head += b"".join(self._pairs) + table
        temporary = str(path) + ".part"
        with open(temporary, "wb") as out:
            out.write(head)
            out.write(b"\0" * (-len(head) % ALIGNMENT))
            for _, _, _, data in self._tensors:
                out.write(data)
                out.write(b"\0" * (-len(data) % ALIGNMENT))
        os.replace(temporary, path)
