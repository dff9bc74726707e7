// Source: Linux, Documentation/filesystems/proc.rst.
#include "cli/bench/process_memory.h"

#include <fstream>
#include <sstream>
#include <string>

namespace attest::cli {

ProcessMemory processMemory() {
    ProcessMemory memory;
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string name;
        std::uint64_t kilobytes = 0;
        words >> name >> kilobytes;
        if (name == "VmHWM:") {
            memory.peak = kilobytes * 1024;
        } else if (name == "VmRSS:") {
            memory.present = kilobytes * 1024;
        } else if (name == "RssAnon:") {
            memory.own = kilobytes * 1024;
        }
    }
    return memory;
}

void resetPeakMemory() {
    std::ofstream("/proc/self/clear_refs") << "5\n";
}

} // namespace attest::cli
