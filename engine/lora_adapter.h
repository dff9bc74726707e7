// A LoRA adapter: small matrices that change what a model computes, kept in a file of their own.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace attest::engine {

class Model;

struct AdapterInfo {
    std::string name;         // general.name, else the file name
    double alpha = 0;         // 0: not stated
    std::size_t rank = 0;     // the largest
    std::size_t matrices = 0; // of the model that it changes
    std::uint64_t fileBytes = 0;
    std::vector<std::string> ignored; // names of tensors without effect: norms
};

// Belongs to the model that it was loaded for, which it keeps alive. Immutable after load(); shared
// by sessions on any thread.
class LoraAdapter {
public:
    // Errors: NotFound, Io, InvalidInput (broken, or made for another model), Unsupported (another
    // kind of adapter); the message names the file, and the key or tensor.
    static Result<std::shared_ptr<const LoraAdapter>> load(const std::filesystem::path& path,
                                                           std::shared_ptr<const Model> model);
    ~LoraAdapter();

    const AdapterInfo& info() const;
    const Model& model() const;

    struct Contents;
    const Contents& contents() const; // for Session

private:
    struct Impl;
    explicit LoraAdapter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// An adapter in use: every change that it makes is multiplied by `scale`.
struct AppliedAdapter {
    std::shared_ptr<const LoraAdapter> adapter;
    float scale = 1;
};

} // namespace attest::engine
