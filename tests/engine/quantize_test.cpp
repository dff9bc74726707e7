// The quantizer: what it writes, how well it rounds, and what it leaves behind when it cannot.
#include "engine/quantize.h"

#include "engine/gguf.h"
#include "engine/kernels/half.h"
#include "engine/kernels/unpack.h"
#include "engine/model_support.h"
#include "engine/quantize/encode.h"
#include "engine/tiny_model.h"
#include "support/temporary_folder.h"

#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <random>

using namespace attest;
using namespace attest::engine;
using namespace attest::test;

namespace fs = std::filesystem;

namespace {

constexpr QuantizeTarget kTargets[] = {QuantizeTarget::Q8_0,
                                       QuantizeTarget::Q6_K,
                                       QuantizeTarget::Q4_K_M,
                                       QuantizeTarget::Q4_K,
                                       QuantizeTarget::Q4_0};

fs::path write(const TemporaryFolder& folder, const std::string& name, const std::string& bytes) {
    std::ofstream(folder.path() / name, std::ios::binary) << bytes;
    return folder.path() / name;
}

std::size_t fileCount(const TemporaryFolder& folder) {
    const fs::directory_iterator files(folder.path());
    return std::size_t(std::distance(begin(files), end(files)));
}

Result<QuantizeReport> quantize(const fs::path& from, const fs::path& to, QuantizeOptions options) {
    ThreadPool pool(2);
    return quantizeModel(from, to, options, pool, {}, {});
}

// Squared error of a row after encoding, and the sum of squares.
QuantizeError roundTrip(TensorType type, std::span<const float> x) {
    const BlockLayout layout = *blockLayout(type);
    std::vector<std::byte> bytes(x.size() / layout.elements * layout.bytes);
    REQUIRE(encodeRow(type, x, bytes.data()));
    std::vector<float> y(x.size());
    dequantizeRow(type, bytes.data(), y);
    QuantizeError error;
    for (std::size_t i = 0; i < x.size(); ++i) {
        error.squaredError += std::pow(double(y[i]) - double(x[i]), 2);
        error.squaredSize += double(x[i]) * double(x[i]);
        error.largest = std::max(error.largest, std::fabs(double(y[i]) - double(x[i])));
    }
    return error;
}

// What rounding alone would do: the range of each group divided evenly, with scales of full
// precision, so that only better scales can beat it.
double
plainError(std::span<const float> x, std::size_t group, int least, int most, bool isShifted) {
    double error = 0;
    for (std::size_t begin = 0; begin < x.size(); begin += group) {
        const auto part = x.subspan(begin, group);
        float low = 0;
        float high = 0;
        for (const float value : part) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
        const double offset = isShifted ? double(low) : 0;
        const double scale = isShifted ? (double(high) - offset) / most
                                       : std::max(double(high) / most, double(low) / least);
        for (const float value : part) {
            const double q = std::clamp(
                std::nearbyint((double(value) - offset) / scale), double(least), double(most));
            error += std::pow(q * scale + offset - double(value), 2);
        }
    }
    return error;
}

std::vector<float> normalNumbers(std::size_t count, float size) {
    std::mt19937 random(11);
    std::normal_distribution<float> normal(0, size);
    std::vector<float> x(count);
    std::generate(x.begin(), x.end(), [&] { return normal(random); });
    return x;
}

} // namespace

TEST_CASE("searched scales lose less than plain rounding", "[engine][quantize]") {
    const std::vector<float> x = normalNumbers(256 * 64, 0.02F);

    struct Case {
        TensorType type;
        std::size_t group;
        int least;
        int most;
        bool isShifted;
        double most_; // relative error
    };

    for (const Case& c : {Case{TensorType::Q8_0, 32, -127, 127, false, 0.0055},
                          Case{TensorType::Q4_0, 32, -8, 7, false, 0.091},
                          Case{TensorType::Q5_0, 32, -16, 15, false, 0.046},
                          Case{TensorType::Q4_K, 32, 0, 15, true, 0.076},
                          Case{TensorType::Q6_K, 16, -32, 31, false, 0.020}}) {
        CAPTURE(toString(c.type));
        const QuantizeError error = roundTrip(c.type, x);
        const double plain = plainError(x, c.group, c.least, c.most, c.isShifted);
        INFO("relative " << error.relative() << ", plain rounding "
                         << std::sqrt(plain / error.squaredSize));
        CHECK(error.squaredError < plain);
        CHECK(error.relative() < c.most_);
    }
}

