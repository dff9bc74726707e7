// The quantizer on the model that the reference program quantized as well.
#include "engine/gguf.h"
#include "engine/kernels/unpack.h"
#include "engine/model_support.h"
#include "engine/quantize.h"
#include "engine/quantize/encode.h"
#include "support/temporary_folder.h"

#include <cmath>
#include <utility>

using namespace attest;
using namespace attest::engine;
using namespace attest::test;

namespace fs = std::filesystem;

namespace {

const fs::path kQuantized = fs::path(ATTEST_SHARED_DIR) / "fixtures/quantized";

double relativeError(std::span<const float> y, std::span<const float> x) {
    return std::sqrt(normalisedError(y, x));
}

} // namespace

TEST_CASE("our rounding loses no more than the reference's", "[engine][quantize][shared]") {
    const std::string rows = "blk.0.attn_q.weight.rows0-63.f32";
    const std::vector<float> x = readFloats(kQuantized / "f32" / rows);
    constexpr std::size_t kColumns = 256;
    for (const auto& [type, name] : {std::pair(TensorType::Q8_0, "q8_0-pure"),
                                     std::pair(TensorType::Q4_0, "q4_0-pure"),
                                     std::pair(TensorType::Q5_0, "q5_0-pure"),
                                     std::pair(TensorType::Q4_K, "q4_k_s-pure"),
                                     std::pair(TensorType::Q6_K, "q6_k-pure")}) {
        const std::vector<float> theirs = readFloats(kQuantized / name / rows);
        std::vector<float> ours(x.size());
        std::vector<std::byte> bytes(512);
        for (std::size_t at = 0; at < x.size(); at += kColumns) {
            REQUIRE(encodeRow(type, std::span(x).subspan(at, kColumns), bytes.data()));
            dequantizeRow(type, bytes.data(), std::span(ours).subspan(at, kColumns));
        }

        const double our = relativeError(ours, x);
        const double their = relativeError(theirs, x);

        CAPTURE(name, our, their);
        CHECK(our <= their);
    }
}

TEST_CASE("a quantized model's logits stay near those of the model", "[engine][quantize][shared]") {
    const std::vector<TokenId> tokens = readTokens(kQuantized / "../models/tokens.json");
    const std::vector<float> exact = readFloats(kQuantized / "f32/logits.f32");
    ThreadPool pool(2);
    for (const auto& [target, name] : {std::pair(QuantizeTarget::Q8_0, "q8_0-pure"),
                                       std::pair(QuantizeTarget::Q6_K, "q6_k-pure"),
                                       std::pair(QuantizeTarget::Q4_K_M, "q4_k_m-mix"),
                                       std::pair(QuantizeTarget::Q4_K, "q4_k_s-pure"),
                                       std::pair(QuantizeTarget::Q4_0, "q4_0-pure")}) {
        const double their = normalisedError(readFloats(kQuantized / name / "logits.f32"), exact);
        TemporaryFolder folder;
        const fs::path path = folder.path() / "out.gguf";
        REQUIRE(quantizeModel(
                    kQuantized / "f16-pure/model.gguf", path, {.target = target}, pool, {}, {})
                    .ok());

        Session session = createSession(loadModel(path), pool);
        const double our = normalisedError(allLogits(session, tokens), exact);

        CAPTURE(name, our, their);
        CHECK(our < 1.05 * their); // no more than chance apart
    }
}

TEST_CASE("the usual mix has the reference's types", "[engine][quantize][shared]") {
    TemporaryFolder folder;
    const fs::path path = folder.path() / "out.gguf";
    ThreadPool pool(2);
    REQUIRE(quantizeModel(kQuantized / "f16-pure/model.gguf",
                          path,
                          {.target = QuantizeTarget::Q4_K_M},
                          pool,
                          {},
                          {})
                .ok());
    const auto ours = GgufFile::open(path);
    const auto theirs = GgufFile::open(kQuantized / "q4_k_m-mix/model.gguf");
    REQUIRE((ours.ok() && theirs.ok()));
    REQUIRE(ours.value().tensors().size() == theirs.value().tensors().size());
    for (const TensorInfo& tensor : theirs.value().tensors()) {
        CAPTURE(tensor.name);
        const TensorInfo* our = ours.value().findTensor(tensor.name);
        REQUIRE(our != nullptr);
        CHECK(our->type == tensor.type);
    }
    CHECK(ours.value().unsignedValue("general.file_type").value() ==
          theirs.value().unsignedValue("general.file_type").value());
}
