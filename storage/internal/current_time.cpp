#include "storage/internal/current_time.h"

#include <ctime>

namespace attest::storage {

std::int64_t currentTime() {
    return static_cast<std::int64_t>(std::time(nullptr));
}

} // namespace attest::storage
