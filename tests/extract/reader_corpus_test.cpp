// Documents of many origins through the real reader: each ends in a status, none of them breaks the
// seal, and every page text has the promised form.

#include "base/utf8.h"
#include "extract/document_reader.h"
#include "support/catch.h"

#include <algorithm>
#include <filesystem>
#include <regex>
#include <string>
#include <vector>

namespace fs = std::filesystem;
using namespace attest;
using namespace attest::extract;

TEST_CASE("a sample of odd PDFs ends in statuses and page texts of the promised form",
          "[extract][reader][shared]") {
    std::vector<fs::path> files;
    for (const char* folder : {"data/pdf", "data/tables"}) {
        for (const auto& entry :
             fs::recursive_directory_iterator(fs::path(ATTEST_SHARED_DIR) / folder)) {
            if (entry.path().extension() == ".pdf") {
                files.push_back(entry.path());
            }
        }
    }
    std::sort(files.begin(), files.end());
    REQUIRE(files.size() > 1000);
    ReaderOptions options;
    options.readerProgram = fs::read_symlink("/proc/self/exe").parent_path() / "attest-reader";
    options.cpuSeconds = 5;
    const std::regex broken("   |\n\n\n|^[ \n]|[ ]\n|\n[ ]|[ ]$|\n$|[\t\r\f]");
    std::size_t readable = 0;

    for (std::size_t i = 0; i < files.size(); i += 20) {
        CAPTURE(files[i].string());
        const auto read = readDocument(files[i], options, {}, {});
        REQUIRE(read.ok());
        const DocumentText& document = read.value();
        CHECK(toString(document.status) != "reader-failed");
        readable += document.status == ReadStatus::Ok ? 1U : 0U;
        for (const PageText& page : document.pages) {
            // std::regex recurses by character: long pages are checked in parts.
            for (std::size_t at = 0; at < page.text.size(); at += 2000) {
                const std::string part = page.text.substr(at, 2000);
                const bool isEdge = at > 0 || at + 2000 < page.text.size();
                CHECK((isEdge || !std::regex_search(part, broken)));
                CHECK(part.find("   ") == std::string::npos);
                CHECK(part.find("\n\n\n") == std::string::npos);
                CHECK(part.find(" \n") == std::string::npos);
                CHECK(part.find("\n ") == std::string::npos);
            }
            CHECK(isValidUtf8(page.text));
            CHECK(page.boxes.size() == codePointCount(page.text));
        }
    }
    CHECK(readable > 50);
}
