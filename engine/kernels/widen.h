// Blocks of the types that lie in panels in another form than in files (kPanelForms).
#pragma once

#include "engine/kernels/kernels.h"

#include <cstddef>

namespace attest::engine {

struct Widening {
    std::size_t fileBytes; // of a block in the file
    // Writes the block in its form, of the form's PanelLayout::blockBytes.
    void (*widen)(const unsigned char* block, unsigned char* out);
};

constexpr std::size_t kMostWideBytes = 136; // that a block takes

// Null: the type lies in panels as it is.
const Widening* wideningOf(QuantIndex type);

} // namespace attest::engine
