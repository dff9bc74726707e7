#include "engine/lora/read_adapter.h"

#include "engine/kernels/unpack.h"
#include "engine/quoted_text.h"

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

namespace attest::engine {

namespace {

constexpr std::string_view kSuffixA = ".lora_a";
constexpr std::string_view kSuffixB = ".lora_b";
constexpr std::string_view kInvocationKey = "adapter.alora.invocation_tokens";
constexpr std::string_view kAlphaKey = "adapter.lora.alpha";

Error invalid(std::string message) {
    return Error{ErrorCode::InvalidInput, std::move(message)};
}

Error wrongTensor(std::string_view name, const std::string& what) {
    return invalid("tensor '" + std::string(name) + "' " + what);
}

// A missing key breaks the format.
template <typename T>
Result<T> required(Result<T> value) {
    if (!value.ok() && value.error().code == ErrorCode::NotFound) {
        return invalid(value.error().message);
    }
    return value;
}

Result<void> expect(const GgufFile& file, std::string_view key, std::string_view wanted) {
    ATTEST_TRY_ASSIGN(const std::string_view found, required(file.stringValue(key)));
    if (found != wanted) {
        return Error{ErrorCode::Unsupported,
                     "key '" + std::string(key) + "' is " + quoted(found) + ", not '" +
                         std::string(wanted) + "'"};
    }
    return {};
}

Result<void> checkKind(const GgufFile& adapter, const GgufFile& model) {
    ATTEST_TRY(expect(adapter, "general.type", "adapter"));
    ATTEST_TRY(expect(adapter, "adapter.type", "lora"));
    ATTEST_TRY_ASSIGN(const std::string_view architecture,
                      required(adapter.stringValue("general.architecture")));
    ATTEST_TRY_ASSIGN(const std::string_view wanted,
                      required(model.stringValue("general.architecture")));
    if (architecture != wanted) {
        return invalid("key 'general.architecture' is " + quoted(architecture) +
                       ", the model's is " + quoted(wanted));
    }
    if (adapter.has(kInvocationKey)) {
        return Error{ErrorCode::Unsupported,
                     "key '" + std::string(kInvocationKey) +
                         "': adapters that begin at a sequence of tokens are not supported"};
    }
    return {};
}

Result<double> readAlpha(const GgufFile& adapter) {
    ATTEST_TRY_ASSIGN(const double alpha, adapter.floatOr(kAlphaKey, 0));
    if (!(alpha >= 0 && alpha <= AdapterLimits::kAlpha)) {
        return invalid("key '" + std::string(kAlphaKey) + "' is outside 0 to 1000000");
    }
    return alpha;
}

// As a matrix: writers leave trailing dimensions of 1 out, or add them.
Result<Matrix> matrixOf(const TensorInfo& tensor) {
    const std::uint64_t in = tensor.shape[0];
    const std::uint64_t out = tensor.shape.size() > 1 ? tensor.shape[1] : 1;
    for (std::size_t i = 2; i < tensor.shape.size(); ++i) {
        if (tensor.shape[i] != 1) {
            return wrongTensor(tensor.name, "has more than two dimensions");
        }
    }
    const std::optional<BlockLayout> layout = blockLayout(tensor.type);
    if (!layout) {
        return Error{ErrorCode::Unsupported,
                     "tensor '" + tensor.name + "' has type " + toString(tensor.type) +
                         ", which this build cannot compute with"};
    }
    const std::size_t rowBytes = std::size_t(in) / layout->elements * layout->bytes;
    return Matrix{.type = tensor.type,
                  .data = tensor.data.data(),
                  .rowBytes = rowBytes,
                  .in = std::size_t(in),
                  .out = std::size_t(out),
                  .scale = tensorScale(tensor)};
}

std::string shapeText(const Matrix& matrix) {
    return std::to_string(matrix.in) + " x " + std::to_string(matrix.out);
}

Result<void>
checkShape(const TensorInfo& tensor, const Matrix& matrix, std::size_t in, std::size_t out) {
    if (matrix.in != in || matrix.out != out) {
        return wrongTensor(tensor.name,
                           "has shape " + shapeText(matrix) + ", expected " + std::to_string(in) +
                               " x " + std::to_string(out) + " for the model's tensor");
    }
    return {};
}

class Reader {
public:
    Reader(const GgufFile& adapter, const GgufFile& model) : adapter_(adapter), model_(model) {}

