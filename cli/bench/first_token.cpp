#include "cli/bench/first_token.h"

#include "engine/model.h"
#include "engine/session.h"
#include "engine/thread_pool.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <fcntl.h>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ; // NOLINT(readability-redundant-declaration): POSIX leaves it to programs

namespace attest::cli {

namespace {

constexpr std::uint32_t kContext = 512; // enough for a question

} // namespace

Result<double> timeFirstToken(const std::filesystem::path& model, std::size_t threads) {
    std::array<int, 2> pipe = {};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
        return Error{ErrorCode::Io, "no pipe to a second process"};
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
    std::array<std::string, 7> words = {"attest",
                                        "bench",
                                        "--first-token",
                                        "--model",
                                        model.string(),
                                        "--threads",
                                        std::to_string(threads)};
    std::array<char*, 8> arguments = {};
    std::transform(words.begin(), words.end(), arguments.begin(), [](std::string& word) {
        return word.data();
    });
    pid_t child = 0;
    const auto begin = std::chrono::steady_clock::now();
    const int problem =
        ::posix_spawn(&child, "/proc/self/exe", &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(pipe[1]);
    char byte = 0;
    const bool isAnswered = problem == 0 && ::read(pipe[0], &byte, 1) == 1;
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
    ::close(pipe[0]);
    if (problem != 0) {
        return Error{ErrorCode::Io, "cannot start this program a second time"};
    }
    ::waitpid(child, nullptr, 0);
    if (!isAnswered) {
        return Error{ErrorCode::Unsupported, "a second process could not use the model"};
    }
    return time.count();
}

Result<void> computeFirstToken(const std::filesystem::path& model,
                               std::size_t threads,
                               const std::function<void()>& tell) {
    engine::ThreadPool pool(threads);
    ATTEST_TRY_ASSIGN(const auto loaded, engine::Model::load(model));
    const std::uint32_t context = std::min(kContext, loaded->info().contextLength);
    ATTEST_TRY_ASSIGN(engine::Session session,
                      engine::Session::create(loaded, pool, {.contextLength = context}));
    const std::array<engine::TokenId, 1> token = {0};
    ATTEST_TRY(session.append(token));
    tell();
    return {};
}

} // namespace attest::cli
