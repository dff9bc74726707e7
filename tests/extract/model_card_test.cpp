// Cards of small models that the test writes and of the bundled one.

#include "extract/model_card.h"

#include "base/sha256.h"
#include "engine/model.h"
#include "engine/session.h"
#include "engine/thread_pool.h"
#include "engine/tiny_model.h"
#include "support/catch.h"
#include "support/temporary_folder.h"

#include <filesystem>
#include <functional>
#include <string>
#include <sys/stat.h>
#include <vector>

namespace fs = std::filesystem;
using namespace attest;
using namespace attest::extract;
using attest::engine::TensorType;
using attest::test::TemporaryFolder;
using attest::test::TinyModel;

namespace {

fs::path bundled() {
    return fs::path(ATTEST_SOURCE_DIR) / "resources/models/attest-reader-v7.gguf";
}

Result<ModelCard> inspect(const TinyModel& model) {
    const TemporaryFolder folder;
    return inspectModel(folder.write("tiny.gguf", model.bytes()));
}

ModelCard cardOf(const TinyModel& model) {
    auto card = inspect(model);
    if (!card.ok()) {
        FAIL(card.error().message);
    }
    return std::move(card).value();
}

} // namespace

TEST_CASE("the bundled model's card says what it is", "[extract][model]") {
    const auto card = inspectModel(bundled());

    REQUIRE(card.ok());
    CHECK(card.value().name == "Attest Reader");
    CHECK(card.value().architecture == "llama");
    CHECK(card.value().weightType == "Q8_0");
    CHECK(card.value().fileBytes == fs::file_size(bundled()));
    CHECK(card.value().parameterCount > 5'000'000);
    CHECK(card.value().contextLength == 2048);
    CHECK(card.value().chatFormat == "Attest");
    CHECK(card.value().licence == "gpl-3.0-or-later");
    CHECK(card.value().refusal.empty());
    CHECK(memoryFit(card.value()) == MemoryFit::Fits);
}

TEST_CASE("the memory on a card is what a session takes besides the file", "[extract][model]") {
    const auto check = [](const fs::path& path) {
        CAPTURE(path.string());
        const auto card = inspectModel(path);
        const auto model = engine::Model::load(path);
        REQUIRE(card.ok());
        REQUIRE(model.ok());
        engine::ThreadPool pool(1);
        auto session = engine::Session::create(
            model.value(),
            pool,
            {.contextLength = static_cast<std::uint32_t>(
                 std::min<std::uint64_t>(card.value().contextLength, 4096))});
        REQUIRE(session.ok());
        const std::vector<engine::TokenId> token = {1};
        REQUIRE(session.value().append(token).ok());

        const auto taken = double(session.value().memoryBytes());
        const auto said = double(card.value().memoryBytes - card.value().fileBytes);

        // Scratch of the kernels is not counted: it does not grow with the model.
        CHECK(said > 0.7 * taken);
        CHECK(said < 1.2 * taken);
    };
    const TemporaryFolder folder;
    TinyModel deep(TensorType::F16);
    deep.u32("llama.context_length", 9000);

    check(bundled());
    check(folder.write("deep.gguf", deep.bytes()));
}

TEST_CASE("names of a model file are put on one line, licence texts are kept", "[extract][model]") {
    TinyModel model(TensorType::Q8_0);
    model.string("general.name", "Two\nlines\x01 " + std::string(500, 'x'));
    model.string("general.license", "mit");
    model.string("general.license.text", "First line.\nSecond line.");
    TinyModel nameless(TensorType::Q8_0);
    nameless.keys.erase("general.name");

    const ModelCard card = cardOf(model);

    CHECK(card.name.rfind("Two lines  xxx", 0) == 0);
    CHECK(card.name.size() <= 200);
    CHECK(card.licence == "mit");
    CHECK(card.licenceText == "First line.\nSecond line.");
    CHECK(cardOf(nameless).name == "tiny");
}

