#include "extract/model_card.h"

#include "base/utf8.h"
#include "engine/available_memory.h"
#include "engine/chat_format.h"
#include "engine/gguf.h"
#include "engine/model.h"

#include <algorithm>
#include <limits>
#include <map>
#include <string_view>

namespace attest::extract {

namespace {

constexpr std::uint64_t kPlannedContext = 4096;
constexpr std::uint64_t kBatchTokens = 512; // as engine::SessionOptions
constexpr std::size_t kMaxNameBytes = 200;
constexpr std::size_t kMaxRefusalBytes = 1000;
constexpr std::size_t kMaxLicenceBytes = std::size_t{1} << 20U;

constexpr double kFitsBelow = 0.6; // of the free memory
constexpr double kTightBelow = 0.9;

// Numbers of files that nobody checked may be anything: sums and products stop at the top.
class Saturating {
public:
    Saturating(std::uint64_t value) : value_(value) {} // NOLINT: a number like others

    friend Saturating operator+(Saturating a, Saturating b) {
        std::uint64_t sum = 0;
        return __builtin_add_overflow(a.value_, b.value_, &sum) ? kTop : sum;
    }

    friend Saturating operator*(Saturating a, Saturating b) {
        std::uint64_t product = 0;
        return __builtin_mul_overflow(a.value_, b.value_, &product) ? kTop : product;
    }

    std::uint64_t value() const { return value_; }

private:
    static constexpr std::uint64_t kTop = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t value_;
};

// Text of the file on one line of a window: valid, not endless and without control characters.
std::string oneLine(std::string_view text, std::size_t maxBytes = kMaxNameBytes) {
    std::string line = toValidUtf8(truncateUtf8(text, maxBytes));
    std::replace_if(
        line.begin(),
        line.end(),
        [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; },
        ' ');
    return line;
}

std::string sentence(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    }
    return text.empty() || text.back() == '.' ? text : text + ".";
}

// The numbers of an architecture; other architectures keep them in other types or not at all.
std::uint64_t numberOr(const engine::GgufFile& file,
                       const std::string& architecture,
                       const char* name,
                       std::uint64_t fallback) {
    const auto value = file.unsignedValue(architecture + "." + name);
    return value.ok() ? value.value() : fallback;
}

struct WeightSums {
    std::uint64_t parameters = 0;
    std::uint64_t bytes = 0;
    std::string commonType;
};

WeightSums sumWeights(const engine::GgufFile& file) {
    std::map<engine::TensorType, std::uint64_t> elementsOf;
    Saturating parameters = 0;
    Saturating bytes = 0;
    for (const engine::TensorInfo& tensor : file.tensors()) {
        Saturating elements = 1;
        for (const std::uint64_t size : tensor.shape) {
            elements = elements * size;
        }
        std::uint64_t& sum = elementsOf[tensor.type];
        sum = (elements + sum).value();
        parameters = parameters + elements;
        bytes = bytes + tensor.data.size();
    }
    const auto most =
        std::max_element(elementsOf.begin(), elementsOf.end(), [](const auto& a, const auto& b) {
            return a.second < b.second;
        });
    return {parameters.value(),
            bytes.value(),
            most == elementsOf.end() ? std::string() : toString(most->first)};
}

// What a session allocates: keys and values of the whole context, the activations of one batch and
// the logits of one token; all f32. Checked against engine::Session::memoryBytes() by the tests.
std::uint64_t sessionBytes(const engine::GgufFile& file, const ModelCard& card) {
    const auto number = [&](const char* name, std::uint64_t fallback) {
        return numberOr(file, card.architecture, name, fallback);
    };
    const std::uint64_t width = number("embedding_length", 0);
    const std::uint64_t heads = std::max<std::uint64_t>(number("attention.head_count", 1), 1);
    const std::uint64_t kvHeads = number("attention.head_count_kv", heads);
    const std::uint64_t headSize = number("attention.key_length", width / heads);
    const std::uint64_t hidden = number("feed_forward_length", 0);
    const std::uint64_t layers = number("block_count", 0);
    const engine::TensorInfo* embedding = file.findTensor("token_embd.weight");
    const std::uint64_t vocabulary =
        embedding != nullptr && embedding->shape.size() == 2 ? embedding->shape[1] : 0;

    const std::uint64_t context = std::min(card.contextLength, kPlannedContext);
    const std::uint64_t batch = std::min(context, kBatchTokens);
    const Saturating queryWidth = Saturating(heads) * headSize;
    const Saturating kvWidth = Saturating(kvHeads) * headSize;
    const std::uint64_t widest = std::max({width, queryWidth.value(), hidden});
    const Saturating cache = Saturating(layers) * kvWidth * context * 2;
    const Saturating perToken = Saturating(width) * 3 + queryWidth * 2 + kvWidth * 2 +
                                Saturating(hidden) * 2 + Saturating(widest) * 2 + headSize;
    return ((cache + perToken * batch + vocabulary) * sizeof(float)).value();
}

std::string firstText(const engine::GgufFile& file,
                      std::initializer_list<const char*> keys,
                      std::size_t maxBytes) {
    for (const char* key : keys) {
        const auto text = file.stringValue(key);
        if (text.ok() && !text.value().empty()) {
            return toValidUtf8(truncateUtf8(text.value(), maxBytes));
        }
    }
    return {};
}

Result<void> fillCard(const engine::GgufFile& file, ModelCard& card) {
    ATTEST_TRY_ASSIGN(const std::string_view name, file.stringOr("general.name", ""));
    if (!name.empty()) {
        card.name = oneLine(name);
    }
    ATTEST_TRY_ASSIGN(const std::string_view architecture,
                      file.stringOr("general.architecture", ""));
    card.architecture = oneLine(architecture);
    ATTEST_TRY_ASSIGN(const std::string_view licence, file.stringOr("general.license", ""));
    card.licence = oneLine(licence);
    card.licenceText =
        firstText(file, {"general.license.text", "general.license_text"}, kMaxLicenceBytes);
    const WeightSums sums = sumWeights(file);
    card.parameterCount = sums.parameters;
    card.weightType = sums.commonType;
    card.contextLength = numberOr(file, card.architecture, "context_length", 0);
    if (const auto format = engine::ChatFormat::recognise(file); format.ok()) {
        card.chatFormat = format.value().name();
    }
    card.memoryBytes =
        (Saturating(std::max(sums.bytes, card.fileBytes)) + sessionBytes(file, card)).value();
    return {};
}

// Why the engine does not take the file, without the words about what it was doing.
std::string refusalOf(const Error& error, const std::filesystem::path& path) {
    const std::string context = "load model '" + path.string() + "': ";
    std::string_view message = error.message;
    if (message.substr(0, context.size()) == context) {
        message.remove_prefix(context.size());
    }
    return sentence(oneLine(message, kMaxRefusalBytes));
}

} // namespace

