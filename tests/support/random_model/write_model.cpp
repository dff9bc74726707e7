#include "support/random_model/write_model.h"

#include "support/gguf_writer.h"
#include "support/random_model/vocabulary.h"
#include "support/random_model/weight_format.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <numbers>
#include <vector>

namespace attest::test {

namespace {

constexpr std::uint64_t kAlignment = 32;
constexpr std::size_t kChunkBytes = std::size_t(1) << 20U; // stays in the cache until it is written

enum class Content : std::uint8_t { Weights, Norm, Bias, RopeFactors };

struct Tensor {
    std::string name;
    std::vector<std::uint64_t> shape;
    const WeightFormat* format;
    Content content = Content::Weights;

    std::uint64_t elements() const { return shape[0] * (shape.size() > 1 ? shape[1] : 1); }

    std::uint64_t bytes() const {
        return elements() / format->elements * format->bytes + format->trailerBytes;
    }
};

// What takes the place of a type whose blocks do not divide a row.
std::string_view substitute(std::string_view name) {
    constexpr std::string_view kOfBlock256[][2] = {{"Q2_K", "IQ4_NL"},
                                                   {"Q3_K", "IQ4_NL"},
                                                   {"IQ3_S", "IQ4_NL"},
                                                   {"IQ4_XS", "IQ4_NL"},
                                                   {"Q4_K", "Q5_0"},
                                                   {"Q5_K", "Q5_1"},
                                                   {"Q6_K", "Q8_0"},
                                                   {"TQ1_0", "Q4_0"},
                                                   {"TQ2_0", "Q4_0"},
                                                   {"I2_S", "Q4_0"}};
    for (const auto& [from, to] : kOfBlock256) {
        if (from == name) {
            return to;
        }
    }
    return {};
}

const WeightFormat* fittingFormat(std::string_view name, std::uint64_t rowLength) {
    const WeightFormat* format = findFormat(name);
    if (format != nullptr && rowLength % format->elements != 0) {
        format = findFormat(substitute(name));
    }
    return format;
}

// The layers whose v and down matrices get more bits in a "_M" mix: the first and the last eighth,
// and every third between them.
bool getsMoreBits(std::uint32_t layer, std::uint32_t layers) {
    return layer < layers / 8 || layer >= 7 * layers / 8 || (layer - layers / 8) % 3 == 2;
}

bool isFloat(std::string_view type) {
    return type == "F32" || type == "F16" || type == "BF16";
}

class Plan {
public:
    Plan(const ModelShape& shape, std::string_view type, Mix mix)
        : shape_(shape), isMedium_(type == "Q4_K_M"), type_(isMedium_ ? "Q4_K" : type), mix_(mix) {}

    std::vector<Tensor> tensors() {
        addHead();
        for (std::uint32_t layer = 0; layer < shape_.layers; ++layer) {
            addLayer(layer);
        }
        return std::move(tensors_);
    }

private:
    void addHead() {
        // Eight-bit and float files keep their type; all others have the tied head in Q6_K.
        const bool isKept = mix_ == Mix::Pure || isFloat(type_) || type_ == "Q8_0";
        matrix("token_embd", isKept ? type_ : "Q6_K", shape_.width, shape_.vocabulary);
        vector("output_norm.weight", shape_.width, Content::Norm);
        if (shape_.hasRopeFactors) {
            vector("rope_freqs.weight", shape_.headSize / 2, Content::RopeFactors);
        }
    }

