// An independent judge of answers: a recursive descent over the text with naive lists of all spans.
// Shares no code with the decoder; slow and simple.
#pragma once

#include "extract/chunk.h"
#include "extract/page_text.h"
#include "extract/template.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

namespace attest::extract::test {

class AnswerChecker {
public:
    struct Span {
        std::string value;
        std::size_t begin; // in the chunk's text
        std::size_t end;
    };

    AnswerChecker(const TemplatePart& part, const Chunk& chunk) : part_(part) {
        for (const ChunkSegment& segment : chunk.segments) {
            if (segment.isContext) {
                continue;
            }
            const std::string text =
                chunk.text.substr(segment.chunkBegin, segment.source.end - segment.source.begin);
            for (std::size_t begin = 0; begin < text.size(); ++begin) {
                for (std::size_t end = begin + 1; end <= text.size(); ++end) {
                    const std::string span = text.substr(begin, end - begin);
                    if (isWordStart(text, begin) && isWordEnd(text, end) &&
                        span.find("  ") == std::string::npos &&
                        span.find("\n\n") == std::string::npos) {
                        spans_.push_back({spanValue(text.substr(begin, end - begin)),
                                          segment.chunkBegin + begin,
                                          segment.chunkBegin + end});
                    }
                }
            }
        }
    }

    // Whether some valid answer begins with these bytes.
    bool isPrefix(std::string_view text) { return run(text) != Status::Bad; }

    bool isAnswer(std::string_view text) { return run(text) == Status::Done; }

    const std::vector<Span>& spans() const { return spans_; }

private:
    enum class Status { Done, Ended, Bad }; // understood; the text ended on the way; not an answer

    Status run(std::string_view text) {
        text_ = text;
        at_ = 0;
        const Status status = object(part_.fields);
        return status == Status::Done && at_ != text_.size() ? Status::Bad : status;
    }

    Status literal(std::string_view bytes) {
        for (const char byte : bytes) {
            if (at_ == text_.size()) {
                return Status::Ended;
            }
            if (text_[at_++] != byte) {
                return Status::Bad;
            }
        }
        return Status::Done;
    }

    static std::string quoted(const std::string& name) {
        std::string bytes = "\"";
        for (const char byte : name) {
            bytes += byte == '"' || byte == '\\' ? "\\" : "";
            bytes += byte;
        }
        return bytes + '"';
    }

    Status object(const std::vector<Field>& fields) {
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const std::string key = (i == 0 ? "{" : ",") + quoted(fields[i].name) + ":";
            Status status = literal(key);
            if (status == Status::Done) {
                status = value(fields[i]);
            }
            if (status != Status::Done) {
                return status;
            }
        }
        return literal("}");
    }

    // All that a string may become; where they begin decides for anchors.
    const std::vector<Span>& candidates(const Field& field) {
        const auto [found, isNew] = candidates_.try_emplace(&field);
        if (!isNew) {
            return found->second;
        }
        std::vector<Span>& all = found->second;
        for (const std::string& choice : field.choices) {
            all.push_back({choice, 0, 0});
        }
        if (field.kind == FieldKind::Verbatim) {
            for (const Span& span : spans_) {
                std::size_t characters = 0;
                for (const char byte : span.value) {
                    characters += (std::uint8_t(byte) & 0xC0U) != 0x80U ? 1 : 0;
                }
                const bool hasForm =
                    !field.pattern || // std::regex, not RE2, on purpose
                    std::regex_search(span.value, std::regex(field.pattern->expression()));
                if (hasForm && characters >= field.minLength &&
                    characters <= field.maxLength.value_or(100'000)) {
                    all.push_back(span);
                }
            }
        }
        return all;
    }

    bool isOpen(const Field& field, const Span& span) const {
        return !field.isAnchor || span.begin >= cursor_;
    }

    Status value(const Field& field) {
        if (field.kind == FieldKind::Group || field.kind == FieldKind::List) {
            return list(field);
        }
        if (field.isNullable && at_ < text_.size() && text_[at_] == 'n') {
            return literal("null");
        }
        if (at_ == text_.size()) {
            return field.isNullable || field.kind == FieldKind::Free || begins(field, "")
                       ? Status::Ended
                       : Status::Bad;
        }
        if (literal("\"") != Status::Done) {
            return Status::Bad;
        }
        std::string decoded;
        while (at_ < text_.size() && text_[at_] != '"') {
            const char byte = text_[at_++];
            if (std::uint8_t(byte) < 0x20) {
                return Status::Bad;
            }
            if (byte != '\\') {
                decoded += byte;
                continue;
            }
            if (at_ == text_.size()) {
                const bool canGoOn = begins(field, decoded + '"') || begins(field, decoded + '\\');
                return canGoOn ? Status::Ended : Status::Bad;
            }
            if (text_[at_] != '"' && text_[at_] != '\\') {
                return Status::Bad;
            }
            decoded += text_[at_++];
        }
        if (at_ == text_.size()) {
            return begins(field, decoded) ? Status::Ended : Status::Bad;
        }
        ++at_;
        const Span* first = nullptr;
        for (const Span& span : candidates(field)) {
            if (span.value == decoded && isOpen(field, span) &&
                (first == nullptr || span.begin < first->begin)) {
                first = &span;
            }
        }
        if (first == nullptr) {
            return Status::Bad;
        }
        cursor_ = field.isAnchor ? first->end : cursor_;
        return Status::Done;
    }

    bool begins(const Field& field, const std::string& text) {
        for (const Span& span : candidates(field)) {
            if (isOpen(field, span) && span.value.starts_with(text)) {
                return true;
            }
        }
        return false;
    }

    bool hasItem(const Field& list, std::size_t count) {
        bool isPossible = count < list.maxItems.value_or(500);
        for (const Field& field : list.fields) {
            isPossible = isPossible && (field.isNullable || begins(field, ""));
        }
        return isPossible;
    }

    Status list(const Field& field) {
        const bool isGroup = field.kind == FieldKind::Group;
        if (const Status status = literal("["); status != Status::Done) {
            return status;
        }
        cursor_ = 0;
        for (std::size_t count = 0;; ++count) {
            if (at_ == text_.size()) {
                return Status::Ended;
            }
            const bool canGoOn = hasItem(field, count);
            if (text_[at_] == ']') {
                ++at_;
                return count >= field.minItems || !canGoOn ? Status::Done : Status::Bad;
            }
            if (!canGoOn || (count > 0 && text_[at_++] != ',')) {
                return Status::Bad;
            }
            const Status status = isGroup ? object(field.fields) : value(field.fields.front());
            if (status != Status::Done) {
                return status;
            }
        }
    }

    const TemplatePart& part_;
    std::vector<Span> spans_;
    std::map<const Field*, std::vector<Span>> candidates_;
    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t cursor_ = 0;
};

} // namespace attest::extract::test