TEST_CASE("numbers that a type holds exactly come back", "[engine][quantize]") {
    std::vector<float> x(256);
    for (std::size_t i = 0; i < x.size(); ++i) {
        x[i] = 0.25F * float(int(i % 16) - 8); // every code of Q4_0, the lowest among them
    }
    for (const TensorType type : {TensorType::Q4_0, TensorType::Q5_0}) {
        CAPTURE(toString(type));
        CHECK(roundTrip(type, x).largest == 0);
    }
    for (float& value : x) {
        value = -value; // the side with one code less
    }
    CHECK(roundTrip(TensorType::Q4_0, x).largest == 0);
    CHECK(roundTrip(TensorType::F16, x).largest == 0);
}

TEST_CASE("rows of any numbers stay finite, others are refused", "[engine][quantize]") {
    for (const TensorType type : {TensorType::Q8_0,
                                  TensorType::Q4_0,
                                  TensorType::Q5_0,
                                  TensorType::Q4_K,
                                  TensorType::Q6_K}) {
        CAPTURE(toString(type));
        std::vector<float> x(256);
        CHECK(roundTrip(type, x).largest == 0);
        for (const float size : {1e-42F, 1e-30F, 1e-9F, 1.0F, 4096.0F}) {
            CAPTURE(size);
            for (std::size_t i = 0; i < x.size(); ++i) {
                x[i] = i % 3 == 0 ? size : -size;
            }
            CHECK(roundTrip(type, x).largest <= double(size));
            std::fill(x.begin(), x.end(), size);
            CHECK(roundTrip(type, x).largest <= double(size));
            std::fill(x.begin(), x.end(), 0.0F);
            x[77] = -size;
            CHECK(roundTrip(type, x).largest <= double(size));
        }
        std::vector<std::byte> out(512);
        for (const float bad : {std::numeric_limits<float>::quiet_NaN(),
                                std::numeric_limits<float>::infinity(),
                                -1e10F}) {
            x[200] = bad;
            CHECK_FALSE(encodeRow(type, x, out.data()));
        }
    }
}

TEST_CASE("a quantized model loads, with its keys and the types of the target",
          "[engine][quantize]") {
    TemporaryFolder folder;
    TinyModel model(TensorType::F32);
    model.u32("general.file_type", 0);
    const fs::path from = write(folder, "in.gguf", model.bytes());
    const auto before = GgufFile::open(from);
    REQUIRE(before.ok());
    for (const QuantizeTarget target : kTargets) {
        CAPTURE(toString(target));
        const fs::path to = folder.path() / (std::string(toString(target)) + ".gguf");

        const auto report = quantize(from, to, {.target = target});

        INFO((report.ok() ? "" : report.error().message));
        REQUIRE(report.ok());
        CHECK(loadModel(to)->info().layerCount == TinyModel::kLayers);
        const auto after = GgufFile::open(to);
        REQUIRE(after.ok());
        CHECK(after.value().fileSize() == report.value().bytesAfter);
        CHECK(after.value().keys().size() == before.value().keys().size() + 1);
        CHECK(after.value().strings("tokenizer.ggml.tokens").value() ==
              before.value().strings("tokenizer.ggml.tokens").value());
        CHECK(after.value().unsignedValue("general.quantization_version").value() == 2);
        CHECK(after.value().unsignedValue("general.file_type").value() != 0);
        const auto typeOf = [&after](const char* name) {
            return toString(after.value().findTensor(name)->type);
        };
        const bool isEight = target == QuantizeTarget::Q8_0;
        CHECK(typeOf("output.weight") == (isEight ? "Q8_0" : "Q6_K"));
        CHECK(typeOf("output_norm.weight") == "F32");
        if (target == QuantizeTarget::Q4_K_M) {
            CHECK(typeOf("token_embd.weight") == "Q4_K");
            CHECK(typeOf("blk.0.ffn_down.weight") == "Q4_K");
            CHECK(typeOf("blk.1.ffn_down.weight") == "Q6_K");
            CHECK(typeOf("blk.1.attn_v.weight") == "Q6_K");
            CHECK(typeOf("blk.1.attn_output.weight") == "Q5_0"); // rows of 192
        }
    }
}

