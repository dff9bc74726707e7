#include "storage/internal/place_audit.h"

#include "storage/database.h"
#include "storage/document_store.h"

namespace attest::storage {

namespace {

bool isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

// True where a UTF-8 character of well-formed text begins or the text ends.
bool isCharacterBorder(std::string_view text, size_t offset) {
    constexpr unsigned char kContinuationMask = 0xC0;
    constexpr unsigned char kContinuation = 0x80;
    return offset == text.size() ||
           (static_cast<unsigned char>(text[offset]) & kContinuationMask) != kContinuation;
}

std::string placeOf(const SourceSpan& span, const std::string& what) {
    return what + ": page " + std::to_string(std::int64_t{span.pageIndex} + 1) + ", bytes " +
           std::to_string(span.begin) + " to " + std::to_string(span.end);
}

} // namespace

std::string foldWhitespace(std::string_view text) {
    std::string folded;
    folded.reserve(text.size());
    bool inBlank = false;
    for (const char c : text) {
        if (!isBlank(c)) {
            folded += c;
        } else if (!inBlank) {
            folded += ' ';
        }
        inBlank = isBlank(c);
    }
    return folded;
}

Result<std::string> PlaceAudit::read(const SourceSpan& span, const std::string& what) {
    auto page = pages_.find(span.pageIndex);
    if (page == pages_.end()) {
        auto text = pageText(db_, readingId_, span.pageIndex);
        if (!text.ok()) {
            Error error = std::move(text).error();
            if (error.code == ErrorCode::NotFound) {
                return Error{ErrorCode::InvalidInput,
                             placeOf(span, what) + ": there is no such page"};
            }
            return error;
        }
        page = pages_.emplace(span.pageIndex, std::move(text).value()).first;
    }
    const std::string_view text = page->second;
    if (span.begin >= span.end || span.end > text.size() || !isCharacterBorder(text, span.begin) ||
        !isCharacterBorder(text, span.end)) {
        return Error{ErrorCode::InvalidInput,
                     placeOf(span, what) + ": not a part of the page's text"};
    }
    return foldWhitespace(text.substr(span.begin, span.end - span.begin));
}

Result<void> PlaceAudit::check(const SourceSpan& span,
                               const std::optional<std::string>& mustRead,
                               const std::string& what) {
    ATTEST_TRY_ASSIGN(const std::string reads, read(span, what));
    if (mustRead && reads != *mustRead) {
        return Error{ErrorCode::InvalidInput,
                     placeOf(span, what) + ": the page does not read as the value does"};
    }
    return {};
}

} // namespace attest::storage
