#include "gui/app/store.h"

#include "storage/library.h"

namespace attest::gui {

Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path& folder) {
    ATTEST_TRY_ASSIGN(auto library, storage::Library::open(folder, storage::Access::ReadWrite));
    ATTEST_TRY_ASSIGN(auto reader, storage::Library::open(folder, storage::Access::ReadOnly));
    return std::unique_ptr<Store>(new Store(std::move(library), std::move(reader)));
}

Store::Store(storage::Library library, storage::Library reader)
    : library_(std::make_unique<storage::SharedLibrary>(std::move(library)))
    , reader_(std::make_unique<storage::Library>(std::move(reader))) {}

Store::~Store() = default;

} // namespace attest::gui