    void addLayer(std::uint32_t layer) {
        const std::string block = "blk." + std::to_string(layer) + ".";
        const bool more =
            isMedium_ && mix_ == Mix::AsQuantized && getsMoreBits(layer, shape_.layers);
        const std::string_view better = more ? "Q6_K" : type_;
        const std::uint64_t queryRows = std::uint64_t(shape_.heads) * shape_.headSize;
        const std::uint64_t kvRows = std::uint64_t(shape_.kvHeads) * shape_.headSize;
        vector(block + "attn_norm.weight", shape_.width, Content::Norm);
        matrix(block + "attn_q", type_, shape_.width, queryRows);
        matrix(block + "attn_k", type_, shape_.width, kvRows);
        matrix(block + "attn_v", better, shape_.width, kvRows);
        if (shape_.hasBias) {
            vector(block + "attn_q.bias", queryRows, Content::Bias);
            vector(block + "attn_k.bias", kvRows, Content::Bias);
            vector(block + "attn_v.bias", kvRows, Content::Bias);
        }
        matrix(block + "attn_output", type_, queryRows, shape_.width);
        vector(block + "ffn_norm.weight", shape_.width, Content::Norm);
        matrix(block + "ffn_gate", type_, shape_.width, shape_.hidden);
        matrix(block + "ffn_up", type_, shape_.width, shape_.hidden);
        matrix(block + "ffn_down", better, shape_.hidden, shape_.width);
    }

    void
    matrix(const std::string& name, std::string_view type, std::uint64_t in, std::uint64_t out) {
        tensors_.push_back({name + ".weight", {in, out}, fittingFormat(type, in)});
    }

    void vector(const std::string& name, std::uint64_t size, Content content) {
        tensors_.push_back({name, {size}, findFormat("F32"), content});
    }

    const ModelShape& shape_;
    bool isMedium_;
    std::string_view type_;
    Mix mix_;
    std::vector<Tensor> tensors_;
};

void addKeys(GgufWriter& file, const ModelShape& shape, std::string_view type) {
    const std::string prefix = std::string(shape.architecture) + ".";
    file.string("general.architecture", shape.architecture)
        .string("general.name",
                "random weights, shape of " + std::string(shape.name) + ", " + std::string(type))
        .u32(prefix + "block_count", shape.layers)
        .u32(prefix + "context_length", shape.context)
        .u32(prefix + "embedding_length", shape.width)
        .u32(prefix + "feed_forward_length", shape.hidden)
        .u32(prefix + "attention.head_count", shape.heads)
        .u32(prefix + "attention.head_count_kv", shape.kvHeads)
        .u32(prefix + "attention.key_length", shape.headSize)
        .u32(prefix + "attention.value_length", shape.headSize)
        .f32(prefix + "attention.layer_norm_rms_epsilon", 1e-5F)
        .u32(prefix + "rope.dimension_count", shape.headSize)
        .f32(prefix + "rope.freq_base", shape.ropeBase)
        .u32(prefix + "vocab_size", shape.vocabulary);
    const MadeVocabulary made = makeVocabulary(shape.vocabulary, shape.merges);
    file.string("tokenizer.ggml.model", "gpt2")
        .string("tokenizer.ggml.pre", shape.preTokenizer)
        .strings("tokenizer.ggml.tokens", made.texts)
        .ints("tokenizer.ggml.token_type", made.types)
        .strings("tokenizer.ggml.merges", made.merges)
        .u32("tokenizer.ggml.bos_token_id", made.bos)
        .u32("tokenizer.ggml.eos_token_id", made.eos)
        .boolean("tokenizer.ggml.add_bos_token", false)
        .string("tokenizer.chat_template",
                "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\\n' + m['content'] + "
                "'<|im_end|>' + '\\n' }}{% endfor %}{% if add_generation_prompt %}{{ "
                "'<|im_start|>assistant\\n' }}{% endif %}");
}

// The factors of Llama 3.1 and 3.2: slow rotations are slowed down 32 times, fast ones stay, and
// those between are mixed. Source: the models' published configuration.
std::vector<float> llama3Factors(const ModelShape& shape) {
    constexpr double kFactor = 32;
    constexpr double kLow = 1;
    constexpr double kHigh = 4;
    constexpr double kTrained = 8192;
    std::vector<float> factors(shape.headSize / 2);
    for (std::size_t i = 0; i < factors.size(); ++i) {
        const double wavelength =
            2 * std::numbers::pi * std::pow(double(shape.ropeBase), double(2 * i) / shape.headSize);
        const double smooth = std::clamp((kTrained / wavelength - kLow) / (kHigh - kLow), 0.0, 1.0);
        factors[i] = float(1 / ((1 - smooth) / kFactor + smooth));
    }
    return factors;
}

std::vector<float>
vectorValues(const Tensor& tensor, const ModelShape& shape, RandomBytes& random) {
    if (tensor.content == Content::RopeFactors) {
        return llama3Factors(shape);
    }
    std::vector<float> values(tensor.elements());
    for (float& value : values) {
        value = tensor.content == Content::Norm ? 0.9F + 0.2F * random.unit()
                                                : 0.1F * random.unit() - 0.05F;
    }
    return values;
}

class Output {
public:
    explicit Output(const std::filesystem::path& path) : file_(std::fopen(path.c_str(), "wb")) {}

