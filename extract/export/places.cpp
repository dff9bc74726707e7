#include "extract/export/places.h"

#include "extract/page_text.h"
#include "storage/document_store.h"

#include <string_view>

namespace attest::extract {

Result<std::string> Places::textAt(const SourceSpan& span) {
    auto page = pages_.find(span.pageIndex);
    if (page == pages_.end()) {
        ATTEST_TRY_ASSIGN(std::string text, storage::pageText(db_, readingId_, span.pageIndex));
        page = pages_.emplace(span.pageIndex, std::move(text)).first;
    }
    const std::string_view text = page->second;
    if (span.begin > span.end || span.end > text.size()) {
        return Error{ErrorCode::Storage, "a stored place is outside its page"};
    }
    return spanValue(text.substr(span.begin, span.end - span.begin));
}

} // namespace attest::extract
