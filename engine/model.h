// A loaded model: weights (views into the file), tokenizer and chat format.
#pragma once

#include "base/result.h"
#include "engine/chat_format.h"
#include "engine/gguf.h"
#include "engine/tokenizer.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace attest::engine {

struct ModelInfo {
    std::string name;         // general.name, else the file name
    std::string architecture; // "llama", "qwen2"
    std::string licence;      // general.license, may be empty
    std::string weightTypes;  // "Q8_0, F32", most bytes first
    std::uint64_t fileBytes = 0;
    std::uint64_t parameterCount = 0;
    std::uint32_t contextLength = 0; // trained context
    std::uint32_t layerCount = 0;
    std::uint32_t embeddingLength = 0;
    std::uint32_t headCount = 0;
    std::uint32_t kvHeadCount = 0;
    std::uint32_t vocabularySize = 0;
};

// Where the weights lie while a model is used. Reading them is what writing a token takes its time
// for, and memory of the process's own, in large pages, is read faster than what the page cache
// has, most of all when that holds the file in small pages.
enum class WeightPlace : std::uint8_t {
    // Memory, where the machine has twice the file's size available and the file is larger than
    // 64 MiB or can be laid down as the instruction set wants it; else Mapping.
    Automatic,
    Mapping, // the page cache, shared with other processes, and given back when memory is short
    // A copy, laid down for the instruction set of chooseIsa(), which sessions then need too.
    // Reading it takes part of load().
    Memory,
};

// Immutable after load(); shared by sessions on any thread.
class Model {
public:
    // Errors: NotFound, Io, InvalidInput (the message names the key or tensor), Unsupported
    //         (architecture, weight type, tokenizer; the message says which and what is supported),
    //         OutOfResources. A file with impossible keys or tensors is refused before more than
    //         1 MB is allocated.
    static Result<std::shared_ptr<const Model>> load(const std::filesystem::path& path,
                                                     WeightPlace place = WeightPlace::Automatic);
    ~Model();

    const ModelInfo& info() const;
    const Tokenizer& tokenizer() const;

    // The format of the file's template. A model whose template is not recognised can be loaded all
    // the same; a format chosen by name then serves. Errors: those of ChatFormat::recognise().
    const Result<ChatFormat>& chatFormat() const;

    WeightPlace weightPlace() const; // Mapping or Memory

    const GgufFile& file() const; // for LoraAdapter

    struct Weights;
    const Weights& weights() const; // for Session

private:
    struct Impl;
    explicit Model(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace attest::engine
