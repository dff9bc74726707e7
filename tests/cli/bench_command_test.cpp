// `attest bench` on a small model of random weights.
#include "cli/attest_program.h"
#include "support/catch.h"
#include "support/random_model/write_model.h"
#include "support/temporary_folder.h"

#include <nlohmann/json.hpp>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <set>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using attest::test::ProgramRun;
using attest::test::TemporaryFolder;

extern char** environ; // NOLINT(readability-redundant-declaration): POSIX leaves it to programs

namespace {

std::string writeTiny(const TemporaryFolder& folder) {
    const std::filesystem::path path = folder.path() / "tiny.gguf";
    REQUIRE(attest::test::writeRandomModel(
                *attest::test::findShape("tiny"), "Q8_0", attest::test::Mix::AsQuantized, 1, path)
                .empty());
    return path.string();
}

// The program has its handler of SIGINT in place; false: it has ended before that.
bool waitForHandler(pid_t child) {
    for (;;) {
        std::ifstream file("/proc/" + std::to_string(child) + "/status");
        if (!file.is_open()) {
            return false;
        }
        for (std::string line; std::getline(file, line);) {
            if (line.starts_with("State:") && line.find('Z') != std::string::npos) {
                return false;
            }
            if (line.starts_with("SigCgt:")) {
                const unsigned long long caught = std::strtoull(line.c_str() + 7, nullptr, 16);
                if ((caught & (1ULL << (SIGINT - 1))) != 0) {
                    return true;
                }
            }
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

} // namespace

TEST_CASE("bench prints one table", "[cli][bench]") {
    const TemporaryFolder folder;

    const ProgramRun run =
        attest::test::attest({"bench", writeTiny(folder), "--quick", "--threads", "2"});

    CHECK(run.exitCode == 0);
    CHECK(run.errors.empty());
    for (const char* part : {"random weights",
                             "2 threads, kernels",
                             "GB/s",
                             "load",
                             "first token",
                             "prefill, 512 tokens",
                             "decode, depth 0",
                             "batch of 16",
                             "peak memory"}) {
        CAPTURE(part);
        CHECK(run.output.find(part) != std::string::npos);
    }
}

TEST_CASE("bench prints the same as JSON, with all numbers positive", "[cli][bench]") {
    const TemporaryFolder folder;

    const ProgramRun run = attest::test::attest(
        {"bench", "--model", writeTiny(folder), "--json", "--rounds", "1", "--kv", "q8_0"});

    REQUIRE(run.exitCode == 0);
    const auto json = nlohmann::json::parse(run.output, nullptr, false);
    REQUIRE(json.is_object());
    CHECK(json["limits"]["read_bytes_per_second"].get<double>() > 0);
    CHECK(json["kv"] == "q8_0");
    CHECK(json["file_bytes"].get<double>() > 1e6);
    std::set<std::string> ids;
    for (const auto& row : json["rows"]) {
        ids.insert(row["id"].get<std::string>());
        CAPTURE(row.dump());
        if (row["id"] != "memory_own") { // may well be nothing
            CHECK(row["value"].get<double>() > 0);
        }
        CHECK((row["limit"].is_null() || row["limit"].get<double>() > 0));
        CHECK(row["limit"].is_null() == row["share"].is_null());
    }
    // The tiny model's context ends before 4,096 tokens.
    for (const char* id : {"load",
                           "start",
                           "prefill_128",
                           "prefill_512",
                           "decode_0",
                           "decode_512",
                           "batch_1",
                           "batch_2",
                           "batch_4",
                           "batch_8",
                           "batch_16",
                           "memory_peak",
                           "memory_own"}) {
        CAPTURE(id);
        CHECK(ids.count(id) == 1);
    }
    CHECK(ids.count("prefill_4096") == 0);
    CHECK(ids.size() == json["rows"].size());
}

TEST_CASE("bench stops at Ctrl-C", "[cli][bench]") {
    const TemporaryFolder folder;
    const std::string model = writeTiny(folder);
    std::array<std::string, 5> words = {"attest", "bench", model, "--rounds", "100"};
    std::array<char*, 6> arguments = {};
    for (std::size_t i = 0; i < words.size(); ++i) {
        arguments[i] = words[i].data();
    }
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&quiet, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    REQUIRE(::posix_spawn(&child, ATTEST_PROGRAM, &quiet, nullptr, arguments.data(), environ) == 0);
    posix_spawn_file_actions_destroy(&quiet);

    const bool isListening = waitForHandler(child);
    ::kill(child, SIGINT);
    int status = 0;
    ::waitpid(child, &status, 0);

    REQUIRE(isListening);
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 130);
}

TEST_CASE("bench refuses what is no model and numbers that make no sense", "[cli][bench]") {
    CHECK(attest::test::attest({"bench", "/nowhere.gguf"}).exitCode == 4);
    CHECK(attest::test::attest({"bench", "--rounds", "0"}).exitCode == 2);
    CHECK(attest::test::attest({"bench", "--kv", "f8"}).exitCode == 2);
}
