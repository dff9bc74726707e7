#include "engine/session.h"

#include "base/check.h"
#include "engine/cpu.h"
#include "engine/kernels/choose.h"
#include "engine/lora/adapter_contents.h"
#include "engine/model.h"
#include "engine/model_weights.h"
#include "engine/transformer/forward.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace attest::engine {

namespace {

// Beyond this, activations would outgrow the weights without making a pass faster.
constexpr std::uint32_t kMaxBatch = 4'096;

// Errors: InvalidInput.
Result<std::vector<ScaledAdapter>> scaledAdapters(const SessionOptions& options,
                                                  const Model& model) {
    std::vector<ScaledAdapter> scaled;
    for (const AppliedAdapter& applied : options.adapters) {
        const AdapterInfo& info = applied.adapter->info();
        if (&applied.adapter->model() != &model) {
            return Error{ErrorCode::InvalidInput,
                         "adapter '" + info.name + "' was loaded for another model"};
        }
        if (!std::isfinite(applied.scale)) {
            return Error{ErrorCode::InvalidInput,
                         "the scale of adapter '" + info.name + "' is not a number"};
        }
        scaled.push_back({&applied.adapter->contents().adapter, applied.scale});
    }
    return scaled;
}

} // namespace

struct Session::Impl {
    std::shared_ptr<const Model> model;
    std::vector<AppliedAdapter> adapters; // keeps what the forward pass borrows
    std::size_t contextLength = 0;
    std::size_t batchSize = 0;
    Forward forward;
    std::vector<TokenId> tokens;
    AlignedBuffer<float> logits;

    std::size_t vocabularySize() const { return model->weights().transformer.vocabularySize; }

    // Everything that can refuse the call, before anything changes.
    Result<void> check(std::span<const TokenId> added, std::size_t rows) {
        if (added.size() > contextLength - tokens.size()) {
            return Error{ErrorCode::OutOfResources,
                         "the context of " + std::to_string(contextLength) + " tokens holds " +
                             std::to_string(tokens.size()) + " and cannot take " +
                             std::to_string(added.size()) + " more"};
        }
        for (std::size_t i = 0; i < added.size(); ++i) {
            if (added[i] < 0 || std::size_t(added[i]) >= vocabularySize()) {
                return Error{ErrorCode::InvalidInput,
                             "token " + std::to_string(i) + " has id " + std::to_string(added[i]) +
                                 ", outside the vocabulary of " + std::to_string(vocabularySize())};
            }
        }
        const std::size_t size = rows * vocabularySize();
        if (logits.size() < size && !logits.allocate(size)) {
            return Error{ErrorCode::OutOfResources,
                         "not enough memory for the logits of " + std::to_string(rows) + " tokens"};
        }
        return {};
    }
};

Session::Session(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

Result<Session> Session::create(std::shared_ptr<const Model> model,
                                ThreadPool& pool,
                                const SessionOptions& options) {
    const TransformerWeights& weights = model->weights().transformer;
    const std::uint32_t trained = weights.parameters.contextLength;
    const std::uint32_t contextLength =
        options.contextLength == 0 ? trained : options.contextLength;
    if (contextLength > trained) {
        return Error{ErrorCode::InvalidInput,
                     "a context of " + std::to_string(contextLength) +
                         " tokens is longer than the model's " + std::to_string(trained)};
    }
    if (options.batchSize == 0 || options.batchSize > kMaxBatch) {
        return Error{ErrorCode::InvalidInput,
                     "the batch size is outside 1 to " + std::to_string(kMaxBatch)};
    }
    ATTEST_TRY_ASSIGN(const Isa isa, chooseIsa());
    if (weights.panelRows != 0 && weights.panelRows != kernels(isa).panelRows) {
        return Error{ErrorCode::Unsupported,
                     "the model was loaded for another instruction set than " +
                         std::string(toString(isa))};
    }
    const std::size_t batchSize = std::min(options.batchSize, contextLength);
    ATTEST_TRY_ASSIGN(std::vector<ScaledAdapter> adapters, scaledAdapters(options, *model));
    ATTEST_TRY_ASSIGN(Forward forward,
                      Forward::create(weights,
                                      kernels(isa),
                                      pool,
                                      contextLength,
                                      batchSize,
                                      options.kvType,
                                      std::move(adapters)));
    return Session(std::make_unique<Impl>(Impl{.model = std::move(model),
                                               .adapters = options.adapters,
                                               .contextLength = contextLength,
                                               .batchSize = batchSize,
                                               .forward = std::move(forward),
                                               .tokens = {},
                                               .logits = {}}));
}

Result<std::span<const float>> Session::append(std::span<const TokenId> tokens,
                                               std::stop_token stop) {
    return appendRows(tokens, 1, std::move(stop));
}

Result<std::span<const float>>
Session::appendRows(std::span<const TokenId> tokens, std::size_t rows, std::stop_token stop) {
    ATTEST_CHECK(!tokens.empty() && rows <= tokens.size());
    ATTEST_TRY(impl_->check(tokens, rows));
    const std::size_t vocabulary = impl_->vocabularySize();
    const std::size_t firstWanted = tokens.size() - rows;
    for (std::size_t begin = 0; begin < tokens.size(); begin += impl_->batchSize) {
        const std::size_t count = std::min(impl_->batchSize, tokens.size() - begin);
        // Logits are wanted from here on; at the end of the batch if none of its tokens are.
        const std::size_t wanted = std::clamp(firstWanted, begin, begin + count);
        const std::size_t rowsBefore = std::max(wanted, firstWanted) - firstWanted;
        const std::span<float> logits(impl_->logits.data() + rowsBefore * vocabulary,
                                      (begin + count - wanted) * vocabulary);
        // The cache behind the sequence is scratch until the tokens are added below.
        ATTEST_TRY(impl_->forward.run(
            tokens.subspan(begin, count), impl_->tokens.size() + begin, logits, stop));
    }
    impl_->tokens.insert(impl_->tokens.end(), tokens.begin(), tokens.end());
    return std::span<const float>(impl_->logits.data(), rows * vocabulary);
}

std::size_t Session::length() const {
    return impl_->tokens.size();
}

std::size_t Session::contextLength() const {
    return impl_->contextLength;
}

void Session::truncate(std::size_t length) {
    ATTEST_CHECK(length <= impl_->tokens.size());
    impl_->tokens.resize(length);
}

std::span<const TokenId> Session::tokens() const {
    return impl_->tokens;
}

std::uint64_t Session::memoryBytes() const {
    return impl_->forward.bytes() + impl_->logits.bytes();
}

} // namespace attest::engine
