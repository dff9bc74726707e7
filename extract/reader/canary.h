// A sealed process can lose text silently: Poppler goes on without the files it cannot open and
// gives empty pages. So a known document is read first, after sealing, and compared.
#pragma once

namespace attest::reader {

// Opens Poppler's global state and glibc's character converters, which load files, and keeps them
// open until the process ends. Before sealing. False when not even that works.
bool warmUp();

// Poppler's CMaps for Chinese, Japanese and Korean are installed. Before sealing.
bool hasCjkData();

// Latin, accented and (withCjk) Japanese text come out right. After sealing.
bool canaryIsRead(bool withCjk);

} // namespace attest::reader
