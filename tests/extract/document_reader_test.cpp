// With the real attest-reader and the real Poppler, and with readers that misbehave.

#include "extract/document_reader.h"

#include "base/sha256.h"
#include "extract/reader_support.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <sys/stat.h>

namespace fs = std::filesystem;
using namespace attest;
using namespace attest::extract;
using namespace attest::test;

namespace {

DocumentText read(const fs::path& path, const ReaderOptions& options = realReader()) {
    CAPTURE(path.string());
    auto text = readDocument(path, options, {}, {});
    if (!text.ok()) {
        FAIL(text.error().message);
    }
    return std::move(text).value();
}

std::string allText(const DocumentText& document) {
    std::string text;
    for (const PageText& page : document.pages) {
        text += page.text + "\f";
    }
    return text;
}

// Reads the plain PDF through tests/extract/hostile_reader.cpp.
DocumentText readThrough(const std::string& misbehaviour) {
    const TemporaryFolder folder;
    fs::create_symlink(programFolder() / "hostile_reader", folder.path() / misbehaviour);
    ReaderOptions options;
    options.readerProgram = folder.path() / misbehaviour;
    options.wallSeconds = misbehaviour == "sleeper" ? 1 : 60;
    return read(dataFile("plain.pdf"), options);
}

} // namespace

TEST_CASE("a PDF is read with the place of every character", "[extract][reader]") {
    const DocumentText document = read(dataFile("plain.pdf"));

    CHECK(document.status == ReadStatus::Ok);
    CHECK(document.message.empty());
    CHECK(document.kind == "pdf");
    CHECK(document.sha256 == sha256OfFile(dataFile("plain.pdf")).value());
    CHECK(document.fileBytes == fs::file_size(dataFile("plain.pdf")));
    REQUIRE(document.pages.size() == 1);
    const PageText& page = document.pages[0];
    CHECK(page.text == "Metformin 500 mg\nLisinopril 10 mg");
    CHECK(page.boxes.size() == page.text.size());
    CHECK(page.widthPoints == 612);
    CHECK(page.heightPoints == 792);
    // "Metformin" begins 72 points from the left; its baseline is 92 points from the top.
    const auto boxes = boxesOf(page, 0, 9);
    REQUIRE(boxes.size() == 1);
    CHECK_THAT(boxes[0].left, Catch::Matchers::WithinAbs(72.0 / 612, 0.005));
    CHECK(boxes[0].top < 92.0F / 792);
    CHECK(boxes[0].bottom > 92.0F / 792);
}

TEST_CASE("turned and cropped pages give the same text, with boxes on the page as displayed",
          "[extract][reader]") {
    const DocumentText turned = read(dataFile("rotated.pdf"));
    const DocumentText cropped = read(dataFile("cropped.pdf"));

    REQUIRE(turned.pages.size() == 1);
    CHECK(turned.pages[0].text == "Metformin 500 mg\nLisinopril 10 mg");
    CHECK(turned.pages[0].widthPoints == 792);
    const auto turnedBox = boxesOf(turned.pages[0], 0, 9).at(0);
    CHECK(turnedBox.left > 0.8F); // the page was turned clockwise: its top is at the right
    CHECK(turnedBox.bottom - turnedBox.top > turnedBox.right - turnedBox.left);
    REQUIRE(cropped.pages.size() == 1);
    CHECK(cropped.pages[0].text == "Metformin 500 mg\nLisinopril 10 mg");
    CHECK(cropped.pages[0].widthPoints == 350);
    CHECK_THAT(boxesOf(cropped.pages[0], 0, 9).at(0).left,
               Catch::Matchers::WithinAbs(22.0 / 350, 0.005));
}

TEST_CASE("text that cannot be seen for its size or place is not read", "[extract][reader]") {
    CHECK(read(dataFile("tiny_and_off_page.pdf")).pages.at(0).text ==
          "Metformin 500 mg\nLisinopril 10 mg");
}

TEST_CASE("fonts that claim to have no height are read like others", "[extract][reader]") {
    const DocumentText document = read(dataFile("flat_font.pdf"));

    REQUIRE(document.pages.size() == 1);
    CHECK(document.pages[0].text == "Metformin 500 mg\nLisinopril 10 mg");
    const auto box = boxesOf(document.pages[0], 0, 9).at(0);
    CHECK((box.bottom - box.top) * document.pages[0].heightPoints > 5);
}

