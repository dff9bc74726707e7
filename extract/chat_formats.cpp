#include "extract/chat_formats.h"

#include "engine/chat_format.h"

#include <string_view>

namespace attest::extract {

std::vector<NamedChatFormat> chatFormats() {
    std::vector<NamedChatFormat> formats;
    for (const std::string_view name : engine::ChatFormat::names()) {
        if (const auto format = engine::ChatFormat::named(name); format.ok()) {
            formats.push_back({std::string(name), std::string(format.value().name())});
        }
    }
    return formats;
}

std::vector<std::string> chatFormatNames() {
    const auto names = engine::ChatFormat::names();
    return {names.begin(), names.end()};
}

} // namespace attest::extract
