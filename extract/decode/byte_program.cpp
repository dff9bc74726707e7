#include "extract/decode/byte_program.h"

#include "base/ascii.h"
#include "base/check.h"
#include "extract/json_pointer.h"

#include <algorithm>

namespace attest::extract {

namespace {

constexpr std::size_t kDefaultMaxCharacters = 2000;

// Whether digits behind `number` can make it one of [low, high]; their least count, or nullopt.
std::optional<int> digitsMissing(std::uint64_t number, std::uint64_t low, std::uint64_t high) {
    std::uint64_t least = number;
    std::uint64_t most = number;
    for (int count = 0; least <= high; ++count) {
        if (most >= low) {
            return count;
        }
        if (number == 0) {
            break; // no leading zeros
        }
        least *= 10;
        most = most * 10 + 9;
    }
    return std::nullopt;
}

std::uint64_t least(const ByteProgram::Op& op, const ProgramState& state) {
    return op.list == ByteProgram::kNoList ? std::uint64_t(op.field->minimum)
                                           : state.lists[op.list].cursor;
}

} // namespace

bool ByteProgram::goOn(ProgramState& state, std::uint16_t next) const {
    const std::array<ProgramState::List, 2> lists = state.lists;
    state = {};
    state.lists = lists;
    state.op = next;
    if (ops_[next].kind == OpKind::Copied) {
        state.last = view(ops_[next]).all().last;
    }
    return true;
}

bool ByteProgram::hasNextItem(const Op& op, const ProgramState&, std::uint32_t cursor) const {
    if (!op.isFeasible) {
        return false;
    }
    if (op.opening == 0) {
        return std::int64_t(cursor) <= op.field->fields.front().maximum;
    }
    return !op.hasAnchor || view(op).reaches(view(op).all(), cursor);
}

bool ByteProgram::canEndNumber(const Op& op, const ProgramState& state) const {
    return state.digits > 0 && state.number >= least(op, state) &&
           std::int64_t(state.number) <= op.field->maximum;
}

bool ByteProgram::stepCopied(const Op& op, std::uint8_t byte, ProgramState& state) const {
    const std::uint32_t from = cursor(op, state);
    SpanRange range{state.first, state.last, state.length};
    if (state.isEscaped == 0) {
        if (byte == '"') {
            const std::optional<FoldedSpan> span = view(op).endingHere(range, from);
            if (!span) {
                return false;
            }
            if (op.isAnchor) {
                state.lists[op.list].cursor = span->end;
            }
            return goOn(state, op.next);
        }
        if (byte == '\\') {
            SpanRange quote = range;
            state.isEscaped = 1;
            return view(op).narrow(quote, '"', from) || view(op).narrow(range, '\\', from);
        }
        if (byte < 0x20) {
            return false;
        }
    } else if (byte != '"' && byte != '\\') {
        return false;
    }
    if (!view(op).narrow(range, byte, from)) {
        return false;
    }
    state.isEscaped = 0;
    state.first = range.first;
    state.last = range.last;
    state.length = range.length;
    return true;
}

bool ByteProgram::stepWritten(const Op& op, std::uint8_t byte, ProgramState& state) const {
    if (state.continuation > 0) {
        if (byte < state.continuationLow || byte > state.continuationHigh) {
            return false;
        }
        --state.continuation;
        state.continuationLow = state.continuation > 0 ? 0x80 : 0;
        state.continuationHigh = state.continuation > 0 ? 0xBF : 0;
        return true;
    }
    if (state.isEscaped != 0) {
        state.isEscaped = 0;
        return std::string_view("\"\\bfnrt").find(char(byte)) != std::string_view::npos;
    }
    if (byte == '"') {
        return state.number >= op.field->minLength && goOn(state, op.next);
    }
    if (byte < 0x20 || state.number >= op.field->maxLength.value_or(kDefaultMaxCharacters)) {
        return false;
    }
    ++state.number;
    if (byte == '\\') {
        state.isEscaped = 1;
        return true;
    }
    if (byte < 0x80) {
        return true;
    }
    // Unicode, table 3-7: the second byte's bounds keep out overlong forms and surrogates.
    if (byte < 0xC2 || byte > 0xF4) {
        return false;
    }
    state.continuation = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
    state.continuationLow = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
    state.continuationHigh = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
    return true;
}

bool ByteProgram::stepNumber(const Op& op, std::uint8_t byte, ProgramState& state) const {
    if (isAsciiDigit(static_cast<char>(byte))) {
        const bool isAfterZero = state.digits > 0 && state.number == 0;
        const std::uint64_t number = std::uint64_t(state.number) * 10 + (byte - '0');
        if (isAfterZero ||
            !digitsMissing(number, least(op, state), std::uint64_t(op.field->maximum))) {
            return false;
        }
        state.number = std::uint32_t(number);
        ++state.digits;
        return true;
    }
    if (!canEndNumber(op, state)) {
        return false;
    }
    if (op.list != kNoList) {
        state.lists[op.list].cursor = state.number + 1;
    }
    ProgramState ended = state;
    goOn(ended, op.next);
    return step(ended, byte, state);
}

bool ByteProgram::stepListBegin(const Op& op, std::uint8_t byte, ProgramState& state) const {
    ProgramState::List& list = state.lists[op.list];
    const std::uint32_t from =
        op.opening == 0 ? std::uint32_t(op.field->fields.front().minimum) : 0;
    const bool hasItem = op.maxItems > 0 && hasNextItem(op, state, from);
    list = {};
    if (byte == ']') {
        return (op.minItems == 0 || !hasItem) && goOn(state, op.other);
    }
    if (!hasItem) {
        return false;
    }
    list = {from, 1};
    if (op.opening == 0) {
        goOn(state, op.next);
        return stepNumber(ops_[op.next], byte, state);
    }
    return byte == std::uint8_t(op.opening) && goOn(state, op.next);
}

bool ByteProgram::stepListNext(const Op& op, std::uint8_t byte, ProgramState& state) const {
    ProgramState::List& list = state.lists[op.list];
    const bool hasItem = list.count < op.maxItems && hasNextItem(op, state, list.cursor);
    if (byte == ',') {
        ++list.count;
        return hasItem && goOn(state, op.next);
    }
    if (byte == ']' && (list.count >= op.minItems || !hasItem)) {
        list = {};
        return goOn(state, op.other);
    }
    return false;
}

bool ByteProgram::step(const ProgramState& from, std::uint8_t byte, ProgramState& to) const {
    const Op& op = ops_[from.op];
    ProgramState state = from;
    bool isAllowed = false;
    switch (op.kind) {
    case OpKind::Literal:
        isAllowed = std::uint8_t(op.literal[state.within]) == byte;
        if (++state.within == op.literal.size()) {
            goOn(state, op.next);
        }
        break;
    case OpKind::NullOr:
        isAllowed = (byte == 'n' && goOn(state, op.other)) ||
                    (byte == '"' && op.isFeasible && goOn(state, op.next));
        break;
    case OpKind::Copied:
        isAllowed = stepCopied(op, byte, state);
        break;
    case OpKind::Written:
        isAllowed = stepWritten(op, byte, state);
        break;
    case OpKind::Number:
        isAllowed = stepNumber(op, byte, state);
        break;
    case OpKind::ListBegin:
        isAllowed = stepListBegin(op, byte, state);
        break;
    case OpKind::ListNext:
        isAllowed = stepListNext(op, byte, state);
        break;
    case OpKind::End:
        break;
    }
    if (isAllowed) {
        to = state;
    }
    return isAllowed;
}

std::optional<std::uint8_t> ByteProgram::forcedByte(const ProgramState& state) const {
    const Op& op = ops_[state.op];
    ProgramState unused;
    const auto ifAllowed = [&](char byte) -> std::optional<std::uint8_t> {
        if (step(state, std::uint8_t(byte), unused)) {
            return std::uint8_t(byte);
        }
        return std::nullopt;
    };
    switch (op.kind) {
    case OpKind::Literal:
        return std::uint8_t(op.literal[state.within]);
    case OpKind::ListBegin:
        if (op.maxItems == 0) {
            return ']';
        }
        if (op.minItems == 0) {
            return std::nullopt;
        }
        if (op.opening != 0) {
            return ifAllowed(op.opening);
        }
        break;
    case OpKind::ListNext:
        if (state.lists[op.list].count >= op.maxItems) {
            return ']';
        }
        return state.lists[op.list].count < op.minItems ? ifAllowed(',') : std::nullopt;
    case OpKind::Number:
        break;
    default:
        return std::nullopt;
    }
    std::optional<std::uint8_t> only; // digits, and whatever follows the number
    for (int byte = 0; byte < 0x80; ++byte) {
        if (step(state, std::uint8_t(byte), unused)) {
            if (only) {
                return std::nullopt;
            }
            only = std::uint8_t(byte);
        }
    }
    return only;
}

std::string ByteProgram::completeString(const Op& op, ProgramState state) const {
    std::string bytes;
    if (op.kind == OpKind::Copied) {
        if (state.isEscaped != 0) {
            bytes = step(state, '"', state) ? "\"" : "\\";
            if (bytes == "\\") {
                step(state, '\\', state);
            }
        }
        const SpanRange range{state.first, state.last, state.length};
        return bytes + escapeJson(view(op).shortestRest(range, cursor(op, state))) + '"';
    }
    if (state.isEscaped != 0) {
        bytes += 'n';
    }
    for (; state.continuation > 0; --state.continuation) {
        bytes += char(state.continuationLow);
        state.continuationLow = 0x80;
    }
    for (; state.number < op.field->minLength; ++state.number) {
        bytes += '.';
    }
    return bytes + '"';
}

char ByteProgram::completingByte(const Op& op, const ProgramState& state) const {
    ProgramState unused;
    if (op.kind == OpKind::Number || op.kind == OpKind::ListBegin || op.kind == OpKind::ListNext) {
        for (const char closing : {']', '}', ','}) {
            if (step(state, std::uint8_t(closing), unused)) {
                return closing;
            }
        }
        if (op.opening != 0) {
            return op.opening;
        }
        // The digit that leaves the fewest to come.
        char best = 0;
        int fewest = 0;
        for (char digit = '0'; digit <= '9'; ++digit) {
            ProgramState next;
            if (!step(state, std::uint8_t(digit), next)) {
                continue;
            }
            const Op& number = ops_[next.op];
            const int missing = digitsMissing(next.number,
                                              least(number, next),
                                              std::uint64_t(number.field->maximum))
                                    .value_or(0);
            if (best == 0 || missing < fewest) {
                best = digit;
                fewest = missing;
            }
        }
        return best;
    }
    return op.kind == OpKind::NullOr ? 'n' : op.literal[state.within];
}

std::string ByteProgram::shortestCompletion(ProgramState state) const {
    std::string bytes;
    while (!isComplete(state)) {
        const Op& op = ops_[state.op];
        const std::string next = isInString(state) ? completeString(op, state)
                                                   : std::string(1, completingByte(op, state));
        for (const char byte : next) {
            ATTEST_CHECK(step(state, std::uint8_t(byte), state));
        }
        bytes += next;
    }
    return bytes;
}

ProgramState
ByteProgram::maskKey(const ProgramState& state, std::size_t horizon, bool staysInString) const {
    const Op& at = ops_[state.op];
    ProgramState key = state;
    if (at.kind == OpKind::Written) {
        // Far from both bounds the number of characters does not matter.
        const std::size_t most = at.field->maxLength.value_or(kDefaultMaxCharacters);
        if (key.number >= at.field->minLength && key.number + horizon <= most) {
            key.number = std::uint32_t(at.field->minLength);
        }
    }
    if (staysInString && isInString(state)) {
        const std::uint32_t from = cursor(at, state);
        key.lists = {};
        if (at.isAnchor) {
            key.lists[at.list].cursor = from;
        }
    }
    return key;
}

} // namespace attest::extract