TEST_CASE("typography is folded and words cut by a line end are joined when they stand elsewhere",
          "[extract][reader]") {
    CHECK(read(dataFile("typography.pdf")).pages.at(0).text ==
          "\"Caf\xC3\xA9\" - it's information;\ninformation stands here.\nA well-\nknown drug.");
}

TEST_CASE("Japanese text with a predefined CMap is read inside the seal", "[extract][reader]") {
    if (!fs::exists("/usr/share/poppler/cMap/Adobe-Japan1/90ms-RKSJ-H")) {
        WARN("poppler-data is not installed");
        return;
    }
    const DocumentText document = read(dataFile("cjk.pdf"));

    CHECK(document.status == ReadStatus::Ok);
    CHECK(allText(document) == "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\f");
}

TEST_CASE("each way in which a PDF has no text has its own status", "[extract][reader]") {
    const TemporaryFolder folder;
    const std::string plain = [] {
        std::stringstream bytes;
        bytes << std::ifstream(dataFile("plain.pdf"), std::ios::binary).rdbuf();
        return bytes.str();
    }();

    struct Case {
        fs::path path;
        ReadStatus status;
    };

    const std::array cases = {
        Case{dataFile("user_password.pdf"), ReadStatus::PasswordNeeded},
        Case{dataFile("owner_password.pdf"), ReadStatus::Ok},
        Case{dataFile("picture_only.pdf"), ReadStatus::NoText},
        Case{dataFile("zero_pages.pdf"), ReadStatus::Empty},
        Case{dataFile("truncated.pdf"), ReadStatus::Damaged},
        Case{dataFile("damaged_page.pdf"), ReadStatus::Partial},
        Case{sample("scanned_page.pdf"), ReadStatus::NoText},
        Case{folder.write("empty.pdf", ""), ReadStatus::Empty},
        Case{folder.write("html.pdf", "<html><body>Not found</body></html>"), ReadStatus::Damaged},
        Case{folder.write("garbage.pdf", std::string(5000, '\xA7')), ReadStatus::Damaged},
        Case{folder.write("cut.pdf", plain.substr(0, plain.size() / 2)), ReadStatus::Damaged},
    };
    for (const Case& one : cases) {
        CAPTURE(one.path.string());
        const DocumentText document = read(one.path);
        CHECK(toString(document.status) == toString(one.status));
        CHECK(document.message.empty() == (one.status == ReadStatus::Ok));
        CHECK(document.kind == "pdf");
        CHECK(document.sha256.size() == 64);
    }
}

TEST_CASE("a PDF cut at any byte ends in a status", "[extract][reader]") {
    std::stringstream bytes;
    bytes << std::ifstream(dataFile("plain.pdf"), std::ios::binary).rdbuf();
    const std::string plain = bytes.str();
    const TemporaryFolder folder;
    for (std::size_t size = 1; size < plain.size(); size += 41) {
        CAPTURE(size);
        const DocumentText document = read(folder.write("cut.pdf", plain.substr(0, size)));
        CHECK(document.status != ReadStatus::ReaderFailed);
    }
}

TEST_CASE("documents that would never end are stopped by a limit", "[extract][reader]") {
    ReaderOptions options = realReader();

    SECTION("processor time") {
        options.cpuSeconds = 1;
        const DocumentText document = read(dataFile("form_laughs.pdf"), options);
        CHECK(toString(document.status) == "too-large");
        CHECK(document.message.find("1 second") != std::string::npos);
    }
    SECTION("wall-clock time") {
        options.wallSeconds = 1;
        const DocumentText document = read(dataFile("form_laughs.pdf"), options);
        CHECK(toString(document.status) == "too-large");
    }
    SECTION("memory") {
        options.memoryBytes = 200ULL << 20U;
        const DocumentText document = read(dataFile("nest_q.pdf"), options);
        CHECK(toString(document.status) == "too-large");
        CHECK(document.message.find("memory") != std::string::npos);
    }
}

