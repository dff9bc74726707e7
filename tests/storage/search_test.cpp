#include "storage/search.h"

#include "base/sha256.h"
#include "storage/database.h"
#include "storage/library.h"
#include "storage/review_store.h"
#include "storage/storage_support.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

#include <string>
#include <vector>

using namespace attest::storage;
using attest::SourceSpan;
using attest::test::memoryLibrary;
using attest::test::must;
using attest::test::sampleRun;

namespace {

// A document of one page without values.
std::int64_t addText(Database& db, const std::string& name, const std::string& text) {
    NewRun run = sampleRun(name);
    run.document.pages = {{text, {}, 595, 842}};
    run.values.clear();
    return must(saveRun(db, run)).documentId;
}

std::vector<std::int64_t> found(Database& db, std::string_view query, std::int64_t limit = 100) {
    std::vector<std::int64_t> ids;
    for (const SearchHit& hit : must(searchLibrary(db, query, limit))) {
        ids.push_back(hit.documentId);
    }
    return ids;
}

using Ids = std::vector<std::int64_t>;

// FTS5 compares its index with the texts it was made from.
void checkIndex(Database& db) {
    must(db.execute("INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)"));
}

} // namespace

TEST_CASE("words are found as they are typed, without case and diacritics", "[storage][search]") {
    Database db = memoryLibrary();
    const std::int64_t a =
        addText(db, "a", "Metformin 500 mg twice daily. M\u00fcller, Gr\u00f6\u00dfe 1,80 m");
    const std::int64_t b = addText(db, "b", "Ramipril 5 mg once daily");

    CHECK(found(db, "metformin") == Ids{a});
    CHECK(found(db, "METF") == Ids{a});
    CHECK(found(db, "m") == Ids{a, b});
    CHECK(found(db, "muller") == Ids{a});
    CHECK(found(db, "M\u00dcLLER") == Ids{a});
    CHECK(found(db, "daily ramip") == Ids{b});
    CHECK(found(db, "ramip daily").empty()); // only the last word may be a begin
    CHECK(found(db, "metformin ramipril").empty());
    CHECK(found(db, "1,80") == Ids{a});
    CHECK(found(db, "\"once daily\"") == Ids{b});
    CHECK(found(db, "\"daily once\"").empty());
    CHECK(found(db, "\"twice dai") == Ids{a});
    CHECK(found(db, "daily", 1).size() == 1);
    CHECK(found(db, "daily", 0).empty());
    CHECK(found(db, "daily", -1).empty());
}

TEST_CASE("a hit tells its page and shows the match between its marks", "[storage][search]") {
    Database db = memoryLibrary();
    const std::int64_t id = must(saveRun(db, sampleRun("letter.pdf"))).documentId;

    const auto hits = must(searchLibrary(db, "1,8", 10));

    REQUIRE(hits.size() == 1);
    CHECK(hits[0].documentId == id);
    CHECK(hits[0].pageIndex == 1);
    CHECK(hits[0].snippet == "Gr\u00f6\u00dfe \x02"
                             "1,80\x03 m");
    const auto byName = must(searchLibrary(db, "lett", 10));
    REQUIRE(byName.size() == 1);
    CHECK(byName[0].pageIndex == -1);
    CHECK(byName[0].snippet == "\x02letter\x03.pdf");
}

TEST_CASE("marks that stand in a text itself are not shown as marks", "[storage][search]") {
    Database db = memoryLibrary();
    addText(db, "a", "one \x02two\x03 three");

    const auto hits = must(searchLibrary(db, "three", 10));

    REQUIRE(hits.size() == 1);
    CHECK(hits[0].snippet == "one  two  \x02three\x03");
    checkIndex(db);
}

TEST_CASE("long pages show the place of the match only", "[storage][search]") {
    Database db = memoryLibrary();
    std::string text;
    for (int i = 0; i < 5000; ++i) {
        text += "word" + std::to_string(i) + " ";
    }
    addText(db, "a", text);

    const auto hits = must(searchLibrary(db, "word2500", 10));

    REQUIRE(hits.size() == 1);
    CHECK(hits[0].snippet.size() < 400);
    CHECK(hits[0].snippet.find("\x02word2500\x03") != std::string::npos);
}

TEST_CASE("every document is one hit, the one that says it most first", "[storage][search]") {
    Database db = memoryLibrary();
    const std::int64_t rare =
        addText(db, "a", "aspirin once, and then many other words of a letter");
    const std::int64_t often = addText(db, "b", "aspirin aspirin aspirin aspirin");
    NewRun many = sampleRun("c");
    many.values.clear();
    many.document.pages = {{"aspirin", {}, 1, 1}, {"aspirin", {}, 1, 1}, {"aspirin", {}, 1, 1}};
    const std::int64_t pages = must(saveRun(db, many)).documentId;

    const Ids ids = found(db, "aspirin");

    REQUIRE(ids.size() == 3);
    CHECK(ids.back() == rare);
    CHECK((ids[0] == often || ids[0] == pages));
}

