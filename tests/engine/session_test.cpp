#include "engine/session.h"

#include "engine/kernels/choose.h"
#include "engine/model_support.h"
#include "engine/tiny_model.h"

#include <chrono>
#include <thread>

using namespace attest;
using namespace attest::engine;
using namespace attest::test;

namespace {

std::shared_ptr<const Model> tinyModel(TensorType type = TensorType::Q8_0) {
    const TemporaryFile file(TinyModel(type).bytes());
    return loadModel(file.path()); // the mapping outlives the name
}

} // namespace

TEST_CASE("logits are the same bytes for every batch split and thread count",
          "[engine][session][row_invariance]") {
    std::vector<TensorType> types(std::begin(kQuantTypes), std::end(kQuantTypes));
    types.insert(types.end(), {TensorType::F32, TensorType::F16, TensorType::BF16});
    const TensorType type = GENERATE_COPY(from_range(types));
    const auto model = tinyModel(type);
    for (const Isa isa : availableIsas()) {
        const IsaScope scope(isa);
        // The plain kernels take long in debug builds.
        const bool isReference = isa == Isa::Reference;
        const std::vector<TokenId> tokens = someTokens(isReference ? 9 : 45);
        std::vector<float> expected;
        for (const std::size_t threads : {1U, 2U, 4U}) {
            ThreadPool pool(threads);
            for (const std::size_t step :
                 {tokens.size(), std::size_t(1), std::size_t(3), std::size_t(7)}) {
                if (isReference && threads != 2 && step != tokens.size()) {
                    continue;
                }
                CAPTURE(toString(type), toString(isa), threads, step);
                Session session = createSession(model, pool);
                const std::vector<float> logits = logitsInSteps(session, tokens, step);
                if (expected.empty()) {
                    expected = logits;
                    REQUIRE(std::isfinite(logits.back()));
                }
                CHECK(sameBytes(logits, expected));
            }
        }
        ThreadPool pool(2);
        Session session = createSession(model, pool, {.contextLength = 64, .batchSize = 5});
        CHECK(sameBytes(allLogits(session, tokens), expected));
    }
}

TEST_CASE("logits are the same bytes wherever the weights lie, in every set", "[engine][session]") {
    ThreadPool pool(2);
    for (const TensorType type : {TensorType::Q8_0,
                                  TensorType::Q4_K,
                                  TensorType::Q2_K,
                                  TensorType::IQ3_S,
                                  TensorType::TQ1_0,
                                  TensorType::TQ2_0,
                                  TensorType::I2_S,
                                  TensorType::MXFP4}) {
        const TemporaryFile file(TinyModel(type).bytes());
        for (const Isa isa : availableIsas()) {
            CAPTURE(toString(type), toString(isa));
            const IsaScope scope(isa);
            std::vector<std::vector<float>> logits;
            for (const WeightPlace place :
                 {WeightPlace::Automatic, WeightPlace::Mapping, WeightPlace::Memory}) {
                const auto model = Model::load(file.path(), place);
                REQUIRE(model.ok());
                Session session = createSession(model.value(), pool);
                logits.push_back(allLogits(session, someTokens(9)));
            }
            CHECK(sameBytes(logits[1], logits[0]));
            CHECK(sameBytes(logits[2], logits[0]));
        }
    }
}

TEST_CASE("a model in memory serves the instruction set that it was loaded for",
          "[engine][session]") {
    const TemporaryFile file(TinyModel(TensorType::Q8_0).bytes());
    ThreadPool pool(1);
    for (const Isa loaded : availableIsas()) {
        Result<std::shared_ptr<const Model>> model = [&] {
            const IsaScope scope(loaded);
            return Model::load(file.path(), WeightPlace::Memory);
        }();
        REQUIRE(model.ok());
        for (const Isa isa : availableIsas()) {
            CAPTURE(toString(loaded), toString(isa));
            const IsaScope scope(isa);
            const auto session = Session::create(model.value(), pool, {});
            const std::size_t panelRows = kernels(loaded).panelRows;
            const bool fits = panelRows == 0 || panelRows == kernels(isa).panelRows;
            CHECK(session.ok() == fits);
            if (!session.ok()) {
                CHECK(session.error().code == ErrorCode::Unsupported);
            }
        }
    }
}

TEST_CASE("all instruction sets agree", "[engine][session]") {
    const auto model = tinyModel(TensorType::Q4_K);
    ThreadPool pool(2);
    std::vector<float> expected;
    for (const Isa isa : availableIsas()) {
        CAPTURE(toString(isa));
        const IsaScope scope(isa);
        Session session = createSession(model, pool);
        const std::vector<float> logits = allLogits(session, someTokens(20));
        if (expected.empty()) {
            expected = logits;
        }
        // Attention and norms round differently, and a rounding can move an 8-bit activation.
        CHECK(normalisedError(logits, expected) < 1e-4);
    }
}

