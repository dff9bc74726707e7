#include "storage/internal/json_text.h"

#include "base/utf8.h"

namespace attest::storage {

std::string jsonText(std::string_view utf8) {
    constexpr std::string_view kHexDigits = "0123456789abcdef";
    constexpr unsigned char kFirstPrintable = 0x20;
    std::string json = "\"";
    for (const char c : toValidUtf8(utf8)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            json += '\\';
            json += c;
        } else if (byte < kFirstPrintable) {
            json += "\\u00";
            json += kHexDigits[byte >> 4U];
            json += kHexDigits[byte & 0xfU];
        } else {
            json += c;
        }
    }
    return json + "\"";
}

std::string jsonNumbers(const std::vector<std::int64_t>& numbers) {
    std::string json = "[";
    for (const std::int64_t number : numbers) {
        json += (json.size() > 1 ? "," : "") + std::to_string(number);
    }
    return json + "]";
}

} // namespace attest::storage