    ~Output() {
        if (file_ != nullptr) {
            std::fclose(file_);
        }
    }

    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    bool write(const void* data, std::size_t size) {
        written_ += size;
        return file_ != nullptr && std::fwrite(data, 1, size, file_) == size;
    }

    bool pad() {
        constexpr unsigned char kZeros[kAlignment] = {};
        return write(kZeros, std::size_t((kAlignment - written_ % kAlignment) % kAlignment));
    }

    bool finish() {
        const bool isDone = file_ != nullptr && std::fclose(file_) == 0;
        file_ = nullptr;
        return isDone;
    }

private:
    std::FILE* file_;
    std::uint64_t written_ = 0;
};

bool writeMatrix(Output& out, const Tensor& tensor, RandomBytes& random) {
    const WeightFormat& format = *tensor.format;
    // Keeps the size of activations from layer to layer.
    const float deviation = 1.0F / std::sqrt(float(tensor.shape[0]));
    std::uint64_t blocks = tensor.elements() / format.elements;
    const std::size_t perChunk = kChunkBytes / format.bytes;
    std::vector<unsigned char> chunk(perChunk * format.bytes);
    while (blocks > 0) {
        const auto count = std::size_t(std::min<std::uint64_t>(blocks, perChunk));
        random.fill(chunk.data(), count * format.bytes);
        format.finish(chunk.data(), count, deviation);
        if (!out.write(chunk.data(), count * format.bytes)) {
            return false;
        }
        blocks -= count;
    }
    if (format.trailer != nullptr) {
        format.trailer(chunk.data(), deviation);
        return out.write(chunk.data(), format.trailerBytes);
    }
    return true;
}

bool writeTensor(Output& out, const Tensor& tensor, const ModelShape& shape, RandomBytes& random) {
    if (tensor.content == Content::Weights) {
        return writeMatrix(out, tensor, random) && out.pad();
    }
    const std::vector<float> values = vectorValues(tensor, shape, random);
    return out.write(values.data(), values.size() * sizeof(float)) && out.pad();
}

} // namespace

std::string weightTypeNames() {
    std::string names = "Q4_K_M";
    for (const WeightFormat& format : weightFormats()) {
        names += " " + std::string(format.name);
    }
    return names;
}

std::string writeRandomModel(const ModelShape& shape,
                             std::string_view type,
                             Mix mix,
                             std::uint64_t seed,
                             const std::filesystem::path& path) {
    if (type != "Q4_K_M" && findFormat(type) == nullptr) {
        return "no weight type '" + std::string(type) + "'; there are " + weightTypeNames();
    }
    const std::vector<Tensor> tensors = Plan(shape, type, mix).tensors();
    GgufWriter header;
    addKeys(header, shape, type);
    std::uint64_t offset = 0;
    for (const Tensor& tensor : tensors) {
        header.tensorInfo(tensor.name, tensor.shape, tensor.format->id, offset);
        offset += (tensor.bytes() + kAlignment - 1) / kAlignment * kAlignment;
    }
    Output out(path);
    const std::string bytes = header.bytes();
    bool isWritten = out.write(bytes.data(), bytes.size());
    for (std::size_t i = 0; i < tensors.size() && isWritten; ++i) {
        RandomBytes random(seed * 1'000'003 + i);
        isWritten = writeTensor(out, tensors[i], shape, random);
    }
    if (!isWritten || !out.finish()) {
        return "cannot write '" + path.string() + "'";
    }
    return {};
}

} // namespace attest::test