TEST_CASE("the report says what rounding did", "[engine][quantize]") {
    TemporaryFolder folder;
    const fs::path from = write(folder, "in.gguf", TinyModel(TensorType::F16).bytes());
    const fs::path to = folder.path() / "out.gguf";

    const auto report = quantize(from, to, {.target = QuantizeTarget::Q4_0});

    REQUIRE(report.ok());
    const auto before = GgufFile::open(from);
    const auto after = GgufFile::open(to);
    REQUIRE((before.ok() && after.ok()));
    REQUIRE(report.value().tensors.size() == before.value().tensors().size());
    for (const QuantizedTensor& tensor : report.value().tensors) {
        CAPTURE(tensor.name);
        const TensorInfo* x = before.value().findTensor(tensor.name);
        const TensorInfo* y = after.value().findTensor(tensor.name);
        CHECK((x->type == tensor.from && y->type == tensor.to && x->shape == y->shape));
        std::vector<float> a(tensor.elements);
        std::vector<float> b(tensor.elements);
        dequantizeRow(x->type, x->data.data(), a);
        dequantizeRow(y->type, y->data.data(), b);
        CHECK(largestDifference(a, b) == tensor.error.largest);
        CHECK_THAT(tensor.error.relative(),
                   Catch::Matchers::WithinAbs(std::sqrt(normalisedError(b, a)), 1e-9));
    }
    CHECK(report.value().total.relative() > 0.03);
    CHECK(report.value().total.relative() < 0.1);
}

TEST_CASE("nothing is written over or left behind", "[engine][quantize]") {
    TemporaryFolder folder;
    const std::string bytes = TinyModel(TensorType::F32).bytes();
    const fs::path from = write(folder, "in.gguf", bytes);
    const fs::path old = write(folder, "old.gguf", "old");

    SECTION("the input itself, under any name") {
        const fs::path other = folder.path() / "other.gguf";
        fs::create_hard_link(from, other);
        for (const fs::path& to : {from, folder.path() / "." / "in.gguf", other}) {
            const auto report = quantize(from, to, {.mayReplace = true});
            REQUIRE_FALSE(report.ok());
            CHECK(report.error().code == ErrorCode::InvalidInput);
        }
        fs::remove(other);
    }
    SECTION("an existing file, unless asked to") {
        CHECK_FALSE(quantize(from, old, {}).ok());
        CHECK(readFile(old) == "old");
        CHECK(quantize(from, old, {.mayReplace = true}).ok());
        CHECK(readFile(old) != "old");
        write(folder, "old.gguf", "old");
    }
    SECTION("after cancelling") {
        ThreadPool pool(2);
        std::stop_source source;
        const auto cancel = [&source](Progress progress) {
            if (progress.done > 0) {
                source.request_stop();
            }
        };
        for (const fs::path& to : {old, folder.path() / "new.gguf"}) {
            const auto report =
                quantizeModel(from, to, {.mayReplace = true}, pool, cancel, source.get_token());
            REQUIRE_FALSE(report.ok());
            CHECK(report.error().code == ErrorCode::Cancelled);
        }
    }
    SECTION("after a weight that is not a number, which is named") {
        TinyModel bad(TensorType::F32);
        bad.tensors["blk.1.ffn_up.weight"].data.replace(400, 4, "\xFF\xFF\xFF\x7F");
        write(folder, "in.gguf", bad.bytes());
        const auto report = quantize(from, old, {.mayReplace = true});
        REQUIRE_FALSE(report.ok());
        CHECK_THAT(report.error().message, Catch::Matchers::Contains("blk.1.ffn_up.weight"));
    }
    SECTION("for tensors that are quantized already or unknown, which are named") {
        TinyModel bad(TensorType::F32);
        bad.matrix("blk.0.attn_q.weight", TensorType::Q4_0, 256, 192);
        write(folder, "in.gguf", bad.bytes());
        const auto report = quantize(from, old, {.mayReplace = true});
        REQUIRE_FALSE(report.ok());
        CHECK_THAT(report.error().message,
                   Catch::Matchers::Contains("'blk.0.attn_q.weight' has type Q4_0"));
        bad.tensors["blk.0.attn_q.weight"].type = 16;
        write(folder, "in.gguf", bad.bytes());
        const auto unknown = quantize(from, old, {.mayReplace = true});
        REQUIRE_FALSE(unknown.ok());
        CHECK_THAT(unknown.error().message,
                   Catch::Matchers::Contains("'blk.0.attn_q.weight' has type IQ2_XXS"));
    }
    SECTION("for a folder that is not there") {
        const auto report = quantize(from, folder.path() / "none" / "out.gguf", {});
        REQUIRE_FALSE(report.ok());
        CHECK(report.error().code == ErrorCode::NotFound);
    }
    CHECK(readFile(old) == "old");
    CHECK(fileCount(folder) == 2);
}
