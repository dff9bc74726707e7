#include "engine/gguf/place_tensors.h"

#include "base/check.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

namespace attest::engine {

namespace {

Error invalid(std::string message) {
    return Error{ErrorCode::InvalidInput, std::move(message)};
}

std::optional<std::uint64_t> multiply(std::uint64_t a, std::uint64_t b) {
    std::uint64_t product = 0;
    if (__builtin_mul_overflow(a, b, &product)) {
        return std::nullopt;
    }
    return product;
}

// Bytes of a tensor; nullopt: its type is unknown, so is its size.
Result<std::optional<std::uint64_t>> tensorBytes(const TensorInfo& tensor) {
    const std::string name = "tensor '" + tensor.name + "'";
    std::uint64_t elements = 1;
    for (const std::uint64_t size : tensor.shape) {
        const auto product = multiply(elements, size);
        // Counts and strides must also be safe as signed numbers.
        if (!product || *product > std::uint64_t(std::numeric_limits<std::int64_t>::max())) {
            return invalid(name + " has a shape whose product does not fit in 63 bits");
        }
        elements = *product;
    }
    const auto layout = blockLayout(tensor.type);
    if (!layout) {
        return std::optional<std::uint64_t>();
    }
    if (tensor.shape[0] % layout->elements != 0) {
        return invalid(name + " has rows of " + std::to_string(tensor.shape[0]) +
                       " elements, not a multiple of the " + std::to_string(layout->elements) +
                       " of a " + toString(tensor.type) + " block");
    }
    auto bytes = multiply(elements / layout->elements, layout->bytes);
    if (!bytes || __builtin_add_overflow(*bytes, layout->tailBytes, &*bytes)) {
        return invalid(name + " has a size in bytes that does not fit in 64 bits");
    }
    return bytes;
}

Result<void> checkOverlap(std::span<const TensorInfo> tensors,
                          std::span<const std::uint64_t> offsets) {
    std::vector<std::uint32_t> order(tensors.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) {
        return std::pair(offsets[a], a) < std::pair(offsets[b], b);
    });
    for (std::size_t i = 1; i < order.size(); ++i) {
        const TensorInfo& before = tensors[order[i - 1]];
        // Tensors of unknown size still cannot begin where another one begins.
        const std::uint64_t size = std::max<std::uint64_t>(before.data.size(), 1);
        if (offsets[order[i]] - offsets[order[i - 1]] < size) {
            return invalid("tensors '" + before.name + "' and '" + tensors[order[i]].name +
                           "' overlap");
        }
    }
    return {};
}

} // namespace

Result<void> placeTensors(std::span<TensorInfo> tensors,
                          std::span<const std::uint64_t> offsets,
                          std::span<const std::byte> data) {
    ATTEST_CHECK(tensors.size() == offsets.size());
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        TensorInfo& tensor = tensors[i];
        ATTEST_TRY_ASSIGN(const auto bytes, tensorBytes(tensor));
        // A tensor of unknown type needs at least its first byte.
        const std::uint64_t needed = bytes.value_or(1);
        if (offsets[i] > data.size() || needed > data.size() - offsets[i]) {
            return invalid("tensor '" + tensor.name + "' needs " + std::to_string(needed) +
                           " bytes from byte " + std::to_string(offsets[i]) +
                           " of the tensor data, which has only " + std::to_string(data.size()));
        }
        tensor.data = data.subspan(std::size_t(offsets[i]), std::size_t(bytes.value_or(0)));
    }
    return checkOverlap(tensors, offsets);
}

} // namespace attest::engine
