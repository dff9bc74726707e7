#include "extract/decode/byte_program.h"
#include "extract/json_pointer.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace attest::extract {

namespace {

constexpr std::size_t kDefaultMaxItems = 500;
constexpr std::size_t kMaxOps = 60'000;

bool isList(const Field& field) {
    return field.kind == FieldKind::Group || field.kind == FieldKind::List;
}

} // namespace

// Appends operations in the order of the answer; bytes that are always the same are collected in
// pending_ until an operation with a choice needs a place of its own.
class ProgramCompiler {
public:
    ProgramCompiler(ByteProgram& program, const SpanIndex& index)
        : program_(program), index_(index) {}

    Result<void> compile(const TemplatePart& part) {
        pending_ = "{";
        for (std::size_t i = 0; i < part.fields.size(); ++i) {
            ATTEST_TRY(addProperty(part.fields[i], i == 0, "", ByteProgram::kNoList));
        }
        pending_ += '}';
        flush();
        append({});
        return {};
    }

private:
    using Op = ByteProgram::Op;

    std::uint16_t nextOp() const { return std::uint16_t(program_.ops_.size()); }

    std::uint16_t append(Op op) {
        op.next = std::uint16_t(nextOp() + 1);
        program_.ops_.push_back(std::move(op));
        return std::uint16_t(nextOp() - 1);
    }

    std::uint16_t appendLiteral(std::string bytes) {
        Op op;
        op.kind = OpKind::Literal;
        op.literal = std::move(bytes);
        return append(std::move(op));
    }

    void flush() {
        if (!pending_.empty()) {
            appendLiteral(std::exchange(pending_, {}));
        }
    }

    Result<void>
    addProperty(const Field& field, bool isFirst, const std::string& path, std::uint8_t list) {
        if (program_.ops_.size() > kMaxOps) {
            return Error{ErrorCode::Unsupported, "a part with more fields than can be asked"};
        }
        pending_ += (isFirst ? "\"" : ",\"") + escapeJson(field.name) + "\":";
        const std::string own = pointerTo(path, field.name);
        return isList(field) ? addList(field, own, list) : addValue(field, own, list);
    }

    std::uint32_t addView(const Field& field) {
        if (field.kind == FieldKind::Verbatim) {
            const ValuePattern* pattern = field.pattern ? &*field.pattern : nullptr;
            const auto shape = std::make_tuple(field.boundary,
                                               field.minLength,
                                               field.maxLength,
                                               pattern == nullptr ? "" : pattern->expression());
            const auto [known, isNew] =
                viewsByShape_.try_emplace(shape, std::uint32_t(program_.views_.size()));
            if (!isNew) {
                return known->second;
            }
            program_.views_.push_back(
                index_.view(field.boundary, field.minLength, field.maxLength, pattern));
        } else {
            auto choices = std::make_unique<ByteProgram::Choices>();
            program_.views_.push_back(
                SpanView::ofChoices(field.choices, choices->text, choices->ends));
            program_.choices_.push_back(std::move(choices));
        }
        return std::uint32_t(program_.views_.size() - 1);
    }

