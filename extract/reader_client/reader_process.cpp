#include "extract/reader_client/reader_process.h"

#include "extract/reader/protocol.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>

namespace attest::extract {

namespace {

constexpr std::size_t kReadBytes = std::size_t{256} << 10U;
constexpr int kImagePipeBytes = 1 << 20;
// Above the descriptors the child uses, so that setting one never overwrites the other.
constexpr int kFirstSafeFd = 10;

// posix_spawn's settings, freed with their owner.
struct SpawnSettings {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;

    SpawnSettings() {
        posix_spawn_file_actions_init(&actions);
        posix_spawnattr_init(&attributes);
    }

    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;

    ~SpawnSettings() {
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }
};

Error startError(int code) {
    const ErrorCode kind = code == ENOENT                     ? ErrorCode::NotFound
                           : code == ENOMEM || code == EAGAIN ? ErrorCode::OutOfResources
                                                              : ErrorCode::Io;
    return Error{kind, std::string("attest-reader cannot be started: ") + std::strerror(code)};
}

} // namespace

Result<ReaderProcess> ReaderProcess::start(const std::filesystem::path& program,
                                           const std::vector<std::string>& arguments,
                                           int documentFd,
                                           Requests requests) {
    std::array<int, 2> pipe{-1, -1};
    if (pipe2(pipe.data(), O_CLOEXEC) != 0) {
        return startError(errno);
    }
    UniqueFd results(pipe[0]);
    const UniqueFd childEnd(pipe[1]);
    // A socket, because writing to a pipe that nobody reads any more is a signal for all of us.
    std::array<int, 2> sockets{-1, -1};
    if (requests == Requests::Wanted &&
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets.data()) != 0) {
        return startError(errno);
    }
    UniqueFd asking(sockets[0]);
    const UniqueFd asked(sockets[1]);
    fcntl(results.value(), F_SETFL, O_NONBLOCK);
    const UniqueFd document(fcntl(documentFd, F_DUPFD_CLOEXEC, kFirstSafeFd));
    const UniqueFd childResults(fcntl(childEnd.value(), F_DUPFD_CLOEXEC, kFirstSafeFd));
    if (!document.isOpen() || !childResults.isOpen()) {
        return startError(errno);
    }
    const UniqueFd childRequests(
        asked.isOpen() ? fcntl(asked.value(), F_DUPFD_CLOEXEC, kFirstSafeFd) : -1);
    if (asked.isOpen() && !childRequests.isOpen()) {
        return startError(errno);
    }

    SpawnSettings settings;
    for (const int standard : {0, 1, 2}) {
        posix_spawn_file_actions_addopen(&settings.actions, standard, "/dev/null", O_RDWR, 0);
    }
    posix_spawn_file_actions_adddup2(&settings.actions, document.value(), reader::kDocumentFd);
    posix_spawn_file_actions_adddup2(&settings.actions, childResults.value(), reader::kResultFd);
    if (childRequests.isOpen()) {
        posix_spawn_file_actions_adddup2(
            &settings.actions, childRequests.value(), reader::kRequestFd);
        fcntl(results.value(), F_SETPIPE_SZ, kImagePipeBytes); // saves waits; not vital
    }
    sigset_t none;
    sigemptyset(&none);
    sigset_t all;
    sigfillset(&all);
    posix_spawnattr_setsigmask(&settings.attributes, &none);
    posix_spawnattr_setsigdefault(&settings.attributes, &all);
    posix_spawnattr_setflags(&settings.attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

    std::string name = program.string();
    std::vector<std::string> copies = arguments;
    std::vector<char*> argv = {name.data()};
    for (std::string& argument : copies) {
        argv.push_back(argument.data());
    }
    argv.push_back(nullptr);
    // Nothing of our environment: no LD_PRELOAD, no HOME, no locale.
    std::string locale = "LC_ALL=C";
    std::array<char*, 2> environment = {locale.data(), nullptr};

    pid_t pid = -1;
    const int code = posix_spawn(&pid,
                                 name.c_str(),
                                 &settings.actions,
                                 &settings.attributes,
                                 argv.data(),
                                 environment.data());
    if (code != 0) {
        return startError(code);
    }
    return ReaderProcess(pid, std::move(results), std::move(asking));
}

ReaderProcess::ReaderProcess(ReaderProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1))
    , results_(std::move(other.results_))
    , requests_(std::move(other.requests_)) {}

ReaderProcess::~ReaderProcess() {
    if (pid_ > 0) {
        kill();
        wait(0);
    }
}

ReaderProcess::ReadState ReaderProcess::read(std::string& out, int timeoutMs) {
    const std::size_t before = out.size();
    std::size_t got = 0;
    out.resize(before + kReadBytes);
    const ReadState state = readInto(std::span(out).subspan(before), timeoutMs, got);
    out.resize(before + got);
    return state;
}

ReaderProcess::ReadState
ReaderProcess::readInto(std::span<char> out, int timeoutMs, std::size_t& got) {
    got = 0;
    pollfd waiting = {results_.value(), POLLIN, 0};
    if (poll(&waiting, 1, timeoutMs) <= 0) {
        return ReadState::Nothing;
    }
    const ssize_t count = ::read(results_.value(), out.data(), out.size());
    if (count > 0) {
        got = static_cast<std::size_t>(count);
        return ReadState::Data;
    }
    const bool mayComeLater = count < 0 && (errno == EAGAIN || errno == EINTR);
    return mayComeLater ? ReadState::Nothing : ReadState::End;
}

bool ReaderProcess::send(std::string_view bytes) {
    const ssize_t sent =
        ::send(requests_.value(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    return sent == static_cast<ssize_t>(bytes.size());
}

void ReaderProcess::kill() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
    }
}

ReaderExit ReaderProcess::wait(int patienceMs) {
    using Clock = std::chrono::steady_clock;
    const auto deadline = Clock::now() + std::chrono::milliseconds(patienceMs);
    ReaderExit exit;
    int status = 0;
    while (pid_ > 0) {
        const bool isLate = Clock::now() >= deadline;
        if (isLate) {
            kill();
        }
        const pid_t reaped = waitpid(pid_, &status, isLate ? 0 : WNOHANG);
        if (reaped == pid_) {
            exit.status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
            exit.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
            pid_ = -1;
        } else if (reaped < 0 && errno != EINTR) {
            pid_ = -1; // somebody else reaps this program's children
        } else if (reaped == 0) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }
    return exit;
}

} // namespace attest::extract
