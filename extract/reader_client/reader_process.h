// One run of attest-reader.
#pragma once

#include "base/result.h"
#include "extract/reader_client/unique_fd.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace attest::extract {

// How the process ended: its exit status, or the signal that ended it.
struct ReaderExit {
    int status = 0;
    int signal = 0;
};

// A child process with the document as descriptor 3 and a pipe to us as descriptor 4. The
// destructor kills and reaps it. Not thread-safe. The child dies with the thread that started it.
class ReaderProcess {
public:
    // Errors: NotFound, Io, OutOfResources: it could not be started.
    static Result<ReaderProcess> start(const std::filesystem::path& program,
                                       const std::vector<std::string>& arguments,
                                       int documentFd);

    ReaderProcess(ReaderProcess&& other) noexcept;
    ReaderProcess& operator=(ReaderProcess&&) = delete;
    ~ReaderProcess();

    enum class ReadState { Data, Nothing, End };

    // Waits up to `timeoutMs` for bytes and appends them to `out`.
    ReadState read(std::string& out, int timeoutMs);

    void kill();

    // Reaps the child; kills it when it has not ended after `patienceMs`.
    ReaderExit wait(int patienceMs);

private:
    ReaderProcess(pid_t pid, UniqueFd results) : pid_(pid), results_(std::move(results)) {}

    pid_t pid_ = -1; // -1: reaped or moved away
    UniqueFd results_;
};

} // namespace attest::extract
