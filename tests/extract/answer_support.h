// Small parts and texts for the tests of constrained answers.
#pragma once

#include "extract/chunk.h"
#include "extract/decode/byte_program.h"
#include "extract/decode/span_index.h"
#include "extract/template.h"
#include "support/catch.h"

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace attest::extract::test {

using Random = std::mt19937;

inline std::size_t pick(Random& random, std::size_t count) {
    return std::size_t(random()) % count;
}

inline Chunk chunkOf(const std::string& text) {
    Chunk chunk;
    chunk.text = text;
    chunk.segments = {{{0, 0, text.size()}, 0, false}};
    return chunk;
}

inline Field verbatim(const std::string& name, bool isNullable = true) {
    Field field;
    field.name = name;
    field.isNullable = isNullable;
    return field;
}

inline ValuePattern pattern(const std::string& expression) {
    return ValuePattern::compile(expression).value();
}

inline Field anchor(const std::string& name) {
    Field field = verbatim(name, false);
    field.isAnchor = true;
    return field;
}

inline Field
choice(const std::string& name, std::vector<std::string> choices, bool isNullable = true) {
    Field field;
    field.name = name;
    field.kind = FieldKind::Judged;
    field.choices = std::move(choices);
    field.isNullable = isNullable;
    return field;
}

inline Field listOf(const std::string& name, FieldKind kind, std::vector<Field> fields) {
    Field field;
    field.name = name;
    field.kind = kind;
    field.isNullable = false;
    field.fields = std::move(fields);
    return field;
}

inline TemplatePart medications() {
    return {"Medications",
            {listOf("medications",
                    FieldKind::Group,
                    {anchor("drug"), verbatim("dose"), choice("status", {"active", "stopped"})})}};
}

inline ByteProgram compileOk(const TemplatePart& part, const SpanIndex& spans) {
    Result<ByteProgram> program = ByteProgram::compile(part, spans);
    INFO((program.ok() ? std::string() : program.error().message));
    REQUIRE(program.ok());
    return std::move(program).value();
}

inline bool accepts(const ByteProgram& program, std::string_view text) {
    ProgramState state = program.start();
    for (const char byte : text) {
        if (!program.step(state, std::uint8_t(byte), state)) {
            return false;
        }
    }
    return program.isComplete(state);
}

} // namespace attest::extract::test
