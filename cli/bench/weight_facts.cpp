#include "cli/bench/weight_facts.h"

#include "engine/gguf.h"

#include <string_view>

namespace attest::cli {

namespace {

std::uint64_t elementCount(const engine::TensorInfo& tensor) {
    std::uint64_t elements = 1;
    for (const std::uint64_t size : tensor.shape) {
        elements *= size;
    }
    return elements;
}

bool endsIn(std::string_view name, std::string_view end) {
    return name.ends_with(end);
}

} // namespace

Result<WeightFacts> readWeightFacts(const std::filesystem::path& model) {
    ATTEST_TRY_ASSIGN(const engine::GgufFile file, engine::GgufFile::open(model));
    WeightFacts facts;
    facts.fileBytes = file.fileSize();
    const engine::TensorInfo* head = file.findTensor("output.weight");
    if (head == nullptr) {
        head = file.findTensor("token_embd.weight"); // tied
    }
    if (head != nullptr) {
        facts.headParameters = elementCount(*head);
        facts.bytesPerToken = head->data.size();
    }
    for (const engine::TensorInfo& tensor : file.tensors()) {
        if (!std::string_view(tensor.name).starts_with("blk.")) {
            continue;
        }
        facts.bytesPerToken += tensor.data.size();
        if (tensor.shape.size() != 2) {
            continue;
        }
        facts.blockParameters += elementCount(tensor);
        const std::uint64_t out = tensor.shape[1];
        if (endsIn(tensor.name, ".attn_k.weight") || endsIn(tensor.name, ".attn_v.weight")) {
            facts.kvNumbersPerToken += out;
        } else if (endsIn(tensor.name, ".attn_qkv.weight") && out > tensor.shape[0]) {
            facts.kvNumbersPerToken += out - tensor.shape[0]; // q is as wide as the model
        }
    }
    return facts;
}

} // namespace attest::cli
