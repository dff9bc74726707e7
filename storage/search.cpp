#include "storage/search.h"

#include "base/utf8.h"
#include "storage/database.h"
#include "storage/statement.h"

#include <algorithm>
#include <set>

namespace attest::storage {

namespace {

// What a person types is shorter; more cannot stand in one page.
constexpr size_t kMaxQueryBytes = 4096;
constexpr size_t kMaxPhrases = 64;

bool isGap(char c) {
    constexpr unsigned char kLastControl = 0x20; // and the space
    return static_cast<unsigned char>(c) <= kLastControl || c == '\x7f';
}

// The query's words and quoted groups of words, without their quotes, each once.
std::vector<std::string> phrasesOf(std::string_view query) {
    std::vector<std::string> phrases;
    std::string current;
    const auto end = [&phrases, &current] {
        if (!current.empty()) {
            phrases.push_back(std::move(current));
        }
        current.clear();
    };
    bool isQuoted = false;
    for (const char c : query) {
        if (c == '"') {
            end();
            isQuoted = !isQuoted;
        } else if (isGap(c) && !isQuoted) {
            end();
        } else {
            current += isGap(c) ? ' ' : c;
        }
    }
    end();
    return phrases;
}

// In FTS5's language: every phrase is a string, so that nothing in it is an operator. A string
// without letters and digits matches everything, so FTS5 drops it.
std::string matchExpression(std::string_view query) {
    const std::vector<std::string> phrases = phrasesOf(toValidUtf8(query));
    std::string expression;
    std::set<std::string_view> known;
    for (const std::string& phrase : phrases) {
        const bool isLast = &phrase == &phrases.back();
        if (known.insert(phrase).second || isLast) {
            expression += (expression.empty() ? "\"" : " \"") + phrase + (isLast ? "\"*" : "\"");
        }
    }
    return known.size() <= kMaxPhrases ? expression : std::string();
}

struct Match {
    std::int64_t entryId = 0;
    SearchHit hit;
};

Result<std::vector<Match>>
bestMatches(Database& db, const std::string& expression, std::int64_t limit) {
    ATTEST_TRY_ASSIGN(auto query,
                      Statement::prepare(db,
                                         "SELECT entry.id, entry.document_id, entry.page_index"
                                         " FROM search_index AS found"
                                         " JOIN search_entry AS entry ON entry.id = found.rowid"
                                         " JOIN document AS d ON d.id = entry.document_id"
                                         " WHERE found.search_index MATCH ? AND d.trashed_at = 0"
                                         " ORDER BY found.rank"));
    query.bind(1, expression);
    std::vector<Match> matches;
    std::set<std::int64_t> documents;
    while (static_cast<std::int64_t>(matches.size()) < limit) {
        ATTEST_TRY_ASSIGN(const bool hasRow, query.step());
        if (!hasRow) {
            break;
        }
        if (documents.insert(query.int64(1)).second) {
            matches.push_back({query.int64(0), {query.int64(1), query.int64(2), {}}});
        }
    }
    return matches;
}

} // namespace

Result<std::vector<SearchHit>>
searchLibrary(Database& db, std::string_view query, std::int64_t limit) {
    if (query.size() > kMaxQueryBytes) {
        return std::vector<SearchHit>();
    }
    const std::string expression = matchExpression(query);
    if (expression.empty()) {
        return std::vector<SearchHit>();
    }
    ATTEST_TRY_ASSIGN(std::vector<Match> matches, bestMatches(db, expression, limit));
    ATTEST_TRY_ASSIGN(
        auto snippet,
        Statement::prepare(db,
                           "SELECT snippet(search_index, 0, char(2), char(3), '\u2026', 16)"
                           " FROM search_index WHERE search_index MATCH ? AND rowid = ?"));
    std::vector<SearchHit> hits;
    hits.reserve(matches.size());
    for (Match& match : matches) {
        ATTEST_TRY_ASSIGN(const bool hasRow,
                          snippet.bind(1, expression).bind(2, match.entryId).step());
        if (hasRow) {
            match.hit.snippet = snippet.text(0);
        }
        snippet.reset();
        hits.push_back(std::move(match.hit));
    }
    return hits;
}

} // namespace attest::storage