TEST_CASE("files and documents beyond their limits are refused", "[extract][reader]") {
    ReaderOptions options = realReader();

    SECTION("bytes") {
        options.maxFileBytes = 100;
        const DocumentText document = read(dataFile("plain.pdf"), options);
        CHECK(document.status == ReadStatus::TooLarge);
        CHECK(document.sha256 == sha256OfFile(dataFile("plain.pdf")).value());
    }
    SECTION("pages") {
        options.maxPages = 39;
        CHECK(read(sample("patient_record.pdf"), options).status == ReadStatus::TooLarge);
    }
    SECTION("text: the pages before are kept") {
        options.maxTextBytes = 5000;
        const DocumentText document = read(sample("patient_record.pdf"), options);
        CHECK(document.status == ReadStatus::Partial);
        CHECK(document.pages.size() > 2);
        CHECK(document.pages.size() < 40);
        CHECK(document.message.find("of 40 pages") != std::string::npos);
    }
}

TEST_CASE("files that are no documents are errors", "[extract][reader]") {
    const TemporaryFolder folder;
    const fs::path pipe = folder.path() / "pipe.pdf";
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);

    const auto missing = readDocument(folder.path() / "none.pdf", realReader(), {}, {});
    const auto directory = readDocument(folder.path(), realReader(), {}, {});
    const auto fifo = readDocument(pipe, realReader(), {}, {});
    const auto binary = readDocument(
        folder.write("x.png", std::string("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0", 24)),
        realReader(),
        {},
        {});

    REQUIRE_FALSE(missing.ok());
    CHECK(missing.error().code == ErrorCode::NotFound);
    REQUIRE_FALSE(directory.ok());
    CHECK(directory.error().code == ErrorCode::Io);
    REQUIRE_FALSE(fifo.ok());
    CHECK(fifo.error().code == ErrorCode::Io);
    REQUIRE_FALSE(binary.ok());
    CHECK(binary.error().code == ErrorCode::Unsupported);
    CHECK(binary.error().message.find("x.png") != std::string::npos);
}

TEST_CASE("reading reports every page and can be cancelled", "[extract][reader]") {
    std::vector<std::int64_t> pages;
    const auto whole = readDocument(sample("patient_record.pdf"),
                                    realReader(),
                                    [&pages](Progress progress) {
                                        CHECK(progress.total == 40);
                                        pages.push_back(progress.done);
                                    },
                                    {});
    std::stop_source source;
    source.request_stop();
    const auto cancelled =
        readDocument(dataFile("plain.pdf"), realReader(), {}, source.get_token());
    std::stop_source later;
    const auto cancelledLater = readDocument(
        sample("patient_record.pdf"),
        realReader(),
        [&later](Progress) { later.request_stop(); },
        later.get_token());

    REQUIRE(whole.ok());
    REQUIRE(pages.size() == 40);
    CHECK(pages.front() == 1);
    CHECK(pages.back() == 40);
    REQUIRE_FALSE(cancelled.ok());
    CHECK(cancelled.error().code == ErrorCode::Cancelled);
    // Pages that arrived together are taken together, so the last ones may win the race.
    if (!cancelledLater.ok()) {
        CHECK(cancelledLater.error().code == ErrorCode::Cancelled);
    }
}

TEST_CASE("a reader that breaks its protocol is found out", "[extract][reader]") {
    CHECK(readThrough("honest").status == ReadStatus::Ok);
    CHECK(allText(readThrough("honest")) == "Aspirin\f");
    const std::string how = GENERATE("bad_magic",
                                     "bad_version",
                                     "bad_checksum",
                                     "bad_type",
                                     "huge_length",
                                     "many_pages",
                                     "out_of_order",
                                     "page_before_begin",
                                     "bad_utf8",
                                     "bad_count",
                                     "nan_box",
                                     "outside_box",
                                     "nan_page",
                                     "bad_turns",
                                     "many_words",
                                     "trailing_bytes",
                                     "silent",
                                     "endless",
                                     "endless_empty",
                                     "bad_failure");
    CAPTURE(how);

    const DocumentText document = readThrough(how);

    CHECK(toString(document.status) == "reader-failed");
    CHECK_FALSE(document.message.empty());
    CHECK(document.pages.empty());
}

TEST_CASE("pages before a reader's failure are kept and called partial", "[extract][reader]") {
    const std::string how = GENERATE(
        "no_trailer", "wrong_trailer", "too_many_pages_sent", "after_trailer", "crash_on_page_two");
    CAPTURE(how);

    const DocumentText document = readThrough(how);

    CHECK(toString(document.status) == "partial");
    CHECK(allText(document) == "Aspirin\f");
    CHECK(document.message.rfind("Only the first 1 of", 0) == 0);
}