Result<ModelCard> inspectModel(const std::filesystem::path& path) {
    ModelCard card;
    card.path = path;
    card.name = oneLine(path.stem().string());
    const auto opened = engine::GgufFile::open(path);
    if (!opened.ok()) {
        const Error& error = opened.error();
        if (error.code == ErrorCode::Unsupported) { // a version we cannot read: nothing is known
            std::error_code ignored;
            const std::uintmax_t bytes = std::filesystem::file_size(path, ignored);
            card.fileBytes = ignored ? 0 : std::uint64_t{bytes};
            card.memoryBytes = card.fileBytes;
            card.refusal = refusalOf(error, path);
            return card;
        }
        const bool isLimit = error.code == ErrorCode::OutOfResources; // of what a file may claim
        return Error{isLimit ? ErrorCode::InvalidInput : error.code, error.message};
    }
    const engine::GgufFile& file = opened.value();
    card.fileBytes = file.fileSize();
    if (const auto filled = fillCard(file, card); !filled.ok()) {
        return Error{ErrorCode::InvalidInput, "'" + path.string() + "': " + filled.error().message};
    }
    // Loading maps the file and checks it; it is the only one who knows whether it works. The
    // weights are not read, so they need no copy.
    if (const auto model = engine::Model::load(path, engine::WeightPlace::Mapping); !model.ok()) {
        const Error& error = model.error();
        if (error.code != ErrorCode::Unsupported) { // the file is there, so a key is not
            const bool isIncomplete = error.code == ErrorCode::NotFound;
            return Error{isIncomplete ? ErrorCode::InvalidInput : error.code, error.message};
        }
        card.refusal = refusalOf(model.error(), path);
    } else if (const auto& format = model.value()->chatFormat(); !format.ok()) {
        card.formatProblem = refusalOf(format.error(), path);
    }
    return card;
}

std::uint64_t availableMemoryBytes() {
    return engine::systemMemoryAvailable();
}

MemoryFit memoryFit(const ModelCard& card) {
    const double share =
        double(card.memoryBytes) / double(std::max<std::uint64_t>(availableMemoryBytes(), 1));
    if (share < kFitsBelow) {
        return MemoryFit::Fits;
    }
    return share < kTightBelow ? MemoryFit::Tight : MemoryFit::TooBig;
}

} // namespace attest::extract
