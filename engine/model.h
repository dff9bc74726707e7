// A loaded model: weights (views into the mapped file), tokenizer and chat format.
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

// Immutable after load(); shared by sessions on any thread.
class Model {
public:
    // Errors: NotFound, Io, InvalidInput (the message names the key or tensor), Unsupported
    //         (architecture, weight type, tokenizer; the message says which and what is supported),
    //         OutOfResources. A file with impossible keys or tensors is refused before more than
    //         1 MB is allocated.
    static Result<std::shared_ptr<const Model>> load(const std::filesystem::path& path);
    ~Model();

    const ModelInfo& info() const;
    const Tokenizer& tokenizer() const;

    // The format of the file's template. A model whose template is not recognised can be loaded all
    // the same; a format chosen by name then serves. Errors: those of ChatFormat::recognise().
    const Result<ChatFormat>& chatFormat() const;

    const GgufFile& file() const; // for LoraAdapter

    struct Weights;
    const Weights& weights() const; // for Session

private:
    struct Impl;
    explicit Model(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace attest::engine
