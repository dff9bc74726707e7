#include "engine/model.h"

#include "engine/available_memory.h"
#include "engine/cpu.h"
#include "engine/families/families.h"
#include "engine/kernels/choose.h"
#include "engine/model_weights.h"
#include "engine/quoted_text.h"
#include "engine/thread_pool.h"
#include "engine/transformer/panels.h"
#include "engine/transformer/weights.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>
#include <vector>

namespace attest::engine {

// `file` keeps the mapping that `weights` points into.
struct Model::Impl {
    GgufFile file;
    Tokenizer tokenizer;
    Result<ChatFormat> chatFormat;
    Weights weights;
    ModelInfo info;
};

namespace {

std::string describeTypes(const GgufFile& file) {
    std::map<TensorType, std::uint64_t> bytes;
    for (const TensorInfo& tensor : file.tensors()) {
        bytes[tensor.type] += tensor.data.size();
    }
    std::vector<std::pair<TensorType, std::uint64_t>> order(bytes.begin(), bytes.end());
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
        return a.second > b.second;
    });
    std::string text;
    for (const auto& [type, size] : order) {
        text += (text.empty() ? "" : ", ") + toString(type);
    }
    return text;
}

std::uint64_t countParameters(const GgufFile& file) {
    std::uint64_t sum = 0;
    for (const TensorInfo& tensor : file.tensors()) {
        std::uint64_t elements = 1;
        for (const std::uint64_t size : tensor.shape) {
            elements *= size;
        }
        sum += elements;
    }
    return sum;
}

Result<ModelInfo> describe(const GgufFile& file, const TransformerWeights& weights) {
    ModelInfo info;
    ATTEST_TRY_ASSIGN(const std::string_view name, file.stringOr("general.name", ""));
    info.name = name.empty() ? file.path().stem().string() : std::string(name);
    info.architecture = weights.parameters.architecture;
    ATTEST_TRY_ASSIGN(const std::string_view licence, file.stringOr("general.license", ""));
    info.licence = licence;
    info.weightTypes = describeTypes(file);
    info.fileBytes = file.fileSize();
    info.parameterCount = countParameters(file);
    info.contextLength = weights.parameters.contextLength;
    info.layerCount = weights.parameters.layerCount;
    info.embeddingLength = weights.parameters.embeddingLength;
    info.headCount = weights.parameters.headCount;
    info.kvHeadCount = weights.parameters.kvHeadCount;
    info.vocabularySize = weights.vocabularySize;
    return info;
}

// Adapters and projectors are GGUF files too, with the architecture of the model they are for.
Result<void> checkKind(const GgufFile& file) {
    ATTEST_TRY_ASSIGN(const std::string_view kind, file.stringOr("general.type", "model"));
    if (kind != "model") {
        return Error{ErrorCode::Unsupported,
                     "key 'general.type' is " + quoted(kind) + ", not 'model'"};
    }
    return {};
}

// Without reading the tokens, which takes megabytes.
Result<std::uint32_t> vocabularySize(const GgufFile& file, const std::string& architecture) {
    const auto size = file.arrayLength("tokenizer.ggml.tokens");
    if (!size.ok()) {
        return Error{ErrorCode::InvalidInput, size.error().message};
    }
    if (size.value() == 0 || size.value() > std::uint64_t(std::numeric_limits<TokenId>::max())) {
        return Error{ErrorCode::InvalidInput,
                     "key 'tokenizer.ggml.tokens' holds " + std::to_string(size.value()) +
                         " tokens"};
    }
    const std::string key = architecture + ".vocab_size";
    ATTEST_TRY_ASSIGN(const std::uint64_t stated, file.unsignedOr(key, size.value()));
    if (stated != size.value()) {
        return Error{ErrorCode::InvalidInput,
                     "key '" + key + "' is " + std::to_string(stated) + ", the tokenizer has " +
                         std::to_string(size.value()) + " tokens"};
    }
    return std::uint32_t(size.value());
}

// The file is there; a key that is not is the file's fault.
Result<Tokenizer> loadTokenizer(const GgufFile& file) {
    auto tokenizer = Tokenizer::load(file);
    if (!tokenizer.ok() && tokenizer.error().code == ErrorCode::NotFound) {
        return Error{ErrorCode::InvalidInput, tokenizer.error().message};
    }
    return tokenizer;
}

