// The answers to one part of a template over one chunk, as a machine that takes them byte by byte.
//
// A part is compiled to a short list of operations: fixed bytes, a value's bytes, "null or value",
// begin of a list, after an item. Repetition is a jump back with a counter, so the program's size
// does not depend on how many items a list may have. From every state that step() returns, the
// answer can be completed.
#pragma once

#include "base/result.h"
#include "extract/decode/span_index.h"
#include "extract/template.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace attest::extract {

// Where the machine stands. Plain data: copy it to go on from here twice.
struct ProgramState {
    struct List {
        std::uint32_t cursor = 0; // next anchor begins here or later; integers: the least allowed
        std::uint32_t count = 0;  // items begun
        bool operator==(const List&) const = default;
    };

    std::uint16_t op = 0;
    std::uint16_t within = 0; // bytes of a literal that are behind us
    std::uint32_t first = 0;  // entries of the value's view that are still possible
    std::uint32_t last = 0;
    std::uint32_t length = 0;         // bytes of the value behind us
    std::uint32_t number = 0;         // Free: characters, Integer: the number so far
    std::uint8_t isEscaped = 0;       // behind a backslash
    std::uint8_t digits = 0;          // Integer: how many are behind us
    std::uint8_t continuation = 0;    // Free: bytes that the UTF-8 character still needs
    std::uint8_t continuationLow = 0; // bounds of the next of them
    std::uint8_t continuationHigh = 0;
    std::uint8_t unused[3] = {};
    std::array<List, 2> lists;

    bool operator==(const ProgramState&) const = default;
};

static_assert(std::is_trivially_copyable_v<ProgramState>);
static_assert(std::has_unique_object_representations_v<ProgramState>);

enum class OpKind : std::uint8_t {
    Literal,   // fixed bytes
    NullOr,    // `n` (then a literal) or the value's quote
    Copied,    // the bytes of a verbatim value or a choice, and the closing quote
    Written,   // the bytes of free text, and the closing quote
    Number,    // digits; ended by the next operation's byte
    ListBegin, // the first byte of an item, or `]`
    ListNext,  // `,` or `]`
    End,
};

class ByteProgram {
public:
    static constexpr std::uint8_t kNoList = 0xFF;

    struct Op {
        OpKind kind = OpKind::End;
        std::uint16_t next = 0;
        std::uint16_t other = 0;     // NullOr: of "ull"; lists: behind the `]`
        std::uint8_t list = kNoList; // nesting level of the list it belongs to
        bool isAnchor = false;
        bool isFeasible = true;       // lists: non-null values of an item have candidates
        std::uint32_t view = 0;       // Copied; lists: the anchor's
        bool hasAnchor = false;       // lists
        std::uint32_t minItems = 0;   // lists
        std::uint32_t maxItems = 0;   // lists
        char opening = 0;             // ListBegin: first byte of an item; 0: a digit
        const Field* field = nullptr; // of a value or a list; the part must outlive the program
        std::string literal;
        std::string path; // JSON pointer; \1 and \2 stand for the item of either nesting level
    };

    // Borrows both. Errors: InvalidInput (a field that cannot be null has nothing in this chunk
    // that it could be; the message names the field), Unsupported (lists nested too deep).
    static Result<ByteProgram> compile(const TemplatePart& part, const SpanIndex& index);

    ByteProgram(ByteProgram&&) noexcept = default;
    ByteProgram& operator=(ByteProgram&&) noexcept = default;

    ProgramState start() const { return {}; }

    // Whether `byte` may come next; `to` is the state behind it, untouched where it may not.
    bool step(const ProgramState& from, std::uint8_t byte, ProgramState& to) const;

    bool isComplete(const ProgramState& state) const { return op(state).kind == OpKind::End; }

    // Between the quotes of a value, the closing quote included.
    bool isInString(const ProgramState& state) const {
        const OpKind kind = op(state).kind;
        return kind == OpKind::Copied || kind == OpKind::Written;
    }

    // The next byte where the template leaves no choice, outside strings. A choice that only the
    // document takes away is still one: docs/prompt_format.md, "Aligned tokens".
    std::optional<std::uint8_t> forcedByte(const ProgramState& state) const;

    // The bytes of a shortest way to the end.
    std::string shortestCompletion(ProgramState state) const;

    // States with equal keys allow the same bytes for the next `horizon` bytes inside the string.
    ProgramState maskKey(const ProgramState& state, std::size_t horizon, bool staysInString) const;

    const Op& op(const ProgramState& state) const { return ops_[state.op]; }

    const SpanView& view(const Op& op) const { return views_[op.view]; }

    const std::vector<Op>& ops() const { return ops_; }

private:
    friend class ProgramCompiler;
    ByteProgram() = default;

    // Texts of an enum in the form that views read.
    struct Choices {
        std::string text;
        std::vector<bool> ends;
    };

    std::uint32_t cursor(const Op& op, const ProgramState& state) const {
        return op.isAnchor ? state.lists[op.list].cursor : 0;
    }

    bool hasNextItem(const Op& op, const ProgramState& state, std::uint32_t cursor) const;
    bool canEndNumber(const Op& op, const ProgramState& state) const;
    bool goOn(ProgramState& state, std::uint16_t op) const; // always true
    bool stepCopied(const Op& op, std::uint8_t byte, ProgramState& state) const;
    bool stepWritten(const Op& op, std::uint8_t byte, ProgramState& state) const;
    bool stepNumber(const Op& op, std::uint8_t byte, ProgramState& state) const;
    bool stepListBegin(const Op& op, std::uint8_t byte, ProgramState& state) const;
    bool stepListNext(const Op& op, std::uint8_t byte, ProgramState& state) const;
    std::string completeString(const Op& op, ProgramState state) const;
    char completingByte(const Op& op, const ProgramState& state) const;

    std::vector<Op> ops_;
    std::vector<SpanView> views_;
    std::vector<std::unique_ptr<Choices>> choices_; // views point into them
};

} // namespace attest::extract
