// What the tests of the sealed reader share: where it and its documents are.
#pragma once

#include "extract/document_reader.h"

#include <filesystem>
#include <string>

namespace attest::test {

namespace fs = std::filesystem;
using extract::ReaderOptions;

inline fs::path programFolder() {
    return fs::read_symlink("/proc/self/exe").parent_path();
}

inline ReaderOptions realReader() {
    ReaderOptions options;
    options.readerProgram = programFolder() / "attest-reader";
    return options;
}

inline fs::path dataFile(const std::string& name) {
    return fs::path(ATTEST_SOURCE_DIR) / "tests/data/pdf" / name;
}

inline fs::path sample(const std::string& name) {
    return fs::path(ATTEST_SOURCE_DIR) / "resources/samples" / name;
}

} // namespace attest::test
