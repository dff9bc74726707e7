// A file descriptor that is closed with its owner.
#pragma once

#include <unistd.h>
#include <utility>

namespace attest::extract {

class UniqueFd {
public:
    UniqueFd() = default;

    explicit UniqueFd(int fd) : fd_(fd) {}

    UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

    UniqueFd& operator=(UniqueFd&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }

    ~UniqueFd() { reset(); }

    void reset() {
        if (fd_ >= 0) {
            close(std::exchange(fd_, -1));
        }
    }

    int value() const { return fd_; }

    bool isOpen() const { return fd_ >= 0; }

private:
    int fd_ = -1;
};

} // namespace attest::extract
