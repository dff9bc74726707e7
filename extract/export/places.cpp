#include "extract/export/places.h"

#include "base/utf8.h"
#include "extract/page_text.h"
#include "storage/document_store.h"

#include <utility>

namespace attest::extract {

Result<std::string_view> Places::pageOf(const SourceSpan& span) {
    auto page = pages_.find(span.pageIndex);
    if (page == pages_.end()) {
        ATTEST_TRY_ASSIGN(std::string text, storage::pageText(db_, readingId_, span.pageIndex));
        page = pages_.emplace(span.pageIndex, std::move(text)).first;
    }
    if (span.begin > span.end || span.end > page->second.size()) {
        return Error{ErrorCode::Storage, "a stored place is outside its page"};
    }
    return std::string_view(page->second);
}

Result<std::string> Places::textAt(const SourceSpan& span) {
    ATTEST_TRY_ASSIGN(const std::string_view text, pageOf(span));
    return spanValue(text.substr(span.begin, span.end - span.begin));
}

Result<CharRange> Places::charsOf(const SourceSpan& span) {
    ATTEST_TRY_ASSIGN(const std::string_view text, pageOf(span));
    const size_t begin = codePointCount(text.substr(0, span.begin));
    return CharRange{begin, begin + codePointCount(text.substr(span.begin, span.end - span.begin))};
}

} // namespace attest::extract
