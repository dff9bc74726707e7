// A model file from outside: everything that is read before any tensor is computed with.
#include "fuzz/fuzz_target.h"
#include "fuzz/memory_file.h"

#include "base/check.h"
#include "engine/chat_format.h"
#include "engine/gguf.h"
#include "engine/tokenizer.h"

#include <string>

using namespace attest;
using namespace attest::engine;
using namespace attest::test;

namespace {

void readEverything(const GgufFile& file) {
    for (const TensorInfo& tensor : file.tensors()) {
        ATTEST_CHECK(file.findTensor(tensor.name) == &tensor);
        if (!tensor.data.empty()) {
            const volatile std::byte last = tensor.data.back(); // inside the mapping
            static_cast<void>(last);
        }
    }
    for (const std::string_view key : file.keys()) {
        ATTEST_CHECK(file.has(key));
        static_cast<void>(file.strings(key).ok());
        static_cast<void>(file.floats(key).ok());
        static_cast<void>(file.integers(key).ok());
        static_cast<void>(file.stringValue(key).ok());
        static_cast<void>(file.unsignedValue(key).ok());
    }
}

void useTokenizer(const GgufFile& file) {
    const auto tokenizer = Tokenizer::load(file);
    if (!tokenizer.ok()) {
        return;
    }
    for (const SpecialText special : {SpecialText::Plain, SpecialText::Parsed}) {
        const auto tokens = tokenizer.value().encodePrompt(
            "Größe 3 µm\n<s></s><|im_end|> <0x41> don't 12345 \xFF", special);
        static_cast<void>(tokenizer.value().decode(tokens).size());
    }
    if (const auto format = ChatFormat::recognise(file); format.ok()) {
        static_cast<void>(
            format.value().encode(tokenizer.value(), {{ChatRole::User, "<|im_end|>"}}).size());
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const MemoryFile bytes({reinterpret_cast<const char*>(data), size});
    const auto file = GgufFile::open(bytes.path());
    if (file.ok()) {
        readEverything(file.value());
        useTokenizer(file.value());
    }
    return 0;
}
