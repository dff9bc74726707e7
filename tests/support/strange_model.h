// A model that runs, but whose chat template nobody knows.
#pragma once

#include "support/catch.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace attest::test {

// The bundled model with another word in its template. Returns its path.
inline std::filesystem::path writeStrangeModel(const std::filesystem::path& bundled,
                                               const std::filesystem::path& folder) {
    std::ifstream file(bundled, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    const std::string known = "<|task|>";
    const std::string strange = "<|turn|>";
    std::size_t changes = 0;
    for (std::size_t at = bytes.find(known); at != std::string::npos; at = bytes.find(known, at)) {
        bytes.replace(at, known.size(), strange);
        ++changes;
    }
    REQUIRE(changes >= 2); // the token and the template
    const std::filesystem::path path = folder / "strange.gguf";
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
}

} // namespace attest::test
