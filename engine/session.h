// One sequence of tokens with its KV cache: the forward pass.
#pragma once

#include "base/result.h"
#include "engine/kv_type.h"
#include "engine/lora_adapter.h"
#include "engine/tokenizer.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

namespace attest::engine {

class Model;
class ThreadPool;

struct SessionOptions {
    std::uint32_t contextLength = 0; // 0: the model's own
    std::uint32_t batchSize = 512;   // most tokens in one pass of the layers
    KvType kvType = KvType::F32;     // how keys and values are kept
    std::vector<AppliedAdapter> adapters = {};
};

// Row invariance: the logits of a position are the same bytes however the tokens before it were
// grouped into calls, and whatever the thread count.
//
// Not thread-safe. Keeps the model alive; the pool is borrowed and must outlive the session.
class Session {
public:
    // Errors: OutOfResources (memory for the KV cache), InvalidInput (context longer than
    // supported; an adapter of another model or with a scale that is not a number), Unsupported (the
    // model lies in memory as another instruction set wants it).
    static Result<Session>
    create(std::shared_ptr<const Model> model, ThreadPool& pool, const SessionOptions& options);

    Session(Session&&) noexcept;
    Session& operator=(Session&&) noexcept;
    ~Session();

    // Appends tokens. Returns the logits after the last one, shape (vocabulary,), valid until the
    // next call. Errors: OutOfResources (context full; nothing was appended), Cancelled (polled
    // between layers; the sequence is as before the call), InvalidInput (a token id outside the
    // vocabulary). REQUIRES: tokens is not empty.
    Result<std::span<const float>> append(std::span<const TokenId> tokens,
                                          std::stop_token stop = {});

    // As append(), with the logits of the last `rows` tokens, shape (rows, vocabulary).
    // REQUIRES: rows ≤ tokens.size().
    Result<std::span<const float>>
    appendRows(std::span<const TokenId> tokens, std::size_t rows, std::stop_token stop = {});

    std::size_t length() const; // tokens in the sequence
    std::size_t contextLength() const;
    void truncate(std::size_t length); // REQUIRES: length ≤ length(). Keeps the first `length`.
    std::span<const TokenId> tokens() const;
    std::uint64_t memoryBytes() const; // KV cache and activations

private:
    struct Impl;
    explicit Session(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace attest::engine
