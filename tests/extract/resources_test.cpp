#include "extract/resources.h"

#include "support/catch.h"
#include "support/temporary_folder.h"

#include <cstdlib>
#include <fstream>
#include <set>

using attest::ErrorCode;
using attest::extract::builtInTemplates;
using attest::extract::findTemplate;
using attest::extract::resourceFolder;

namespace {

// Sets ATTEST_RESOURCES for one test.
class ResourcesAt {
public:
    explicit ResourcesAt(const std::filesystem::path& folder) {
        setenv("ATTEST_RESOURCES", folder.c_str(), 1); // NOLINT(concurrency-mt-unsafe)
    }

    ~ResourcesAt() { unsetenv("ATTEST_RESOURCES"); } // NOLINT(concurrency-mt-unsafe)

    ResourcesAt(const ResourcesAt&) = delete;
    ResourcesAt& operator=(const ResourcesAt&) = delete;
};

} // namespace

TEST_CASE("every built-in template is read and has the id of its file", "[extract][resources]") {
    const ResourcesAt source(std::filesystem::path(ATTEST_SOURCE_DIR) / "resources");

    const auto templates = builtInTemplates();

    REQUIRE(templates.ok());
    std::set<std::string> ids;
    for (const auto& one : templates.value()) {
        CAPTURE(one.id());
        ids.insert(one.id());
        CHECK_FALSE(one.title().empty());
        CHECK_FALSE(one.fields().empty());
        CHECK(findTemplate(one.id()).value().sha256() == one.sha256());
    }
    for (const char* id : {"medications",
                           "laboratory_results",
                           "vital_signs",
                           "problems",
                           "allergies",
                           "patient_header",
                           "discharge_summary",
                           "radiology_report",
                           "invoice",
                           "contract",
                           "questions",
                           "summary"}) {
        CAPTURE(id);
        CHECK(ids.count(id) == 1);
    }
}

TEST_CASE("an unknown template id is answered with the ids there are", "[extract][resources]") {
    const ResourcesAt source(std::filesystem::path(ATTEST_SOURCE_DIR) / "resources");

    const auto found = findTemplate("medication");

    REQUIRE_FALSE(found.ok());
    CHECK(found.error().code == ErrorCode::NotFound);
    CHECK_THAT(found.error().message, Catch::Matchers::Contains("medications, "));
}

TEST_CASE("a template of one's own is found by its path", "[extract][resources]") {
    const attest::test::TemporaryFolder folder;
    const auto path = folder.path() / "mine.json";
    std::ofstream(path) << R"({"$id":"attest:mine","title":"Mine","type":"object",)"
                           R"("properties":{"a":{"type":["string","null"]}},"required":["a"]})";

    const auto found = findTemplate(path.string());

    REQUIRE(found.ok());
    CHECK(found.value().id() == "mine");
    CHECK(findTemplate((folder.path() / "other.json").string()).error().code ==
          ErrorCode::NotFound);
}

TEST_CASE("a resources folder that is not one is refused by name", "[extract][resources]") {
    const attest::test::TemporaryFolder empty;
    const ResourcesAt nowhere(empty.path());

    const auto folder = resourceFolder();

    REQUIRE_FALSE(folder.ok());
    CHECK_THAT(folder.error().message, Catch::Matchers::Contains(empty.path().string()));
}
