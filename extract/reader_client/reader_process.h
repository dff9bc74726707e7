// One run of attest-reader.
#pragma once

#include "base/result.h"
#include "extract/reader_client/unique_fd.h"

#include <cstddef>
#include <filesystem>
#include <span>
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

// Whether the process can be asked for something while it runs.
enum class Requests { None, Wanted };

// A child process with the document as descriptor 3, a pipe to us as descriptor 4 and, wanted, a
// socket from us as descriptor 5. The destructor kills and reaps it. Not thread-safe. The child
// dies with the thread that started it.
class ReaderProcess {
public:
    // Errors: NotFound, Io, OutOfResources: it could not be started.
    static Result<ReaderProcess> start(const std::filesystem::path& program,
                                       const std::vector<std::string>& arguments,
                                       int documentFd,
                                       Requests requests = Requests::None);

    ReaderProcess(ReaderProcess&& other) noexcept;
    ReaderProcess& operator=(ReaderProcess&&) = delete;
    ~ReaderProcess();

    enum class ReadState { Data, Nothing, End };

    // Waits up to `timeoutMs` for bytes and appends them to `out`.
    ReadState read(std::string& out, int timeoutMs);

    // Waits up to `timeoutMs` for bytes and takes as many as there are and fit; `got` says how
    // many. REQUIRES: out is not empty.
    ReadState readInto(std::span<char> out, int timeoutMs, std::size_t& got);

    // False when the child is gone or does not take its requests. REQUIRES: Requests::Wanted; the
    // bytes are few, so that they fit into the socket's buffer.
    bool send(std::string_view bytes);

    void kill();

    // Reaps the child; kills it when it has not ended after `patienceMs`.
    ReaderExit wait(int patienceMs);

private:
    ReaderProcess(pid_t pid, UniqueFd results, UniqueFd requests)
        : pid_(pid), results_(std::move(results)), requests_(std::move(requests)) {}

    pid_t pid_ = -1; // -1: reaped or moved away
    UniqueFd results_;
    UniqueFd requests_;
};

} // namespace attest::extract
