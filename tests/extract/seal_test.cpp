// The real reader, sealed, made to try what a hostile document might make it do.
#include "extract/reader_support.h"
#include "support/catch.h"

#include <csignal>
#include <fcntl.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace attest::test;

TEST_CASE("the sealed process cannot get out, whether it reads or draws", "[extract][seal]") {
    const std::string mode = GENERATE("--mode=text", "--mode=render");
    const std::string how = GENERATE("open",
                                     "write",
                                     "unix-socket",
                                     "inet-socket",
                                     "exec",
                                     "fork",
                                     "ptrace",
                                     "kill-parent",
                                     "executable-memory",
                                     "make-executable");
    CAPTURE(mode, how);
    const std::string program = (programFolder() / "attest-reader").string();
    const std::string escape = "--try-escape=" + how;

    const pid_t child = fork();
    if (child == 0) {
        const int null = open("/dev/null", O_RDWR);
        for (const int fd : {0, 1, 2, 3, 4, 5}) {
            dup2(null, fd);
        }
        execl(program.c_str(), program.c_str(), mode.c_str(), escape.c_str(), nullptr);
        _exit(99);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);

    CAPTURE(status);
    const bool isKilled = WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
    const bool isRefused = WIFEXITED(status) && WEXITSTATUS(status) == 42;
    const bool mayBeRefused = how == "open" || how == "write";
    CHECK((isKilled || (mayBeRefused && isRefused)));
    CHECK_FALSE(fs::exists("/tmp/attest-reader-escape"));
}
