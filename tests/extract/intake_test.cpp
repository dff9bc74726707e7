#include "extract/intake.h"

#include "base/sha256.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <sys/stat.h>

namespace attest::extract {

namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;

FoundFiles find(const std::vector<fs::path>& paths, FolderDepth depth = FolderDepth::Recursive) {
    auto found = findDocuments(paths, depth, [](Progress) {}, {});
    REQUIRE(found.ok());
    return std::move(found).value();
}

} // namespace

TEST_CASE("A folder gives its documents, each with its place inside", "[extract][intake]") {
    const TemporaryFolder folder;
    folder.write("ward/b.txt", "b");
    folder.write("ward/march/a.pdf", "%PDF-1.4");
    folder.write("ward/march/.hidden.txt", "h");
    folder.write("ward/.git/c.txt", "c");
    folder.write("ward/letter.docx", "PK");
    folder.write("ward/other.docx", "PK");
    fs::create_directory_symlink(folder.path() / "ward", folder.path() / "ward" / "loop");

    const FoundFiles all = find({folder.path() / "ward"});
    const FoundFiles top = find({folder.path() / "ward" / ""}, FolderDepth::TopOnly);

    REQUIRE(all.files.size() == 2);
    CHECK(all.files[0].path == folder.path() / "ward/b.txt");
    CHECK(all.files[0].collection == "ward");
    CHECK(all.files[0].folder.empty());
    CHECK(all.files[1].path == folder.path() / "ward/march/a.pdf");
    CHECK(all.files[1].folder == "march");
    CHECK(all.skipped.at(".docx") == 2);
    CHECK(all.refused.empty());
    REQUIRE(top.files.size() == 1);
    CHECK(top.files[0].collection == "ward");
}

TEST_CASE("What is no file is refused with a reason and the rest goes on", "[extract][intake]") {
    const TemporaryFolder folder;
    const fs::path note = folder.write("note.txt", "text");
    const fs::path pipe = folder.path() / "pipe";
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);

    const FoundFiles found = find({folder.path() / "gone.pdf", pipe, "/dev/zero", note, note});

    REQUIRE(found.files.size() == 1);
    CHECK(found.files[0].path == note);
    CHECK(found.files[0].collection.empty());
    REQUIRE(found.refused.size() == 3);
    CHECK(found.refused[0].reason == "is not there");
    CHECK(found.refused[1].reason == "is not a file");
    CHECK(found.refused[2].reason == "is not a file");
}

TEST_CASE("A document is known by its bytes", "[extract][intake]") {
    const TemporaryFolder folder;
    const fs::path pdf = folder.write("scan", "%PDF-1.4 whatever");
    const fs::path note = folder.write("note.txt", "Aspirin 100 mg");

    const auto asPdf = identify({pdf, "ward", "march"}, {});
    const auto asNote = identify({note, "", ""}, {});

    REQUIRE(asPdf.ok());
    REQUIRE(asPdf.value().size() == 1);
    CHECK(asPdf.value()[0].kind == "pdf");
    CHECK(asPdf.value()[0].sha256 == sha256Hex("%PDF-1.4 whatever"));
    CHECK(asPdf.value()[0].collection == "ward");
    CHECK(asPdf.value()[0].folder == "march");
    CHECK(asPdf.value()[0].path == pdf.string());
    CHECK(asPdf.value()[0].content.empty());
    REQUIRE(asNote.ok());
    CHECK(asNote.value()[0].kind == "text");
    CHECK(asNote.value()[0].byteSize == 14);
}

TEST_CASE("What is not a document says so with its name", "[extract][intake]") {
    const TemporaryFolder folder;
    const fs::path zip = folder.write("letter.docx", std::string("PK\x03\x04\0\0\0\0", 8));
    const fs::path empty = folder.write("empty.pdf", "");

    const auto binary = identify({zip, "", ""}, {});
    const auto nothing = identify({empty, "", ""}, {});
    const auto gone = identify({folder.path() / "gone.txt", "", ""}, {});

    REQUIRE_FALSE(binary.ok());
    CHECK(binary.error().code == ErrorCode::Unsupported);
    CHECK(binary.error().message == "'letter.docx' is neither a PDF nor a text");
    REQUIRE_FALSE(nothing.ok());
    CHECK(nothing.error().message == "'empty.pdf' is empty");
    REQUIRE_FALSE(gone.ok());
    CHECK(gone.error().code == ErrorCode::NotFound);
}

TEST_CASE("Each line of a file of notes is a document of its own", "[extract][intake]") {
    const TemporaryFolder folder;
    const fs::path notes = folder.write(
        "notes.jsonl", "{\"id\":\"n1\",\"text\":\"First\"}\n{\"id\":\"n2\",\"text\":\"Second\"}\n");

    const auto sources = identify({notes, "", ""}, {});

    REQUIRE(sources.ok());
    REQUIRE(sources.value().size() == 2);
    CHECK(sources.value()[0].fileName == "notes.jsonl#n1");
    CHECK(sources.value()[0].content == "First");
    CHECK(sources.value()[0].path.empty());
    CHECK(sources.value()[1].collection == "notes.jsonl");
}

TEST_CASE("Pasted white space is no note", "[extract][intake]") {
    CHECK_FALSE(noteSource(" \n\t ", "Note").ok());
    REQUIRE(noteSource("Aspirin", "Note").ok());
}

} // namespace attest::extract
