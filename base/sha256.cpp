#include "base/sha256.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace attest {

namespace {

using State = std::array<std::uint32_t, 8>;

constexpr std::array<std::uint32_t, 64> kRoundConstants = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

std::uint32_t bigEndianWord(const std::byte* p) {
    return (std::to_integer<std::uint32_t>(p[0]) << 24U) |
           (std::to_integer<std::uint32_t>(p[1]) << 16U) |
           (std::to_integer<std::uint32_t>(p[2]) << 8U) | std::to_integer<std::uint32_t>(p[3]);
}

// FIPS 180-4, section 6.2.2; the letters are those of the standard.
void compress(State& state, const std::byte* block) {
    std::array<std::uint32_t, 64> w; // NOLINT(cppcoreguidelines-pro-type-member-init)
    for (std::size_t t = 0; t < 16; ++t) {
        w[t] = bigEndianWord(block + 4 * t);
    }
    for (std::size_t t = 16; t < 64; ++t) {
        const std::uint32_t x = w[t - 15];
        const std::uint32_t y = w[t - 2];
        const std::uint32_t sigma0 = std::rotr(x, 7) ^ std::rotr(x, 18) ^ (x >> 3U);
        const std::uint32_t sigma1 = std::rotr(y, 17) ^ std::rotr(y, 19) ^ (y >> 10U);
        w[t] = sigma1 + w[t - 7] + sigma0 + w[t - 16];
    }
    auto [a, b, c, d, e, f, g, h] = state;
    for (std::size_t t = 0; t < 64; ++t) {
        const std::uint32_t sum1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
        const std::uint32_t choice = (e & f) ^ (~e & g);
        const std::uint32_t t1 = h + sum1 + choice + kRoundConstants[t] + w[t];
        const std::uint32_t sum0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
        const std::uint32_t majority = (a & b) ^ (a & c) ^ (b & c);
        const std::uint32_t t2 = sum0 + majority;
        h = g;
        g = f;
        f = e;
        e = d + t1;
        d = c;
        c = b;
        b = a;
        a = t1 + t2;
    }
    const State add = {a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < state.size(); ++i) {
        state[i] += add[i];
    }
}

Error ioError(const std::filesystem::path& path, int code) {
    const auto kind = code == ENOENT ? ErrorCode::NotFound : ErrorCode::Io;
    return Error{kind, "hash '" + path.string() + "': " + std::strerror(code)};
}

// Closes a file descriptor at the end of a scope.
struct Descriptor {
    int fd;

    ~Descriptor() { ::close(fd); }
};

} // namespace

void Sha256::update(std::span<const std::byte> data) {
    totalBytes_ += data.size();
    if (blockSize_ > 0) {
        const std::size_t take = std::min(data.size(), block_.size() - blockSize_);
        std::copy_n(data.begin(), take, block_.begin() + std::ptrdiff_t(blockSize_));
        blockSize_ += take;
        data = data.subspan(take);
        if (blockSize_ < block_.size()) {
            return;
        }
        compress(state_, block_.data());
        blockSize_ = 0;
    }
    while (data.size() >= block_.size()) {
        compress(state_, data.data());
        data = data.subspan(block_.size());
    }
    std::copy(data.begin(), data.end(), block_.begin());
    blockSize_ = data.size();
}

Sha256Digest Sha256::digest() const {
    // Padding (section 5.1.1): a one bit, zeros, the length in bits as a big-endian u64.
    State state = state_;
    std::array<std::byte, 128> tail = {};
    std::copy_n(block_.begin(), blockSize_, tail.begin());
    tail[blockSize_] = std::byte{0x80};
    const std::size_t size = blockSize_ < 56 ? 64 : 128;
    const std::uint64_t bits = totalBytes_ * 8;
    for (std::size_t i = 0; i < 8; ++i) {
        tail[size - 1 - i] = std::byte(bits >> (8 * i));
    }
    for (std::size_t at = 0; at < size; at += 64) {
        compress(state, tail.data() + at);
    }
    Sha256Digest digest = {};
    for (std::size_t i = 0; i < digest.size(); ++i) {
        digest[i] = std::byte(state[i / 4] >> (24 - 8 * (i % 4)));
    }
    return digest;
}

std::string Sha256::hexDigest() const {
    return toHex(digest());
}

std::string toHex(std::span<const std::byte> data) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * data.size());
    for (const std::byte value : data) {
        text += kDigits[std::to_integer<std::size_t>(value >> 4)];
        text += kDigits[std::to_integer<std::size_t>(value & std::byte{15})];
    }
    return text;
}

std::string sha256Hex(std::string_view data) {
    Sha256 hash;
    hash.update(data);
    return hash.hexDigest();
}

Result<std::string> sha256OfFile(const std::filesystem::path& path, std::stop_token stop) {
    // Non-blocking, so that a named pipe cannot hold us up before it is refused.
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (file.fd < 0) {
        return ioError(path, errno);
    }
    struct stat status = {};
    if (::fstat(file.fd, &status) != 0) {
        return ioError(path, errno);
    }
    if (!S_ISREG(status.st_mode)) {
        return Error{ErrorCode::Io, "hash '" + path.string() + "': not a regular file"};
    }
    Sha256 hash;
    std::vector<std::byte> buffer(1U << 20U);
    for (;;) {
        if (stop.stop_requested()) {
            return Error{ErrorCode::Cancelled, "hash '" + path.string() + "'"};
        }
        const ssize_t count = ::read(file.fd, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return ioError(path, errno);
        }
        if (count == 0) {
            return hash.hexDigest();
        }
        hash.update(std::span(buffer).first(std::size_t(count)));
    }
}

} // namespace attest
