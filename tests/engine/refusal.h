// A file that must be refused, and what that costs.
#pragma once

#include "engine/model_support.h"
#include "engine/tiny_family.h"
#include "support/counted_memory.h"

#include <string>

namespace attest::test {

// Bytes that were allocated until the model was refused with a message that holds `said`.
inline std::size_t bytesToRefuse(const TinyModel& model, const std::string& said) {
    const TemporaryFile file(model.bytes());
    const CountedMemory memory;
    const auto loaded = engine::Model::load(file.path());
    const std::size_t bytes = memory.bytes();
    CAPTURE(said);
    REQUIRE_FALSE(loaded.ok());
    CHECK_THAT(loaded.error().message, Catch::Matchers::Contains(said));
    return bytes;
}

} // namespace attest::test
