// SHA-256: the identity of documents, page texts and model files.
// Source: FIPS 180-4, sections 5 and 6.2.
#pragma once

#include "base/result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

namespace attest {

using Sha256Digest = std::array<std::byte, 32>;

// Hashes data that arrives in pieces. Not thread-safe; a plain value.
class Sha256 {
public:
    void update(std::span<const std::byte> data);

    void update(std::string_view data) { update(std::as_bytes(std::span(data))); }

    // The hash of everything so far; more data may follow afterwards.
    Sha256Digest digest() const;
    std::string hexDigest() const; // 64 lower-case digits

private:
    std::array<std::uint32_t, 8> state_ = {0x6a09e667,
                                           0xbb67ae85,
                                           0x3c6ef372,
                                           0xa54ff53a,
                                           0x510e527f,
                                           0x9b05688c,
                                           0x1f83d9ab,
                                           0x5be0cd19};
    std::array<std::byte, 64> block_ = {}; // the first blockSize_ bytes are waiting
    std::size_t blockSize_ = 0;
    std::uint64_t totalBytes_ = 0;
};

std::string toHex(std::span<const std::byte> data); // lower case

std::string sha256Hex(std::string_view data);

// Errors: NotFound, Io (also: not a regular file), Cancelled (polled once a MiB).
Result<std::string> sha256OfFile(const std::filesystem::path& path, std::stop_token stop = {});

} // namespace attest
