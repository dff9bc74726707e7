// The layouts of weight types that the shared fixtures do not have, and where tensors end.
#include "engine/kernels/unpack.h"

#include "engine/kernels/unpack/iq3s_grid.h"
#include "engine/model_support.h"
#include "engine/tiny_model.h"

#include <algorithm>
#include <set>

using namespace attest;
using namespace attest::engine;
using namespace attest::test;

namespace {

// 1, 0 and −1 in the layout of each type, d = `f16` where blocks have one. Sizes are multiples of
// 256. Written from the formats' definitions, the other way round than unpackBlock().
std::string packI2_S(const std::vector<int>& values) {
    std::string data(values.size() / 4, '\0');
    for (std::size_t i = 0; i < values.size(); ++i) {
        char& byte = data[i / 128 * 32 + i % 32];
        byte = char(byte | (values[i] + 1) << (6 - 2 * (i % 128 / 32)));
    }
    return data;
}

std::string packTQ2_0(const std::vector<int>& values, std::uint16_t f16) {
    std::string data(values.size() / 256 * 66, '\0');
    for (std::size_t i = 0; i < values.size(); ++i) {
        char& byte = data[i / 256 * 66 + i % 256 / 128 * 32 + i % 32];
        byte = char(byte | (values[i] + 1) << (2 * (i % 128 / 32)));
    }
    for (std::size_t block = 0; block < data.size(); block += 66) {
        std::memcpy(data.data() + block + 64, &f16, sizeof f16);
    }
    return data;
}

std::vector<int> ternary(std::size_t count, std::mt19937_64& random) {
    std::vector<int> values(count);
    std::generate(values.begin(), values.end(), [&] { return int(random() % 3) - 1; });
    return values;
}

} // namespace

TEST_CASE("I2_S packs four runs of 32 with the first in the upper bits", "[engine][unpack]") {
    std::mt19937_64 random(1);
    const std::vector<int> values = ternary(512, random);
    const std::string data = packI2_S(values);

    std::vector<float> row(values.size());
    dequantizeRow(TensorType::I2_S, reinterpret_cast<const std::byte*>(data.data()), row);

    CHECK(std::equal(row.begin(), row.end(), values.begin()));
}

TEST_CASE("a model in I2_S is the model in TQ2_0 with the same scale", "[engine][unpack]") {
    std::mt19937_64 random(2);
    TinyModel model(TensorType::Q8_0);
    TinyModel other = model;
    const std::uint16_t half = 0x2C00; // 2^-4: both ways of scaling are exact
    for (auto& [name, tensor] : model.tensors) {
        if (tensor.type == 0 || tensor.shape[0] % 256 != 0) {
            continue;
        }
        const auto values = ternary(tensor.shape[0] * tensor.shape[1], random);
        tensor.type = std::uint32_t(TensorType::I2_S);
        tensor.data = packI2_S(values) + RandomBlocks(TensorType::I2_S).tail(0.0625F);
        other.tensors[name].type = std::uint32_t(TensorType::TQ2_0);
        other.tensors[name].data = packTQ2_0(values, half);
    }
    const TemporaryFile file(model.bytes());
    const TemporaryFile otherFile(other.bytes());
    const auto loaded = loadModel(file.path());
    const auto otherLoaded = loadModel(otherFile.path());
    ThreadPool pool(2);
    const std::vector<TokenId> tokens = {1, 7, 70, 200, 9};
    for (const Isa isa : availableIsas()) {
        CAPTURE(toString(isa));
        const IsaScope scope(isa);
        Session session = createSession(loaded, pool);
        Session otherSession = createSession(otherLoaded, pool);

        const std::vector<float> logits = allLogits(session, tokens);

        CHECK(sameBytes(logits, allLogits(otherSession, tokens)));
        CHECK(std::all_of(logits.begin(), logits.end(), [](float v) { return std::isfinite(v); }));
    }
}

TEST_CASE("a tensor in I2_S has its scale behind the last block", "[engine][unpack]") {
    GgufWriter writer;
    std::string data(256 * 3 / 4, '\x55');
    data += RandomBlocks(TensorType::I2_S).tail(0.375F);
    writer.tensor("i2", {256, 3}, std::uint32_t(TensorType::I2_S), data);
    writer.tensor("next", {1}, 0, std::string(4, 'x'));
    const TemporaryFile path(writer.bytes());

    const auto file = GgufFile::open(path.path());

    REQUIRE(file.ok());
    const TensorInfo* tensor = file.value().findTensor("i2");
    REQUIRE(tensor != nullptr);
    CHECK(tensor->data.size() == data.size());
    CHECK(tensorScale(*tensor) == 0.375F);
    CHECK(tensorScale(*file.value().findTensor("next")) == 1);
}

TEST_CASE("every type has whole blocks of 32 and unpacks all of its elements", "[engine][unpack]") {
    std::mt19937_64 random(3);
    for (const TensorType type : kQuantTypes) {
        CAPTURE(toString(type));
        const BlockLayout layout = *blockLayout(type);
        CHECK(layout.elements % 32 == 0);
        REQUIRE(quantIndex(type).has_value());
        // Exactly the bytes of one block: address checkers see any step beyond.
        const std::string bytes = RandomBlocks(type).even(random);
        const std::vector<char> block(bytes.begin(), bytes.end());
        double sum = 0;
        for (std::size_t i = 0; i < layout.elements / 32; ++i) {
            const WeightBlock w = unpackBlock(
                *quantIndex(type), reinterpret_cast<const unsigned char*>(block.data()), i);
            const QuantForm form = kQuantForms[*quantIndex(type)];
            CHECK((form.hasHalves || w.scales[0] == w.scales[1]));
            CHECK((form.hasHalves || w.minima[0] == w.minima[1]));
            CHECK((form.hasMinima || (w.minima[0] == 0 && w.minima[1] == 0)));
            for (const std::int8_t q : w.q) {
                sum += std::abs(int(q));
            }
        }
        CHECK(sum > 0);
    }
}

TEST_CASE("the grid of IQ3_S has 512 different entries of odd magnitudes", "[engine][unpack]") {
    std::set<std::uint32_t> entries;
    for (const std::uint32_t entry : kIq3sGrid.entries) {
        entries.insert(entry);
        CHECK((entry & 0xF1F1F1F1U) == 0x01010101U);
    }
    CHECK(entries.size() == 512);
    CHECK(kIq3sGrid.entries[0] == 0x01010101U);
    CHECK(kIq3sGrid.entries[511] == 0x0F0F0101U);
}
