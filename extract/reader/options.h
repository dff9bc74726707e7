// Command line of attest-reader: --name=value, as extract/reader_client writes it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace attest::reader {

enum class Mode {
    Text,   // sends the words of all pages and ends
    Render, // draws what it is asked for until nobody asks any more
};

struct Options {
    Mode mode = Mode::Text; // "--mode=text", "--mode=render"
    std::uint64_t cpuSeconds = 60;
    std::uint64_t memoryBytes = std::uint64_t{1} << 30U;
    std::uint64_t maxPages = 20000;
    std::uint64_t maxTextBytes = std::uint64_t{64} << 20U;
    std::string_view tryEscape; // self-test of the seal, see escape.h; empty: read the document
};

// nullopt for an argument that is not known or not a number.
std::optional<Options> parseOptions(int argc, char** argv);

} // namespace attest::reader
