#include "engine/quoted_text.h"

#include "base/utf8.h"

namespace attest::engine {

std::string quoted(std::string_view text) {
    constexpr std::size_t kMostBytes = 40;
    constexpr char32_t kFirstC1 = 0x7F;
    constexpr char32_t kLastC1 = 0x9F;
    const std::string_view cut = truncateUtf8(text, kMostBytes);
    std::string line = "'";
    for (std::size_t at = 0; at < cut.size();) {
        const char32_t c = decodeUtf8(cut, at);
        appendUtf8(line, c < U' ' || (c >= kFirstC1 && c <= kLastC1) ? U' ' : c);
    }
    return line + "'";
}

} // namespace attest::engine
