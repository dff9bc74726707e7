// What the tests of whole models share.
#pragma once

#include "engine/cpu.h"
#include "engine/model.h"
#include "engine/session.h"
#include "engine/thread_pool.h"
#include "support/catch.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace attest::test {

// Makes new sessions use one kernel set while it lives.
class IsaScope {
public:
    explicit IsaScope(engine::Isa isa) {
        if (const char* before = std::getenv("ATTEST_ISA")) {
            before_ = before;
        }
        ::setenv("ATTEST_ISA", std::string(engine::toString(isa)).c_str(), 1);
    }

    ~IsaScope() {
        if (before_.empty()) {
            ::unsetenv("ATTEST_ISA");
        } else {
            ::setenv("ATTEST_ISA", before_.c_str(), 1);
        }
    }

    IsaScope(const IsaScope&) = delete;
    IsaScope& operator=(const IsaScope&) = delete;

private:
    std::string before_;
};

inline std::string readFile(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    INFO("file: " << path.string());
    REQUIRE(file.is_open());
    return {std::istreambuf_iterator<char>(file), {}};
}

inline std::vector<float> readFloats(const std::filesystem::path& path) {
    const std::string bytes = readFile(path);
    std::vector<float> values(bytes.size() / sizeof(float));
    std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
    return values;
}

// A JSON array of integers.
inline std::vector<engine::TokenId> readTokens(const std::filesystem::path& path) {
    std::string text = readFile(path);
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '[' || c == ']' || c == ','; }, ' ');
    std::vector<engine::TokenId> tokens;
    const char* cursor = text.c_str();
    char* end = nullptr;
    for (long id = std::strtol(cursor, &end, 10); end != cursor;
         id = std::strtol(cursor, &end, 10)) {
        tokens.push_back(engine::TokenId(id));
        cursor = end;
    }
    REQUIRE_FALSE(tokens.empty());
    return tokens;
}

// For sessions of any instruction set: a copy in memory is laid down for one.
inline std::shared_ptr<const engine::Model> loadModel(const std::filesystem::path& path) {
    auto model = engine::Model::load(path, engine::WeightPlace::Mapping);
    INFO((model.ok() ? "" : model.error().message));
    REQUIRE(model.ok());
    return std::move(model).value();
}

inline engine::Session createSession(const std::shared_ptr<const engine::Model>& model,
                                     engine::ThreadPool& pool,
                                     const engine::SessionOptions& options = {}) {
    auto session = engine::Session::create(model, pool, options);
    INFO((session.ok() ? "" : session.error().message));
    REQUIRE(session.ok());
    return std::move(session).value();
}

// The logits of every token.
inline std::vector<float> allLogits(engine::Session& session,
                                    std::span<const engine::TokenId> tokens) {
    const auto logits = session.appendRows(tokens, tokens.size());
    INFO((logits.ok() ? "" : logits.error().message));
    REQUIRE(logits.ok());
    return {logits.value().begin(), logits.value().end()};
}

// The same when they are appended `step` at a time.
inline std::vector<float>
logitsInSteps(engine::Session& session, std::span<const engine::TokenId> tokens, std::size_t step) {
    std::vector<float> all;
    for (std::size_t begin = 0; begin < tokens.size(); begin += step) {
        const auto part = tokens.subspan(begin, std::min(step, tokens.size() - begin));
        const std::vector<float> logits = allLogits(session, part);
        all.insert(all.end(), logits.begin(), logits.end());
    }
    return all;
}

inline double largestDifference(std::span<const float> a, std::span<const float> b) {
    REQUIRE(a.size() == b.size());
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double difference = std::fabs(double(a[i]) - double(b[i]));
        // Written so that a NaN counts as infinitely wrong.
        if (!(difference <= largest)) {
            largest = std::isnan(difference) ? HUGE_VAL : difference;
        }
    }
    return largest;
}

// Squared error over squared reference.
inline double normalisedError(std::span<const float> values, std::span<const float> reference) {
    REQUIRE(values.size() == reference.size());
    double error = 0;
    double size = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        error += std::pow(double(values[i]) - double(reference[i]), 2);
        size += std::pow(double(reference[i]), 2);
    }
    return error / size;
}

inline bool sameBytes(std::span<const float> a, std::span<const float> b) {
    return a.size() == b.size() &&
           (a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
}

} // namespace attest::test