// What a copy of a smaller file takes, its tokens do not win back, unless it is laid down in
// panels: the bundled model then answers a fifth sooner, and a copy of it takes 10 ms.
constexpr std::uint64_t kLeastCopied = std::uint64_t(64) << 20U;

// More threads do not read faster.
constexpr std::size_t kReadThreads = 4;

// Moves the weights to where they shall be. In memory of our own they are laid down as the products
// of the instruction set want them.
Result<void> placeWeights(GgufFile& file, TransformerWeights& weights, WeightPlace place) {
    const bool isAutomatic = place == WeightPlace::Automatic;
    if (place == WeightPlace::Mapping || (isAutomatic && availableMemory() / 2 < file.fileSize())) {
        return {};
    }
    ATTEST_TRY_ASSIGN(const Isa isa, chooseIsa());
    const std::size_t panelRows = kernels(isa).panelRows;
    const std::vector<PanelPlace> places = panelPlaces(weights, panelRows, file.bytes().data());
    if (isAutomatic && places.empty() && file.fileSize() < kLeastCopied) {
        return {};
    }
    ThreadPool pool(std::min(physicalCoreCount(), kReadThreads));
    const std::size_t elsewhere = bytesElsewhere(places);
    const auto arrange = [&](std::byte* copy) -> Result<void> {
        if (elsewhere != 0 && !weights.widePanels.allocate(elsewhere)) {
            return Error{ErrorCode::OutOfResources, "not enough memory to lay the weights down"};
        }
        return arrangePanels(places, panelRows, copy, weights.widePanels.data(), pool);
    };
    auto copied = file.copyIntoMemory(pool, arrange);
    // The mapping serves too where there is no room for a copy.
    if (!copied.ok() && isAutomatic && copied.error().code == ErrorCode::OutOfResources) {
        weights.widePanels = LargeBuffer();
        return {};
    }
    if (copied.ok() && !places.empty()) {
        usePanels(places, panelRows, file.bytes().data(), weights.widePanels.data());
        weights.panelRows = panelRows;
    }
    return copied;
}

} // namespace

Result<std::shared_ptr<const Model>> Model::load(const std::filesystem::path& path,
                                                 WeightPlace place) {
    const std::string context = "load model '" + path.string() + "'";
    auto opened = GgufFile::open(path);
    if (!opened.ok()) {
        return std::move(opened).error();
    }
    const auto build = [&opened, place]() -> Result<std::shared_ptr<const Model>> {
        GgufFile file = std::move(opened).value();
        ATTEST_TRY(checkKind(file));
        // The architecture first: for a family we do not know, that is the message that helps. The
        // tokenizer, which takes megabytes, last.
        ATTEST_TRY_ASSIGN(TransformerParameters parameters, readParameters(file));
        ATTEST_TRY_ASSIGN(const std::uint32_t tokens,
                          vocabularySize(file, parameters.architecture));
        ATTEST_TRY_ASSIGN(TransformerWeights transformer,
                          findWeights(file, std::move(parameters), tokens));
        ATTEST_TRY_ASSIGN(Tokenizer tokenizer, loadTokenizer(file));
        Result<ChatFormat> chatFormat = ChatFormat::recognise(file);
        ATTEST_TRY_ASSIGN(ModelInfo info, describe(file, transformer));
        ATTEST_TRY(placeWeights(file, transformer, place));
        return std::shared_ptr<const Model>(
            new Model(std::make_unique<Impl>(Impl{.file = std::move(file), // NOLINT: private
                                                  .tokenizer = std::move(tokenizer),
                                                  .chatFormat = std::move(chatFormat),
                                                  .weights = {std::move(transformer)},
                                                  .info = std::move(info)})));
    };
    auto model = build();
    if (!model.ok()) {
        return std::move(model).error().in(context);
    }
    return model;
}

Model::Model(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Model::~Model() = default;

const ModelInfo& Model::info() const {
    return impl_->info;
}

const Tokenizer& Model::tokenizer() const {
    return impl_->tokenizer;
}

const Result<ChatFormat>& Model::chatFormat() const {
    return impl_->chatFormat;
}

WeightPlace Model::weightPlace() const {
    return impl_->file.isInMemory() ? WeightPlace::Memory : WeightPlace::Mapping;
}

const GgufFile& Model::file() const {
    return impl_->file;
}

const Model::Weights& Model::weights() const {
    return impl_->weights;
}

} // namespace attest::engine
