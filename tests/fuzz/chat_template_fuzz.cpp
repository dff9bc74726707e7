// A chat template from outside.
#include "fuzz/fuzz_target.h"

#include "base/check.h"
#include "engine/chat_format.h"

#include <algorithm>
#include <string>
#include <string_view>

using namespace attest;
using namespace attest::engine;

namespace {

void tryTemplate(std::string_view text) {
    const auto format = ChatFormat::recognise(text);
    if (!format.ok()) {
        return;
    }
    const std::string prompt = format.value().render({{ChatRole::System, "first message"},
                                                      {ChatRole::User, "second message"},
                                                      {ChatRole::Assistant, "third message"}},
                                                     true);
    // Whatever the template says, nothing of the conversation is lost.
    ATTEST_CHECK(prompt.find("first message") != std::string::npos);
    ATTEST_CHECK(prompt.find("second message") != std::string::npos);
    ATTEST_CHECK(prompt.find("third message") != std::string::npos);
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text(reinterpret_cast<const char*>(data), size);
    tryTemplate(text);
    // The seeds hold one template a line.
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1);
        tryTemplate(text.substr(0, end + 1));
        text.remove_prefix(end + 1);
    }
    return 0;
}