TEST_CASE("the last rows are the end of all rows", "[engine][session]") {
    const auto model = tinyModel();
    ThreadPool pool(2);
    const std::vector<TokenId> tokens = someTokens(23);
    Session whole = createSession(model, pool);
    const std::vector<float> all = allLogits(whole, tokens);
    const std::size_t vocabulary = model->info().vocabularySize;
    for (const std::size_t rows :
         {std::size_t(0), std::size_t(1), std::size_t(6), std::size_t(12)}) {
        CAPTURE(rows);
        Session session = createSession(model, pool, {.contextLength = 0, .batchSize = 10});

        const auto logits = session.appendRows(tokens, rows);

        REQUIRE(logits.ok());
        CHECK(sameBytes(logits.value(), std::span(all).last(rows * vocabulary)));
        CHECK(session.length() == tokens.size());
    }
}

TEST_CASE("truncating and appending again gives the same bytes", "[engine][session]") {
    const auto model = tinyModel();
    ThreadPool pool(2);
    const std::vector<TokenId> tokens = someTokens(30);
    Session session = createSession(model, pool);
    const std::vector<float> first = allLogits(session, tokens);
    const std::size_t vocabulary = model->info().vocabularySize;

    session.truncate(13);
    CHECK(session.length() == 13);
    REQUIRE(
        session.append(std::vector<TokenId>(7, 5)).ok()); // other tokens over the same positions
    session.truncate(13);
    const std::vector<float> second = allLogits(session, std::span(tokens).subspan(13));

    CHECK(sameBytes(second, std::span(first).subspan(13 * vocabulary)));
    CHECK(std::vector<TokenId>(session.tokens().begin(), session.tokens().end()) == tokens);
    session.truncate(0);
    CHECK(sameBytes(allLogits(session, tokens), first));
}

TEST_CASE("keys and values may be kept in any type", "[engine][session][row_invariance]") {
    const auto model = tinyModel(TensorType::F32);
    const std::vector<TokenId> tokens = someTokens(40);
    for (const Isa isa : availableIsas()) {
        const IsaScope scope(isa);
        ThreadPool pool(2);
        Session exact = createSession(model, pool);
        const std::vector<float> expected = allLogits(exact, tokens);
        for (const KvType type : {KvType::F32, KvType::F16, KvType::Q8_0}) {
            CAPTURE(toString(isa), int(type));
            Session session = createSession(model, pool, {.kvType = type});
            const std::vector<float> logits = allLogits(session, tokens);

            // 11 bits; 8 bits beside the largest of 32.
            const double limit = type == KvType::F32 ? 0 : type == KvType::F16 ? 1e-6 : 1e-3;
            CHECK(normalisedError(logits, expected) <= limit);
            CHECK(session.memoryBytes() <= exact.memoryBytes());
            session.truncate(17);
            const std::vector<float> again =
                logitsInSteps(session, std::span(tokens).subspan(17), 3);
            CHECK(sameBytes(again, std::span(logits).subspan(17 * logits.size() / tokens.size())));
        }
    }
}

TEST_CASE("a full context refuses the call and changes nothing", "[engine][session]") {
    const auto model = tinyModel();
    ThreadPool pool(1);
    const std::vector<TokenId> tokens = someTokens(20);
    Session session = createSession(model, pool, {.contextLength = 20, .batchSize = 512});
    REQUIRE(session.append(std::span(tokens).first(15)).ok());

    const auto refused = session.append(std::span(tokens).first(6));

    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::OutOfResources);
    CHECK(session.length() == 15);
    const auto rest = session.append(std::span(tokens).subspan(15));
    REQUIRE(rest.ok());
    Session fresh = createSession(model, pool);
    CHECK(sameBytes(rest.value(), fresh.append(tokens).value()));
    CHECK_FALSE(session.append(std::span(tokens).first(1)).ok());
}

TEST_CASE("a token outside the vocabulary refuses the call and changes nothing",
          "[engine][session]") {
    const auto model = tinyModel();
    ThreadPool pool(1);
    Session session = createSession(model, pool);
    for (const TokenId bad : {-1, int(TinyModel::kVocabulary), std::numeric_limits<int>::max()}) {
        CAPTURE(bad);
        const auto refused = session.append(std::vector<TokenId>{1, bad});
        REQUIRE_FALSE(refused.ok());
        CHECK(refused.error().code == ErrorCode::InvalidInput);
        CHECK(session.length() == 0);
    }
}

