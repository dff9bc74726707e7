// What a stored run says about how it was computed.
#include "extract/save_result.h"

#include "extract/resources.h"
#include "storage/library.h"
#include "storage/result_store.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

#include <string>

namespace attest::extract {

TEST_CASE("a run remembers the adapters that computed it", "[extract][save]") {
    const test::TemporaryFolder folder;
    auto library = storage::Library::open(folder.path() / "library", storage::Access::ReadWrite);
    REQUIRE(library.ok());
    const auto asked = findTemplate("medications");
    REQUIRE(asked.ok());
    RunOrigin origin;
    origin.fileName = "note";
    origin.templateJson = templateText("medications").value();
    origin.model = {std::string(64, 'a'), "model", "llama", 1};
    origin.adapters = {{"terse.gguf", std::string(64, 'b'), 0.5F},
                       {"dates.gguf", std::string(64, 'c'), -1}};
    ExtractionResult result;
    result.document = readNote("nothing is given");
    result.valuesJson = "{}";

    const auto saved = saveExtraction(library.value().database(), result, asked.value(), origin);

    INFO((saved.ok() ? "" : saved.error().message));
    REQUIRE(saved.ok());
    const auto runs = storage::latestRuns(library.value().database(), {});
    REQUIRE(runs.ok());
    REQUIRE(runs.value().size() == 1);
    CHECK(
        runs.value()[0].run.parametersJson ==
        R"({"threads":0,"context":0,"decode":"fast","adapters":[{"file":"terse.gguf","sha256":")" +
            std::string(64, 'b') + R"(","scale":0.5},{"file":"dates.gguf","sha256":")" +
            std::string(64, 'c') + R"(","scale":-1.0}]})");
}

} // namespace attest::extract
