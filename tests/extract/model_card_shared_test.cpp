// Cards of the reference models: each is either run or refused by name.

#include "engine/gguf.h"
#include "engine/model.h"
#include "extract/model_card.h"
#include "support/catch.h"

#include <filesystem>
#include <string>

namespace fs = std::filesystem;
using namespace attest;
using namespace attest::extract;

TEST_CASE("every reference model has a card that agrees with loading it",
          "[extract][model][shared]") {
    std::size_t usable = 0;
    std::size_t refused = 0;
    for (const char* folder : {"fixtures/models", "fixtures/quantized"}) {
        for (const auto& entry :
             fs::recursive_directory_iterator(fs::path(ATTEST_SHARED_DIR) / folder)) {
            if (entry.path().extension() != ".gguf") {
                continue;
            }
            CAPTURE(entry.path().string());
            const auto card = inspectModel(entry.path());
            REQUIRE(card.ok());
            const auto model = engine::Model::load(entry.path());
            CAPTURE(card.value().refusal);
            CHECK(card.value().refusal.empty() == model.ok());
            CHECK_FALSE(card.value().architecture.empty());
            CHECK(card.value().parameterCount > 0);
            CHECK(card.value().contextLength > 0);
            CHECK(card.value().memoryBytes > card.value().fileBytes);
            const bool isOtherKind = card.value().architecture != "llama";
            if (isOtherKind && !card.value().refusal.empty()) {
                CHECK(card.value().refusal.find(card.value().architecture) != std::string::npos);
            }
            if (model.ok()) {
                CHECK(card.value().parameterCount == model.value()->info().parameterCount);
                CHECK(card.value().contextLength == model.value()->info().contextLength);
            }
            ++(model.ok() ? usable : refused);
        }
    }
    CHECK(usable >= 40);
    CHECK(refused == 0); // every family and weight type of the fixtures runs
}
