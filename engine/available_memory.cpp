#include "engine/available_memory.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <string_view>
#include <unistd.h>

namespace attest::engine {

namespace {

// The least that the process's group or one above it may have.
std::uint64_t groupLimit() {
    const std::string prefix = "0::/";
    std::ifstream file("/proc/self/cgroup");
    std::string line;
    while (std::getline(file, line) && line.rfind(prefix, 0) != 0) {
    }
    const std::filesystem::path root = "/sys/fs/cgroup";
    std::filesystem::path group =
        line.rfind(prefix, 0) == 0 ? root / line.substr(prefix.size()) : root;
    std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
    for (;; group = group.parent_path()) {
        std::uint64_t limit = 0;
        if (std::ifstream(group / "memory.max") >> limit) { // "max" is no number
            least = std::min(least, limit);
        }
        if (group == root || !group.has_relative_path()) {
            return least;
        }
    }
}

} // namespace

std::uint64_t systemMemoryAvailable() {
    std::ifstream file("/proc/meminfo");
    std::string line;
    constexpr std::string_view kName = "MemAvailable:";
    while (std::getline(file, line)) {
        if (line.compare(0, kName.size(), kName) != 0) {
            continue;
        }
        const std::size_t begin = line.find_first_not_of(' ', kName.size());
        std::uint64_t kibibytes = 0;
        if (begin != std::string::npos) {
            std::from_chars(line.data() + begin, line.data() + line.size(), kibibytes);
        }
        return kibibytes << 10U;
    }
    // Kernels without it and foreign /proc: what is free, without the file cache.
    const long pages = sysconf(_SC_AVPHYS_PAGES);
    const long pageBytes = sysconf(_SC_PAGESIZE);
    return pages > 0 && pageBytes > 0
               ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(pageBytes)
               : 0;
}

std::uint64_t availableMemory() {
    return std::min(systemMemoryAvailable(), groupLimit());
}

} // namespace attest::engine
