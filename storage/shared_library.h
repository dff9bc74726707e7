// One writing connection that several threads take turns with.
#pragma once

#include "storage/library.h"

#include <memory>
#include <mutex>
#include <utility>

namespace attest::storage {

// Thread-safe. The window's own thread never calls with(): a write can wait for the disk.
class SharedLibrary {
public:
    explicit SharedLibrary(Library library) : library_(std::move(library)) {}

    // Runs `use(Database&)` while no other thread uses the connection, and returns what it returns.
    template <typename Use>
    auto with(Use&& use) {
        const std::scoped_lock lock(mutex_);
        return std::forward<Use>(use)(library_.database());
    }

    // Never changes after construction.
    const std::filesystem::path& folder() const { return library_.folder(); }

private:
    std::mutex mutex_;
    Library library_; // guarded by mutex_
};

} // namespace attest::storage
