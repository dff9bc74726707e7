#include "extract/network_lock.h"
#include "support/catch.h"

#include <array>
#include <cerrno>
#include <string>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace attest;

namespace {

// 0: a socket was given; else the error.
int tryFamily(int family, int type) {
    errno = 0;
    const int made = ::socket(family, type, 0);
    if (made >= 0) {
        ::close(made);
        return 0;
    }
    return errno;
}

// Runs `check` in a child process that has locked the network out, because the lock cannot be
// taken off again. Returns its answer.
template <typename Check>
int inLockedChild(Check check) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const auto locked = extract::denyNetwork();
        ::_exit(locked.ok() ? check() : 200);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    return WEXITSTATUS(status);
}

} // namespace

TEST_CASE("a locked process gets no network socket", "[gui][settings]") {
    for (const int family : {AF_UNSPEC, AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_VSOCK}) {
        for (const int type : {SOCK_STREAM, SOCK_DGRAM, SOCK_RAW}) {
            CAPTURE(family, type);
            CHECK(inLockedChild([=] { return tryFamily(family, type); }) == EACCES);
        }
    }
}

TEST_CASE("a locked process talks to programs of this machine", "[gui][settings]") {
    CHECK(inLockedChild([] { return tryFamily(AF_UNIX, SOCK_STREAM); }) == 0);
    CHECK(inLockedChild([] {
              std::array<int, 2> pair{};
              return ::socketpair(AF_UNIX, SOCK_STREAM, 0, pair.data()) == 0 ? 0 : errno;
          }) == 0);
}

TEST_CASE("a family cannot hide behind the argument's upper half", "[gui][settings]") {
    const int answer = inLockedChild([] {
        errno = 0;
        const long made = ::syscall(SYS_socket, 0x100000000L + AF_INET, SOCK_STREAM, 0);
        return made >= 0 ? 0 : errno;
    });
    CHECK(answer == EACCES);
}

TEST_CASE("io_uring is refused in a locked process", "[gui][settings]") {
    const int answer = inLockedChild([] {
        errno = 0;
        const long made = ::syscall(SYS_io_uring_setup, 8, nullptr);
        return made >= 0 ? 0 : errno;
    });
    CHECK(answer == EPERM);
}

TEST_CASE("threads and children of a locked process are locked", "[gui][settings]") {
    CHECK(inLockedChild([] {
              int seen = 0;
              std::thread([&seen] { seen = tryFamily(AF_INET, SOCK_STREAM); }).join();
              return seen;
          }) == EACCES);
    CHECK(inLockedChild([] {
              const pid_t child = ::fork();
              if (child == 0) {
                  ::_exit(tryFamily(AF_INET, SOCK_STREAM));
              }
              int status = 0;
              ::waitpid(child, &status, 0);
              return WEXITSTATUS(status);
          }) == EACCES);
}

TEST_CASE("locking twice is no error", "[gui][settings]") {
    CHECK(inLockedChild([] { return extract::denyNetwork().ok() ? 0 : 1; }) == 0);
}
