// The generator of random models: its files open, and their weights are what it says.
#include "engine/gguf.h"
#include "engine/kernels/unpack.h"
#include "engine/model_support.h"
#include "support/gguf_writer.h"
#include "support/random_model/weight_format.h"
#include "support/random_model/write_model.h"

#include <cmath>
#include <vector>

using namespace attest::engine;
using namespace attest::test;

namespace {

// Can be computed with, not only listed.
bool isKnown(const WeightFormat& format) {
    const auto type = TensorType(format.id);
    return blockLayout(type).has_value() && (quantIndex(type).has_value() || format.elements == 1);
}

void writeTiny(const TemporaryFile& file, std::string_view type, Mix mix) {
    REQUIRE(writeRandomModel(*findShape("tiny"), type, mix, 1, file.path()).empty());
}

} // namespace

TEST_CASE("random weights have the deviation that keeps activations in size",
          "[engine][random_model]") {
    for (const WeightFormat& format : weightFormats()) {
        CAPTURE(std::string(format.name));
        if (!isKnown(format)) {
            continue;
        }
        const TemporaryFile file("");
        writeTiny(file, format.name, Mix::Pure);
        const auto opened = GgufFile::open(file.path());
        REQUIRE(opened.ok());
        const TensorInfo* tensor = opened.value().findTensor("blk.1.ffn_up.weight");
        REQUIRE(tensor != nullptr);
        REQUIRE(toString(tensor->type) == format.name);
        if (format.trailerBytes > 0) {
            continue; // the scale is the tensor's, not the row's
        }

        const std::size_t columns = tensor->shape[0];
        const std::size_t rowBytes = columns / format.elements * format.bytes;
        std::vector<float> row(columns);
        double sum = 0;
        double squares = 0;
        for (std::size_t r = 0; r < tensor->shape[1]; ++r) {
            dequantizeRow(tensor->type, tensor->data.data() + r * rowBytes, row);
            for (const float weight : row) {
                sum += double(weight);
                squares += double(weight) * double(weight);
            }
        }

        const double count = double(columns * tensor->shape[1]);
        const double wanted = 1 / std::sqrt(double(columns));
        CHECK(std::fabs(sum / count) < 0.15 * wanted); // the codes of Q4_0 go from −8 to 7
        CHECK(std::sqrt(squares / count) > 0.6 * wanted);
        CHECK(std::sqrt(squares / count) < 1.5 * wanted);
    }
}

TEST_CASE("a random model computes finite logits that differ from token to token",
          "[engine][random_model]") {
    ThreadPool pool(2);
    for (const char* type : {"Q8_0", "Q4_0", "Q4_K_M", "F16", "BF16"}) {
        CAPTURE(type);
        const TemporaryFile file("");
        writeTiny(file, type, Mix::AsQuantized);

        const auto model = loadModel(file.path());
        Session session = createSession(model, pool);
        const auto tokens = model->tokenizer().encode("the words are made up", SpecialText::Plain);
        REQUIRE(tokens.size() >= 5);
        const std::vector<float> logits = allLogits(session, tokens);

        double squares = 0;
        for (const float logit : logits) {
            REQUIRE(std::isfinite(logit));
            squares += double(logit) * double(logit);
        }
        const double size = std::sqrt(squares / double(logits.size()));
        CHECK(size > 0.2);
        CHECK(size < 5);
        const std::size_t vocabulary = model->info().vocabularySize;
        CHECK_FALSE(
            sameBytes({logits.data(), vocabulary}, {logits.data() + vocabulary, vocabulary}));
    }
}

TEST_CASE("a random model is the same for the same seed", "[engine][random_model]") {
    const TemporaryFile one("");
    const TemporaryFile two("");
    writeTiny(one, "Q4_K_M", Mix::AsQuantized);
    writeTiny(two, "Q4_K_M", Mix::AsQuantized);
    CHECK(readFile(one.path()) == readFile(two.path()));
    REQUIRE(
        writeRandomModel(*findShape("tiny"), "Q4_K_M", Mix::AsQuantized, 2, two.path()).empty());
    CHECK(readFile(one.path()) != readFile(two.path()));
}

TEST_CASE("a random model keeps the types that the usual programs keep", "[engine][random_model]") {
    const TemporaryFile file("");
    writeTiny(file, "Q4_K_M", Mix::AsQuantized);
    const auto opened = GgufFile::open(file.path());
    REQUIRE(opened.ok());
    const auto typeOf = [&opened](const char* name) {
        const TensorInfo* tensor = opened.value().findTensor(name);
        return tensor == nullptr ? std::string("missing") : toString(tensor->type);
    };
    CHECK(typeOf("token_embd.weight") == "Q6_K");
    CHECK(typeOf("blk.0.ffn_up.weight") == "Q4_K");
    CHECK(typeOf("blk.0.attn_norm.weight") == "F32");
    CHECK(writeRandomModel(*findShape("tiny"), "Q9", Mix::Pure, 1, file.path()).find("Q4_K_M") !=
          std::string::npos);
}