    Result<AdapterContents> read() {
        ATTEST_TRY(checkKind(adapter_, model_));
        ATTEST_TRY_ASSIGN(contents_.alpha, readAlpha(adapter_));
        for (const TensorInfo& tensor : adapter_.tensors()) {
            ATTEST_TRY(readTensor(tensor));
        }
        if (contents_.pairs.empty() && !contents_.embedding) {
            return invalid("there is no tensor whose name ends in '.lora_a'");
        }
        std::sort(contents_.pairs.begin(),
                  contents_.pairs.end(),
                  [](const LowRankPair& x, const LowRankPair& y) {
                      return std::less<>()(x.base->data.data(), y.base->data.data());
                  });
        return std::move(contents_);
    }

private:
    Result<void> readTensor(const TensorInfo& tensor) {
        const std::string_view name = tensor.name;
        if (name.ends_with(kSuffixA)) {
            const std::string target(name.substr(0, name.size() - kSuffixA.size()));
            const TensorInfo* b = adapter_.findTensor(target + std::string(kSuffixB));
            if (b == nullptr) {
                return wrongTensor(name, "is there without its '.lora_b'");
            }
            return readPair(target, tensor, *b);
        }
        if (name.ends_with(kSuffixB)) {
            const std::string target(name.substr(0, name.size() - kSuffixB.size()));
            if (adapter_.findTensor(target + std::string(kSuffixA)) == nullptr) {
                return wrongTensor(name, "is there without its '.lora_a'");
            }
            return {}; // read with its other half
        }
        if (name.ends_with("_norm.weight")) {
            contents_.ignored.emplace_back(name);
            return {};
        }
        return wrongTensor(name, "ends neither in '.lora_a' nor in '.lora_b'");
    }

    Result<void> readPair(const std::string& target, const TensorInfo& a, const TensorInfo& b) {
        LowRankPair pair;
        pair.target = target;
        pair.base = model_.findTensor(target);
        if (pair.base == nullptr) {
            return wrongTensor(a.name, "changes a tensor that the model does not have");
        }
        const auto& shape = pair.base->shape;
        if (shape.size() != 2) {
            return wrongTensor(a.name, "changes a tensor that is no matrix");
        }
        const auto in = std::size_t(shape[0]);
        const auto out = std::size_t(shape[1]);
        ATTEST_TRY_ASSIGN(pair.a, matrixOf(a));
        ATTEST_TRY_ASSIGN(pair.b, matrixOf(b));
        const std::size_t rank = pair.rank();
        if (rank > AdapterLimits::kRank) {
            return wrongTensor(b.name,
                               "has rank " + std::to_string(rank) + "; at most " +
                                   std::to_string(AdapterLimits::kRank) + " is possible");
        }
        const bool isEmbedding = target == "token_embd.weight";
        if (isEmbedding) {
            ATTEST_TRY(checkShape(a, pair.a, rank, out));
            ATTEST_TRY(checkShape(b, pair.b, rank, in));
        } else {
            ATTEST_TRY(checkShape(a, pair.a, in, rank));
            ATTEST_TRY(checkShape(b, pair.b, rank, out));
        }
        if (contents_.alpha != 0) {
            pair.strength = float(contents_.alpha / double(rank));
        }
        contents_.largestRank = std::max(contents_.largestRank, rank);
        if (isEmbedding) {
            contents_.embedding = std::move(pair);
        } else {
            contents_.pairs.push_back(std::move(pair));
        }
        return {};
    }

    const GgufFile& adapter_;
    const GgufFile& model_;
    AdapterContents contents_;
};

} // namespace

Result<AdapterContents> readAdapter(const GgufFile& adapter, const GgufFile& model) {
    return Reader(adapter, model).read();
}

} // namespace attest::engine