TEST_CASE("normal forms and judged values are found, and follow the review", "[storage][search]") {
    Database db = memoryLibrary();
    NewRun run = sampleRun("a");
    run.values[1].normalised = "0.5";
    run.values[1].unit = "g";
    run.values[2].kind = "judged";
    run.values[2].status = kStatusOk;
    run.values[2].text = "peroral";
    const SavedRun saved = must(saveRun(db, run));
    const Ids here = {saved.documentId};
    CHECK(found(db, "peroral") == here);
    CHECK(found(db, "\"0.5 g\"") == here);

    Review review;
    review.pointer = "/medications/0/route";
    review.group = "medications";
    review.instance = 0;
    review.field = "route";
    review.verdict = Verdict::Corrected;
    review.text = "intravenous";
    must(saveReviews(db, saved.runId, {{review.pointer, review}}, "Kim", 1));
    CHECK(found(db, "peroral").empty());
    CHECK(found(db, "intraven") == here);
    checkIndex(db);

    must(saveReviews(db, saved.runId, {{review.pointer, std::nullopt}}, "Kim", 2));
    CHECK(found(db, "peroral") == here);
    CHECK(found(db, "intraven").empty());
    checkIndex(db);
}

TEST_CASE("the index follows names, newer readings, trash and deletion", "[storage][search]") {
    Database db = memoryLibrary();
    const std::int64_t id = addText(db, "first.pdf", "alpha beta");
    const std::int64_t other = addText(db, "other.pdf", "alpha gamma");

    must(renameDocument(db, id, "second.pdf"));
    CHECK(found(db, "first").empty());
    CHECK(found(db, "second") == Ids{id});

    NewRun again = sampleRun("first.pdf"); // the same bytes
    again.document.pages = {{"alpha delta", {}, 1, 1}};
    again.values.clear();
    must(saveRun(db, again));
    CHECK(found(db, "beta").empty());
    CHECK(found(db, "delta") == Ids{id});
    checkIndex(db);

    must(moveToTrash(db, {id}, 1));
    CHECK(found(db, "alpha") == Ids{other});
    CHECK(found(db, "second").empty());
    must(restoreFromTrash(db, {id}));
    CHECK(found(db, "second") == Ids{id});

    must(moveToTrash(db, {id}, 1));
    must(deleteForGood(db, {id}));
    CHECK(found(db, "alpha") == Ids{other});
    checkIndex(db);
}

TEST_CASE("a word that stands everywhere shows what was added last", "[storage][search]") {
    Database db = memoryLibrary();
    NewRun run = sampleRun("many");
    run.values.clear();
    run.document.pages.assign(6000, {"common word", {}, 1, 1});
    const std::int64_t first = must(saveRun(db, run)).documentId;
    const std::int64_t rare = addText(db, "rare", "common rarity");
    const std::int64_t last = addText(db, "last", "common");

    CHECK(found(db, "com") == Ids{last, rare, first});
    CHECK(found(db, "com", 2) == Ids{last, rare});
    CHECK(found(db, "common rar") == Ids{rare});
    for (const SearchHit& hit : must(searchLibrary(db, "com", 10))) {
        CHECK(hit.snippet.find("\x02"
                               "common\x03") == 0);
    }
}

TEST_CASE("documents that are not read yet are found by their names", "[storage][search]") {
    Database db = memoryLibrary();

    const std::int64_t id = attest::test::addSample(db, "Discharge letter 2024.pdf");

    CHECK(found(db, "letter disch") == Ids{id});
    CHECK(found(db, "discharge lett") == Ids{id});
    CHECK(found(db, "disch letter").empty());
}

TEST_CASE("queries are data, whatever they hold", "[storage][search]") {
    Database db = memoryLibrary();
    const std::int64_t id = addText(
        db, "a", "C-reactive protein (CRP) AND near:x OR not* ^begin {col} text:word 100% A+B");
    const auto words = [](size_t count) {
        std::string text;
        for (size_t i = 0; i < count; ++i) {
            text += "a ";
        }
        return text;
    };

    for (const std::string& query : {std::string("C-reactive"),
                                     std::string("(CRP)"),
                                     std::string("AND"),
                                     std::string("near:x"),
                                     std::string("OR not*"),
                                     std::string("^begin"),
                                     std::string("{col}"),
                                     std::string("text:word"),
                                     std::string("100%"),
                                     std::string("A+B"),
                                     std::string("\"C-reactive\" prot"),
                                     std::string("NEAR(begin col)").substr(4, 6),
                                     std::string("a + b"),
                                     std::string("crp -"),
                                     std::string("crp \"\" protein"),
                                     std::string("crp\0protein", 11),
                                     words(2000)}) {
        CAPTURE(query.substr(0, 50));
        CHECK(found(db, query) == Ids{id});
    }
    for (const std::string& query : {std::string(),
                                     std::string(" \t\n"),
                                     std::string("\""),
                                     std::string("\"\"\"\""),
                                     std::string("*"),
                                     std::string("- + ( ) : ^"),
                                     std::string(3, '\0'),
                                     std::string("\xff\xfe"),
                                     std::string("nothing like this"),
                                     std::string("'; DROP TABLE document; --"),
                                     std::string(1U << 20U, 'a'),
                                     std::string(1U << 20U, '"'),
                                     words(600000)}) {
        CAPTURE(query.substr(0, 50));
        CHECK(found(db, query).empty());
    }
    CHECK(attest::test::queryInt(db, "SELECT COUNT(*) FROM document") == 1);
}

TEST_CASE("readers search while the writer writes", "[storage][search]") {
    const attest::test::TemporaryFolder folder;
    auto writer = must(Library::open(folder.path() / "l", Access::ReadWrite));
    const std::int64_t a = addText(writer.database(), "a", "alpha");
    auto reader = must(Library::open(folder.path() / "l", Access::ReadOnly));

    CHECK(found(reader.database(), "alp") == Ids{a});
    const std::int64_t b = addText(writer.database(), "b", "alphabet");
    CHECK(found(reader.database(), "alphabet") == Ids{b});
}
