#include "engine/lora_adapter.h"

#include "engine/gguf.h"
#include "engine/lora/adapter_contents.h"
#include "engine/model.h"

#include <string_view>
#include <utility>

namespace attest::engine {

// `file` keeps the mapping that `contents` points into, `model` that of the tensors it changes.
struct LoraAdapter::Impl {
    std::shared_ptr<const Model> model;
    GgufFile file;
    Contents contents;
    AdapterInfo info;
};

namespace {

Result<AdapterInfo> describe(const GgufFile& file, const AdapterContents& contents) {
    AdapterInfo info;
    ATTEST_TRY_ASSIGN(const std::string_view name, file.stringOr("general.name", ""));
    info.name = name.empty() ? file.path().stem().string() : std::string(name);
    info.alpha = contents.alpha;
    info.rank = contents.largestRank;
    info.matrices = contents.pairs.size() + (contents.embedding ? 1 : 0);
    info.fileBytes = file.fileSize();
    info.ignored = contents.ignored;
    return info;
}

} // namespace

Result<std::shared_ptr<const LoraAdapter>> LoraAdapter::load(const std::filesystem::path& path,
                                                             std::shared_ptr<const Model> model) {
    auto opened = GgufFile::open(path);
    if (!opened.ok()) {
        return std::move(opened).error();
    }
    const auto build = [&]() -> Result<std::shared_ptr<const LoraAdapter>> {
        GgufFile file = std::move(opened).value();
        ATTEST_TRY_ASSIGN(AdapterContents contents, readAdapter(file, model->file()));
        ATTEST_TRY_ASSIGN(AdapterInfo info, describe(file, contents));
        return std::shared_ptr<const LoraAdapter>(new LoraAdapter(
            std::make_unique<Impl>(Impl{.model = std::move(model), // NOLINT: private
                                        .file = std::move(file),
                                        .contents = {std::move(contents)},
                                        .info = std::move(info)})));
    };
    auto adapter = build();
    if (!adapter.ok()) {
        return std::move(adapter).error().in("load adapter '" + path.string() + "'");
    }
    return adapter;
}

LoraAdapter::LoraAdapter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

LoraAdapter::~LoraAdapter() = default;

const AdapterInfo& LoraAdapter::info() const {
    return impl_->info;
}

const Model& LoraAdapter::model() const {
    return *impl_->model;
}

const LoraAdapter::Contents& LoraAdapter::contents() const {
    return impl_->contents;
}

} // namespace attest::engine