    // A string or number. `isItem`: of a list of strings, whose quote the list has written.
    Result<void>
    addValue(const Field& field, const std::string& path, std::uint8_t list, bool isItem = false) {
        Op value;
        value.field = &field;
        value.path = path;
        value.list = list;
        if (field.kind == FieldKind::Integer) {
            flush();
            value.kind = OpKind::Number;
            if (!isItem) {
                value.list = ByteProgram::kNoList; // ascending only within a list of numbers
            }
            append(std::move(value));
            return {};
        }
        const bool isCopied = field.kind != FieldKind::Free;
        value.kind = isCopied ? OpKind::Copied : OpKind::Written;
        value.isAnchor = field.kind == FieldKind::Verbatim && field.isAnchor && !field.isNullable &&
                         !hasAnchor_ && list != ByteProgram::kNoList;
        value.view = isCopied ? addView(field) : 0;
        const bool hasCandidate = !isCopied || !program_.views_[value.view].isEmpty();
        if (field.isNullable && !isItem) {
            flush();
            Op choice = value;
            choice.kind = OpKind::NullOr;
            choice.isFeasible = hasCandidate;
            const std::uint16_t at = append(std::move(choice));
            append(std::move(value));
            program_.ops_[at].other = appendLiteral("ull");
            program_.ops_[at + 1U].next = nextOp();
            return {};
        }
        if (!hasCandidate && list == ByteProgram::kNoList) {
            return Error{ErrorCode::InvalidInput,
                         "field '" + field.name +
                             "' cannot be null, and the text holds nothing that it could be"};
        }
        isItemFeasible_ = isItemFeasible_ && (hasCandidate || value.isAnchor);
        if (value.isAnchor) {
            anchorView_ = value.view;
            hasAnchor_ = true;
        }
        if (!isItem) {
            pending_ += '"';
        }
        flush();
        append(std::move(value));
        return {};
    }

    Result<void> addList(const Field& field, const std::string& path, std::uint8_t outer) {
        const bool isNested = outer != ByteProgram::kNoList;
        if ((isNested && (outer > 0 || field.kind == FieldKind::Group)) || field.fields.empty()) {
            return Error{ErrorCode::Unsupported,
                         "list '" + field.name + "' is nested too deep or has no item"};
        }
        const std::uint8_t list = isNested ? 1 : 0;
        const std::string itemPath = pointerTo(path, isNested ? "\2" : "\1");
        const auto before = std::make_tuple(isItemFeasible_, hasAnchor_, anchorView_);
        isItemFeasible_ = true;
        hasAnchor_ = false;

        const Field& item = field.fields.front();
        const bool isOfNumbers = field.kind == FieldKind::List && item.kind == FieldKind::Integer;
        Op op;
        op.list = list;
        op.field = &field;
        op.path = path;
        op.minItems = std::uint32_t(field.minItems);
        op.maxItems = std::uint32_t(field.maxItems.value_or(kDefaultMaxItems));
        op.opening = field.kind == FieldKind::Group ? '{' : isOfNumbers ? '\0' : '"';
        pending_ += '[';
        flush();
        op.kind = OpKind::ListBegin;
        const std::uint16_t begin = append(op);
        if (field.kind == FieldKind::Group) {
            for (std::size_t i = 0; i < field.fields.size(); ++i) {
                ATTEST_TRY(addProperty(field.fields[i], i == 0, itemPath, list));
            }
            pending_ += '}';
            flush();
        } else {
            ATTEST_TRY(addValue(item, itemPath, list, true));
        }
        op.kind = OpKind::ListNext;
        const std::uint16_t next = append(op);
        if (!isOfNumbers) {
            const std::uint16_t opening = appendLiteral(std::string(1, op.opening));
            program_.ops_[opening].next = std::uint16_t(begin + 1);
            program_.ops_[next].next = opening;
        } else {
            program_.ops_[next].next = std::uint16_t(begin + 1);
        }
        for (const std::uint16_t end : {begin, next}) {
            program_.ops_[end].other = nextOp();
            program_.ops_[end].isFeasible = isItemFeasible_;
            program_.ops_[end].hasAnchor = hasAnchor_;
            program_.ops_[end].view = anchorView_;
        }
        std::tie(isItemFeasible_, hasAnchor_, anchorView_) = before;
        return {};
    }

    ByteProgram& program_;
    const SpanIndex& index_;
    std::string pending_;
    std::map<std::tuple<Boundary, std::size_t, std::optional<std::size_t>, std::string>,
             std::uint32_t>
        viewsByShape_;
    // Of the list at hand.
    bool isItemFeasible_ = true;
    bool hasAnchor_ = false;
    std::uint32_t anchorView_ = 0;
};

Result<ByteProgram> ByteProgram::compile(const TemplatePart& part, const SpanIndex& index) {
    ByteProgram program;
    ATTEST_TRY(ProgramCompiler(program, index).compile(part));
    return program;
}

} // namespace attest::extract
