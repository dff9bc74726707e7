// From a finished answer to its values, each with its place and what the choices said about it.
#pragma once

#include "extract/decode/answer_walk.h"
#include "extract/decode/byte_program.h"
#include "extract/decode/part_decoder.h"
#include "extract/decode/span_index.h"

#include <span>
#include <string_view>
#include <vector>

namespace attest::extract {

// REQUIRES: `json` is an answer that the program accepts to its end; the traces are of its tokens.
std::vector<DecodedValue> answerValues(const ByteProgram& program,
                                       const SpanIndex& index,
                                       std::string_view json,
                                       std::span<const TokenTrace> traces);

} // namespace attest::extract
