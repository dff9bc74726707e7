#include "engine/available_memory.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>

namespace attest::engine {

namespace {

std::uint64_t availableToAll() {
    std::ifstream file("/proc/meminfo");
    std::string key;
    std::uint64_t kilobytes = 0;
    std::string rest;
    while (file >> key >> kilobytes && std::getline(file, rest)) {
        if (key == "MemAvailable:") {
            return kilobytes * 1024;
        }
    }
    return 0;
}

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

std::uint64_t availableMemory() {
    return std::min(availableToAll(), groupLimit());
}

} // namespace attest::engine