TEST_CASE("each end of a reader has its own message", "[extract][reader]") {
    CHECK(readThrough("sleeper").status == ReadStatus::TooLarge);
    CHECK(readThrough("out_of_time").status == ReadStatus::TooLarge);
    CHECK(readThrough("out_of_memory").status == ReadStatus::TooLarge);
    CHECK(readThrough("segfault").message.find("SIGSEGV") != std::string::npos);
    CHECK(readThrough("abort").message.find("SIGABRT") != std::string::npos);
    CHECK(readThrough("sigsys").message.find("seal forbids") != std::string::npos);
    CHECK(readThrough("no_seal").message.find("seccomp") != std::string::npos);
    CHECK(readThrough("canary_failed").message.find("self-test") != std::string::npos);
    ReaderOptions missing;
    missing.readerProgram = "/nonexistent/attest-reader";
    CHECK(read(dataFile("plain.pdf"), missing).status == ReadStatus::ReaderFailed);
}

TEST_CASE("every sample document is read as it is meant to be", "[extract][reader][samples]") {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(sample(""))) {
        const std::string extension = entry.path().extension().string();
        if (extension != ".pdf" && extension != ".txt" && extension != ".md") {
            continue;
        }
        CAPTURE(entry.path().string());
        ++count;
        const DocumentText document = read(entry.path());
        const bool isScan = entry.path().filename() == "scanned_page.pdf";
        CHECK(document.status == (isScan ? ReadStatus::NoText : ReadStatus::Ok));
    }
    CHECK(count >= 10);

    const std::string lab = allText(read(sample("lab_report.pdf")));
    CHECK(lab.find("\nTest  Result  Flag  Reference range  Units\n") != std::string::npos);
    CHECK(lab.find("\nPotassium  5.3  H  3.5-5.1  mmol/L\n") != std::string::npos);
    const std::string columns = allText(read(sample("lab_report_two_columns.pdf")));
    CHECK(columns.find("no action of its\nown. The white cells") != std::string::npos);
    CHECK(columns.find("Ferritin\nwas measured by immunoassay") != std::string::npos);
    CHECK(columns.find("Haemoglobin  98  L  120-150  g/L") != std::string::npos);
    const std::string list = allText(read(sample("medication_list.pdf")));
    CHECK(list.find("\n1. Apixaban 5 mg PO twice daily for atrial fibrillation\n") !=
          std::string::npos);
    CHECK(read(sample("patient_record.pdf")).pages.size() == 40);
}

TEST_CASE("every gold value of the samples stands in its document's page text",
          "[extract][reader][samples]") {
    // Strings of the gold files without a JSON reader: none of them needs an escape.
    for (const std::string name : {"medications", "laboratory_results", "invoice"}) {
        std::ifstream gold(sample("gold/" + name + ".jsonl"));
        std::string line;
        std::size_t lines = 0;
        while (std::getline(gold, line)) {
            ++lines;
            const std::string mark = "{\"file\":\"";
            REQUIRE(line.rfind(mark, 0) == 0);
            REQUIRE(line.find('\\') == std::string::npos);
            const std::string file =
                line.substr(mark.size(), line.find('"', mark.size()) - mark.size());
            const std::string text = spanValue(allText(read(sample(file))));
            std::size_t values = 0;
            for (std::size_t at = line.find(":\"", mark.size()); at != std::string::npos;
                 at = line.find(":\"", at + 2)) {
                const std::string value = line.substr(at + 2, line.find('"', at + 2) - at - 2);
                const bool isStatus =
                    line.compare(at - 8, 8, "\"status\"") == 0; // judged, not in the text
                if (isStatus) {
                    continue;
                }
                CAPTURE(file, value);
                bool isFound = false;
                for (std::size_t place = text.find(value); place != std::string::npos && !isFound;
                     place = text.find(value, place + 1)) {
                    isFound = isWordStart(text, place) && isWordEnd(text, place + value.size());
                }
                CHECK(isFound);
                ++values;
            }
            CHECK(values > 10);
        }
        CHECK(lines > 0);
    }
}

TEST_CASE("the reader program is found beside this one", "[extract][reader]") {
    const auto found = findReaderProgram();

    REQUIRE(found.ok());
    CHECK(found.value().filename() == "attest-reader");
}
