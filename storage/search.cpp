#include "storage/search.h"

#include "base/utf8.h"
#include "storage/database.h"
#include "storage/internal/json_text.h"
#include "storage/statement.h"

#include <map>
#include <set>
#include <utility>

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

// Whether more places match than anybody would look at.
Result<bool> isCommon(Database& db, const std::string& expression) {
    constexpr std::int64_t kRankedPlaces = 5000; // ranking takes 1 us a place, more with each word
    ATTEST_TRY_ASSIGN(auto query,
                      Statement::prepare(db,
                                         "SELECT COUNT(*) FROM (SELECT rowid FROM search_index"
                                         " WHERE search_index MATCH ? LIMIT ?)"));
    ATTEST_TRY_ASSIGN(const bool hasRow,
                      query.bind(1, expression).bind(2, kRankedPlaces + 1).step());
    return hasRow && query.int64(0) > kRankedPlaces;
}

// One per document. A begin of a word that stands everywhere is not ranked, which would take longer
// than typing the next letter: what was added last comes first.
Result<std::vector<Match>>
bestMatches(Database& db, const std::string& expression, std::int64_t limit) {
    ATTEST_TRY_ASSIGN(const bool isEverywhere, isCommon(db, expression));
    ATTEST_TRY_ASSIGN(
        auto query,
        Statement::prepare(db,
                           std::string("SELECT entry.id, entry.document_id, entry.page_index"
                                       " FROM search_index AS found"
                                       " CROSS JOIN search_entry AS entry ON entry.id = found.rowid"
                                       " CROSS JOIN document AS d ON d.id = entry.document_id"
                                       " WHERE found.search_index MATCH ? AND d.trashed_at = 0"
                                       " ORDER BY ") +
                               (isEverywhere ? "found.rowid DESC" : "found.rank")));
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

// In one pass over the matches between the first and the last of them: looking up each would read
// the words' lists as often. "+" keeps SQLite from doing so.
Result<void> addSnippets(Database& db, const std::string& expression, std::vector<Match>& matches) {
    std::map<std::int64_t, Match*> byEntry;
    std::vector<std::int64_t> ids;
    for (Match& match : matches) {
        byEntry.emplace(match.entryId, &match);
        ids.push_back(match.entryId);
    }
    ATTEST_TRY_ASSIGN(
        auto query,
        Statement::prepare(db,
                           "SELECT rowid, snippet(search_index, 0, char(2), char(3), '\u2026', 16)"
                           " FROM search_index WHERE search_index MATCH ?"
                           " AND rowid BETWEEN ? AND ?"
                           " AND +rowid IN (SELECT value FROM json_each(?)) ORDER BY rowid"));
    query.bind(1, expression)
        .bind(2, byEntry.begin()->first)
        .bind(3, byEntry.rbegin()->first)
        .bind(4, jsonNumbers(ids));
    while (true) {
        ATTEST_TRY_ASSIGN(const bool hasRow, query.step());
        if (!hasRow) {
            return {};
        }
        if (const auto match = byEntry.find(query.int64(0)); match != byEntry.end()) {
            match->second->hit.snippet = query.text(1);
        }
    }
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
    std::vector<SearchHit> hits;
    if (!matches.empty()) {
        ATTEST_TRY(addSnippets(db, expression, matches));
    }
    hits.reserve(matches.size());
    for (Match& match : matches) {
        hits.push_back(std::move(match.hit));
    }
    return hits;
}

} // namespace attest::storage
