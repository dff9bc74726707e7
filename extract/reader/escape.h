// Self-test of the seal: does what an attacker who took over this process would do.
#pragma once

#include <string_view>

namespace attest::reader {

inline constexpr int kEscaped = 0;  // exit status: the seal leaks
inline constexpr int kRefused = 42; // the kernel refused with an error
inline constexpr int kUnknownEscape = 64;

// "open", "write", "unix-socket", "inet-socket", "exec", "fork", "ptrace", "kill-parent",
// "executable-memory", "make-executable". Returns an exit status, unless the kernel kills the
// process.
int tryEscape(std::string_view how);

} // namespace attest::reader
