// How models of a library are spoken to: recognised, chosen, kept.
#include "extract/model_choice.h"

#include "extract/chat_formats.h"
#include "extract/resources.h"
#include "storage/library.h"
#include "storage/setting_store.h"
#include "support/catch.h"
#include "support/strange_model.h"

#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>

namespace fs = std::filesystem;
using namespace attest;
using namespace attest::extract;
using Catch::Matchers::Contains;

namespace {

class ModelLibrary {
public:
    ModelLibrary() {
        std::string pattern = (fs::temp_directory_path() / "attest-choice-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        folder = pattern;
        auto opened = storage::Library::open(folder / "library", storage::Access::ReadWrite);
        REQUIRE(opened.ok());
        library.emplace(std::move(opened).value());
    }

    ~ModelLibrary() {
        library.reset();
        fs::remove_all(folder);
    }

    ModelLibrary(const ModelLibrary&) = delete;
    ModelLibrary& operator=(const ModelLibrary&) = delete;

    storage::Database& db() { return library->database(); }

    std::string chosen(const fs::path& path) {
        const auto format = chosenChatFormat(db(), path);
        REQUIRE(format.ok());
        return format.value();
    }

    fs::path folder;
    std::optional<storage::Library> library;
};

} // namespace

TEST_CASE("a card says what an unknown chat template writes", "[extract][model]") {
    const ModelLibrary models;
    const auto card = inspectModel(test::writeStrangeModel(bundledModel().value(), models.folder));

    REQUIRE(card.ok());
    CHECK(card.value().refusal == "");
    CHECK(card.value().chatFormat == "");
    CHECK_THAT(card.value().formatProblem, Contains("'<|turn|>'"));
    const ModelCard kept = cardFromJson(cardToJson(card.value()));
    CHECK(kept.formatProblem == card.value().formatProblem);
}

TEST_CASE("a chosen chat format is kept with its model", "[extract][model]") {
    ModelLibrary models;
    const fs::path path = test::writeStrangeModel(bundledModel().value(), models.folder);
    const auto card = inspectModel(path);
    REQUIRE(card.ok());
    CHECK(models.chosen(path) == "");
    const auto unlisted = chooseChatFormat(models.db(), path, "chatml");
    REQUIRE_FALSE(unlisted.ok());
    CHECK(unlisted.error().code == ErrorCode::NotFound);
    CHECK_THAT(unlisted.error().message, Contains("strange.gguf"));

    REQUIRE(setDefaultModel(models.db(), card.value(), "hash").ok());
    REQUIRE(chooseChatFormat(models.db(), path, "mistral-v3").ok());
    CHECK(models.chosen(path) == "mistral-v3");
    CHECK(models.chosen(bundledModel().value()) == "");

    // Neither making it the default again nor another file at the place forgets it.
    REQUIRE(setDefaultModel(models.db(), card.value(), "hash").ok());
    REQUIRE(setDefaultModel(models.db(), card.value(), "another hash").ok());
    CHECK(models.chosen(path) == "mistral-v3");
    ModelCard other = card.value();
    other.chosenFormat = "zephyr";
    REQUIRE(setDefaultModel(models.db(), other, "another hash").ok());
    CHECK(models.chosen(path) == "zephyr");
    CHECK(storage::userModels(models.db()).value().size() == 1);

    const auto unknown = chooseChatFormat(models.db(), path, "esperanto");
    REQUIRE_FALSE(unknown.ok());
    CHECK_THAT(unknown.error().message, Contains("'esperanto'"));
    CHECK(models.chosen(path) == "zephyr");
    REQUIRE(chooseChatFormat(models.db(), path, "").ok());
    CHECK(models.chosen(path) == "");
}

TEST_CASE("every chat format that can be chosen has a name and a title", "[extract][model]") {
    std::set<std::string> names;
    for (const NamedChatFormat& format : chatFormats()) {
        CHECK_FALSE(format.title.empty());
        CHECK(names.insert(format.name).second);
    }
    CHECK(names.size() == chatFormatNames().size());
    CHECK(names.count("llama3") == 1);
}