TEST_CASE("a cancelled call leaves the sequence as it was", "[engine][session]") {
    const auto model = tinyModel();
    ThreadPool pool(2);
    const std::vector<TokenId> tokens = someTokens(40);
    Session session = createSession(model, pool);
    REQUIRE(session.append(std::span(tokens).first(10)).ok());
    std::stop_source stop;
    stop.request_stop();

    const auto cancelled = session.append(std::vector<TokenId>(25, 7), stop.get_token());

    REQUIRE_FALSE(cancelled.ok());
    CHECK(cancelled.error().code == ErrorCode::Cancelled);
    CHECK(session.length() == 10);
    const std::vector<float> rest = allLogits(session, std::span(tokens).subspan(10));
    Session fresh = createSession(model, pool);
    const std::vector<float> all = allLogits(fresh, tokens);
    CHECK(sameBytes(rest, std::span(all).last(rest.size())));
}

TEST_CASE("stopping from another thread ends or completes the call", "[engine][session]") {
    const auto model = tinyModel();
    ThreadPool pool(2);
    for (int microseconds = 0; microseconds < 2000; microseconds += 250) {
        Session session = createSession(model, pool, {.contextLength = 0, .batchSize = 8});
        std::stop_source stop;
        std::jthread stopper([&stop, microseconds] {
            std::this_thread::sleep_for(std::chrono::microseconds(microseconds));
            stop.request_stop();
        });

        const auto result = session.append(someTokens(90), stop.get_token());

        CHECK(session.length() == (result.ok() ? 90 : 0));
        CHECK((result.ok() || result.error().code == ErrorCode::Cancelled));
    }
}

TEST_CASE("a session refuses what it cannot be", "[engine][session]") {
    const auto model = tinyModel();
    ThreadPool pool(1);
    CHECK(createSession(model, pool).contextLength() == TinyModel::kContext);
    const auto tooLong =
        Session::create(model, pool, {.contextLength = TinyModel::kContext + 1, .batchSize = 8});
    REQUIRE_FALSE(tooLong.ok());
    CHECK(tooLong.error().code == ErrorCode::InvalidInput);
    const auto noBatch = Session::create(model, pool, {.contextLength = 0, .batchSize = 0});
    REQUIRE_FALSE(noBatch.ok());
    CHECK(noBatch.error().code == ErrorCode::InvalidInput);
    ::setenv("ATTEST_ISA", "mmx", 1);
    const auto noIsa = Session::create(model, pool, {});
    ::unsetenv("ATTEST_ISA");
    REQUIRE_FALSE(noIsa.ok());
    CHECK(noIsa.error().code == ErrorCode::InvalidInput);
}

TEST_CASE("a session may be moved and counts its memory", "[engine][session]") {
    const auto model = tinyModel();
    ThreadPool pool(2);
    const std::vector<TokenId> tokens = someTokens(12);
    Session session = createSession(model, pool);
    REQUIRE(session.append(std::span(tokens).first(5)).ok());

    Session moved = std::move(session);

    const auto rest = moved.append(std::span(tokens).subspan(5));
    REQUIRE(rest.ok());
    Session fresh = createSession(model, pool);
    CHECK(sameBytes(rest.value(), fresh.append(tokens).value()));
    // Keys and values of 96 positions are the least it has.
    CHECK(moved.memoryBytes() >= 2ULL * TinyModel::kLayers * TinyModel::kKvHeads *
                                     TinyModel::kHeadSize * 96 * sizeof(float));
}

TEST_CASE("the model tells what it is", "[engine][model]") {
    const auto model = tinyModel(TensorType::Q4_K);
    const ModelInfo& info = model->info();
    CHECK(info.name == "Tiny");
    CHECK(info.architecture == "llama");
    CHECK(info.licence == "CC0-1.0");
    CHECK(info.weightTypes == "Q4_K, Q8_0, F32");
    CHECK(info.contextLength == TinyModel::kContext);
    CHECK(info.layerCount == TinyModel::kLayers);
    CHECK(info.embeddingLength == TinyModel::kWidth);
    CHECK(info.headCount == TinyModel::kHeads);
    CHECK(info.kvHeadCount == TinyModel::kKvHeads);
    CHECK(info.vocabularySize == TinyModel::kVocabulary);
    CHECK(info.parameterCount > 1'000'000);
    CHECK(info.fileBytes > 500'000);
}

TEST_CASE("a committed model gives the reference's logits", "[engine][parity]") {
    const std::filesystem::path folder =
        std::filesystem::path(ATTEST_SOURCE_DIR) / "tests/data/engine/llama-spm";
    const auto model = loadModel(folder / "model.gguf");
    const std::vector<float> expected = readFloats(folder / "logits.f32");
    ThreadPool pool(2);
    for (const Isa isa : availableIsas()) {
        CAPTURE(toString(isa));
        const IsaScope scope(isa);
        Session session = createSession(model, pool);
        CHECK(largestDifference(allLogits(session, readTokens(folder / "tokens.json")), expected) <
              1e-4);
    }
}
