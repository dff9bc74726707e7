// A sealed process can lose text silently: Poppler goes on without the files it cannot open and
// gives empty pages. So a known document is read (and drawn) first, after sealing, and compared.
#pragma once

#include "extract/reader/options.h"

namespace attest::reader {

// Opens Poppler's global state and glibc's character converters, which load files, and keeps them
// open until the process ends; for drawing also fontconfig's list of fonts. Before sealing. False
// when not even that works.
bool warmUp(Mode mode);

// Poppler's CMaps for Chinese, Japanese and Korean are installed. Before sealing.
bool hasCjkData();

// Latin, accented and (withCjk) Japanese text come out right. After sealing.
bool canaryIsRead(bool withCjk);

struct DrawnCanary {
    bool hasShapes = false; // a black box on white paper came out as one
    bool hasText = false;   // so did text in a font that is not in the document
};

// After sealing. Text needs the system's fonts, which cannot be read where Landlock is missing.
DrawnCanary drawCanary();

} // namespace attest::reader