TEST_CASE("the type of a card is that of most weights", "[extract][model]") {
    const TensorType type = GENERATE(
        TensorType::F16, TensorType::BF16, TensorType::Q4_0, TensorType::Q4_K, TensorType::Q6_K);

    const ModelCard card = cardOf(TinyModel(type));

    CHECK(card.weightType == engine::toString(type));
    CHECK(card.refusal.empty());
}

TEST_CASE("a sound model that cannot be run has a card that says what is unsupported",
          "[extract][model]") {
    struct Case {
        std::function<void(TinyModel&)> change;
        std::string named;
    };

    const std::vector<Case> cases = {
        {[](TinyModel& m) { m.string("general.architecture", "gemma7"); }, "gemma7"},
        {[](TinyModel& m) { m.string("tokenizer.ggml.model", "unigram9"); }, "unigram9"},
        {[](TinyModel& m) { m.tensors.at("blk.0.attn_q.weight").type = 99; }, "type 99"},
        {[](TinyModel& m) { m.tensors["blk.0.extra.weight"] = m.tensors.at("output_norm.weight"); },
         "blk.0.extra.weight"},
    };
    for (const Case& one : cases) {
        CAPTURE(one.named);
        TinyModel model(TensorType::Q8_0);
        one.change(model);
        const ModelCard card = cardOf(model);
        CAPTURE(card.refusal);
        CHECK(card.refusal.find(one.named) != std::string::npos);
        CHECK(card.refusal.find("tiny.gguf") == std::string::npos);
        CHECK(card.refusal.back() == '.');
        CHECK(card.parameterCount > 100'000);
        CHECK(card.weightType == "Q8_0");
    }

    TinyModel old(TensorType::Q8_0);
    std::string bytes = old.bytes();
    bytes[4] = 1; // the version
    const TemporaryFolder folder;
    const auto card = inspectModel(folder.write("old.gguf", bytes));
    REQUIRE(card.ok());
    CHECK(card.value().name == "old");
    CHECK(card.value().refusal.find("version 1") != std::string::npos);
}

TEST_CASE("numbers that nobody can believe do not overflow a card", "[extract][model]") {
    TinyModel model(TensorType::Q8_0);
    model.string("general.architecture", "elsewhere");
    for (const char* key : {"context_length",
                            "embedding_length",
                            "block_count",
                            "feed_forward_length",
                            "attention.head_count"}) {
        model.u32(std::string("elsewhere.") + key, 0xFFFFFFFF);
    }

    const ModelCard card = cardOf(model);

    CHECK(card.memoryBytes > (std::uint64_t{1} << 50U));
    CHECK(memoryFit(card) == MemoryFit::TooBig);
    CHECK_FALSE(card.refusal.empty());
}

TEST_CASE("a damaged model is an error that says where", "[extract][model]") {
    struct Case {
        std::function<void(TinyModel&)> damage;
        std::string named;
    };

    const std::vector<Case> cases = {
        {[](TinyModel& m) { m.u32("general.name", 7); }, "general.name"},
        {[](TinyModel& m) { m.keys.erase("general.architecture"); }, "general.architecture"},
        {[](TinyModel& m) { m.u32("llama.attention.head_count", 0); },
         "llama.attention.head_count"},
        {[](TinyModel& m) { m.tensors.erase("blk.1.ffn_up.weight"); }, "blk.1.ffn_up.weight"},
        {[](TinyModel& m) {
             m.tensors.at("output.weight").shape = {256, 7};
         },
         "output.weight"},
        {[](TinyModel& m) { m.keys.erase("tokenizer.ggml.tokens"); }, "tokenizer.ggml.tokens"},
    };
    for (const Case& one : cases) {
        CAPTURE(one.named);
        TinyModel model(TensorType::F32);
        one.damage(model);
        const auto card = inspect(model);
        REQUIRE_FALSE(card.ok());
        CAPTURE(card.error().message);
        CHECK(card.error().code == ErrorCode::InvalidInput);
        CHECK(card.error().message.find(one.named) != std::string::npos);
        CHECK(card.error().message.find("tiny.gguf") != std::string::npos);
    }

    const TemporaryFolder folder;
    const std::string whole = TinyModel(TensorType::Q8_0).bytes();
    for (std::size_t size = 0; size < whole.size(); size += 1 + size / 3) {
        CAPTURE(size);
        const auto card = inspectModel(folder.write("cut.gguf", whole.substr(0, size)));
        REQUIRE_FALSE(card.ok());
        CHECK(card.error().code == ErrorCode::InvalidInput);
        CHECK(card.error().message.find("cut.gguf") != std::string::npos);
    }
    CHECK(inspectModel(folder.write("text.gguf", "Not a model at all.")).error().code ==
          ErrorCode::InvalidInput);
    CHECK(inspectModel(folder.path() / "none.gguf").error().code == ErrorCode::NotFound);
    CHECK(inspectModel(folder.path()).error().code == ErrorCode::Io);
}

TEST_CASE("memory fits by its share of what is free", "[extract][model]") {
    const std::uint64_t free = availableMemoryBytes();
    REQUIRE(free > (std::uint64_t{64} << 20U));
    ModelCard card;
    const auto fitOf = [&card, free](double share) {
        card.memoryBytes = static_cast<std::uint64_t>(double(free) * share);
        return memoryFit(card);
    };

    // Far from the borders: other programs take and give memory meanwhile.
    CHECK(fitOf(0.3) == MemoryFit::Fits);
    CHECK(fitOf(0.75) == MemoryFit::Tight);
    CHECK(fitOf(1.5) == MemoryFit::TooBig);
}

TEST_CASE("a model's speed is measured on what fits into its context", "[extract][model]") {
    const TemporaryFolder folder;
    const fs::path small = folder.write("small.gguf", TinyModel(TensorType::Q8_0).bytes());

    for (const fs::path& path : {bundled(), small}) {
        CAPTURE(path.string());
        const auto speed = measureModel(path, 1, {});
        REQUIRE(speed.ok());
        CHECK(speed.value().promptTokensPerSecond > 1);
        CHECK(speed.value().answerTokensPerSecond > 1);
    }
}

TEST_CASE("measuring can be cancelled and fails as loading does", "[extract][model]") {
    std::stop_source stop;
    stop.request_stop();

    const auto cancelled = measureModel(bundled(), 1, stop.get_token());
    const auto missing = measureModel("/nowhere.gguf", 1, {});

    REQUIRE_FALSE(cancelled.ok());
    CHECK(cancelled.error().code == ErrorCode::Cancelled);
    REQUIRE_FALSE(missing.ok());
    CHECK(missing.error().code == ErrorCode::NotFound);
}

TEST_CASE("a file's hash is reported on the way and can be cancelled", "[extract][model]") {
    const TemporaryFolder folder;
    const fs::path pipe = folder.path() / "pipe";
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    std::int64_t last = 0;
    std::stop_source stop;
    stop.request_stop();

    const auto hash =
        hashFile(bundled(),
                 [&last](Progress progress) {
                     CHECK(progress.done > last);
                     CHECK(progress.total == static_cast<std::int64_t>(fs::file_size(bundled())));
                     last = progress.done;
                 },
                 {});

    REQUIRE(hash.ok());
    CHECK(hash.value() == sha256OfFile(bundled()).value());
    CHECK(last == static_cast<std::int64_t>(fs::file_size(bundled())));
    CHECK(hashFile(folder.write("empty", ""), {}, {}).value() == sha256Hex(""));
    CHECK(hashFile(bundled(), {}, stop.get_token()).error().code == ErrorCode::Cancelled);
    CHECK(hashFile("/nowhere", {}, {}).error().code == ErrorCode::NotFound);
    CHECK(hashFile(folder.path(), {}, {}).error().code == ErrorCode::Io);
    CHECK(hashFile(pipe, {}, {}).error().code == ErrorCode::Io);
}
