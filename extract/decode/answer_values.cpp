#include "extract/decode/answer_values.h"

#include "base/check.h"
#include "extract/decode/place_resolver.h"
#include "extract/json_pointer.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace attest::extract {

namespace {

// A value as it stands in the answer.
struct AnswerValue {
    const ByteProgram::Op* op = nullptr;
    std::size_t begin = 0; // quotes included
    std::size_t end = 0;
    bool isNull = false;
    std::uint32_t items[2] = {0, 0}; // which item of either nesting level, from 1
};

std::string pointerOf(const AnswerValue& value) {
    std::string pointer;
    for (const char byte : value.op->path) {
        if (byte == '\1' || byte == '\2') {
            pointer += std::to_string(value.items[std::size_t(byte) - 1] - 1);
        } else {
            pointer += byte;
        }
    }
    return pointer;
}

// Replays the answer: a value begins and ends where the machine enters and leaves its operation.
std::vector<AnswerValue> findValues(const ByteProgram& program, std::string_view json) {
    std::vector<AnswerValue> values;
    bool isOpen = false;
    ProgramState state = program.start();
    const auto open = [&](const ByteProgram::Op& op, std::size_t begin, const ProgramState& now) {
        values.push_back({&op, begin, 0, false, {now.lists[0].count, now.lists[1].count}});
        isOpen = true;
    };
    for (std::size_t i = 0; i < json.size(); ++i) {
        const ProgramState before = state;
        ATTEST_CHECK(program.step(before, std::uint8_t(json[i]), state));
        const ByteProgram::Op& from = program.op(before);
        const ByteProgram::Op& to = program.op(state);
        // A number ends before what follows it, a string behind its quote.
        const bool endsNumber = from.kind == OpKind::Number && (json[i] < '0' || json[i] > '9');
        if (isOpen && (endsNumber || before.op != state.op)) {
            values.back().end = endsNumber ? i : i + 1;
            isOpen = false;
        }
        if (from.kind == OpKind::NullOr && json[i] == 'n') {
            open(from, i, state);
            values.back().isNull = true;
            values.back().end = i + 4;
            isOpen = false;
        } else if (!isOpen && program.isInString(state)) {
            open(to, i, state);
        } else if (!isOpen && to.kind == OpKind::Number && state.digits > 0) {
            open(to, i, state);
        }
    }
    return values;
}

void addTraces(std::vector<DecodedValue>& decoded,
               const std::vector<AnswerValue>& values,
               std::span<const TokenTrace> traces) {
    std::size_t at = 0;
    for (const TokenTrace& trace : traces) {
        while (at < values.size() && values[at].end <= trace.begin) {
            ++at;
        }
        if (at == values.size()) {
            break;
        }
        if (!trace.isForced && trace.end > values[at].begin) {
            decoded[at].logProbability += float(trace.logProbability);
            decoded[at].minFeasibleMass =
                std::min(decoded[at].minFeasibleMass, float(trace.feasibleMass));
        }
    }
}

void findPlaces(std::vector<DecodedValue>& decoded,
                const ByteProgram& program,
                const SpanIndex& index,
                const std::vector<AnswerValue>& values) {
    // One sequence of records for the single fields and for each list (of each outer item).
    std::map<std::string, std::vector<Record>> sequences;
    std::map<std::string, std::uint32_t> lastItem;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const ByteProgram::Op& op = *values[i].op;
        if (op.field->kind != FieldKind::Verbatim || values[i].isNull) {
            continue;
        }
        std::vector<FoldedSpan> places = program.view(op).places(*decoded[i].text);
        ATTEST_CHECK(!places.empty());
        decoded[i].isAmbiguousPlace = places.size() > 1;
        std::string sequence;
        std::uint32_t item = 1;
        if (op.list != ByteProgram::kNoList) {
            const std::size_t mark = op.path.find(op.list == 0 ? '\1' : '\2');
            sequence = op.path.substr(0, mark);
            if (op.list == 1) {
                sequence += '@' + std::to_string(values[i].items[0]);
            }
            item = values[i].items[op.list];
        }
        std::vector<Record>& sequenceRecords = sequences[sequence];
        if (sequenceRecords.empty() || lastItem[sequence] != item) {
            sequenceRecords.emplace_back();
            lastItem[sequence] = item;
        }
        Record& record = sequenceRecords.back();
        if (op.isAnchor) {
            record.anchorPlaces = std::move(places);
            record.anchorId = i;
        } else {
            record.values.push_back({i, std::move(places)});
        }
    }
    for (const auto& [name, sequence] : sequences) {
        for (const ResolvedPlace& place : resolvePlaces(sequence)) {
            decoded[place.id].span = index.source(place.span);
        }
    }
}

} // namespace

std::vector<DecodedValue> answerValues(const ByteProgram& program,
                                       const SpanIndex& index,
                                       std::string_view json,
                                       std::span<const TokenTrace> traces) {
    const std::vector<AnswerValue> values = findValues(program, json);
    std::vector<DecodedValue> decoded;
    for (const AnswerValue& value : values) {
        DecodedValue result;
        result.pointer = pointerOf(value);
        result.kind = value.op->field->kind;
        const std::string_view bytes = json.substr(value.begin, value.end - value.begin);
        if (!value.isNull) {
            const bool isNumber = value.op->kind == OpKind::Number;
            result.text =
                isNumber ? std::string(bytes) : unescapeJson(bytes.substr(1, bytes.size() - 2));
        }
        decoded.push_back(std::move(result));
    }
    addTraces(decoded, values, traces);

    findPlaces(decoded, program, index, values);
    return decoded;
}

} // namespace attest::extract
