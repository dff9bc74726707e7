#include "cli/terminal.h"

#include "base/utf8.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <numeric>
#include <sys/ioctl.h>
#include <unistd.h>

namespace attest::cli {

namespace {

constexpr size_t kPageWidth = 120; // when output is no terminal
constexpr size_t kLeastWidth = 40;
constexpr std::string_view kGap = "  ";

} // namespace

void complain(std::string_view message) {
    const std::string line = "attest: " + printable(message) + "\n";
    std::fwrite(line.data(), 1, line.size(), stderr);
}

void complain(const Error& error) {
    complain(error.message);
}

bool print(std::string_view text) {
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() &&
           std::fflush(stdout) == 0;
}

Result<void> StandardOutput::write(std::string_view bytes) {
    if (!print(bytes)) {
        return Error{ErrorCode::Io, "standard output cannot be written"};
    }
    return {};
}

bool isTerminal(int fd) {
    return ::isatty(fd) == 1;
}

size_t terminalWidth() {
    winsize size = {};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return std::max<size_t>(size.ws_col, kLeastWidth);
    }
    return kPageWidth;
}

std::string printable(std::string_view text) {
    constexpr char32_t kFirstC1 = 0x7F;
    constexpr char32_t kLastC1 = 0x9F;
    std::string shown;
    for (size_t at = 0; at < text.size();) {
        const char32_t c = decodeUtf8(text, at);
        const bool isControl = (c < U' ' && c != U'\n') || (c >= kFirstC1 && c <= kLastC1);
        appendUtf8(shown, isControl ? U'?' : c);
    }
    return shown;
}

std::string fitted(std::string_view text, size_t width) {
    std::string shown = printable(text);
    std::replace(shown.begin(), shown.end(), '\n', ' ');
    if (codePointCount(shown) <= width) {
        return shown;
    }
    std::string cut;
    size_t at = 0;
    for (size_t i = 0; i + 1 < width; ++i) {
        appendUtf8(cut, decodeUtf8(shown, at));
    }
    return cut + "\u2026";
}

std::string table(const std::vector<Column>& columns,
                  const std::vector<std::vector<std::string>>& rows,
                  size_t width) {
    std::vector<size_t> widths;
    for (size_t i = 0; i < columns.size(); ++i) {
        size_t widest = columns[i].title.size();
        for (const auto& row : rows) {
            widest = std::max(widest, codePointCount(printable(row[i])));
        }
        widths.push_back(widest);
    }
    const size_t gaps = kGap.size() * (columns.size() - 1);
    while (std::accumulate(widths.begin(), widths.end(), gaps) > width) {
        size_t widest = columns.size();
        for (size_t i = 0; i < columns.size(); ++i) {
            const bool canShrink = widths[i] > std::max<size_t>(columns[i].minWidth, 1);
            if (canShrink && (widest == columns.size() || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        if (widest == columns.size()) {
            break; // narrower than the columns can be
        }
        --widths[widest];
    }

    std::string text;
    const auto addLine = [&](const auto& cellOf) {
        std::string line;
        for (size_t i = 0; i < columns.size(); ++i) {
            const std::string shown = fitted(cellOf(i), widths[i]);
            const std::string padding(widths[i] - std::min(widths[i], codePointCount(shown)), ' ');
            line += i > 0 ? kGap : std::string_view();
            line += columns[i].alignRight ? padding + shown : shown + padding;
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    };
    addLine([&](size_t i) { return columns[i].title; });
    for (const auto& row : rows) {
        addLine([&](size_t i) { return row[i]; });
    }
    return text;
}

std::string localTime(std::int64_t secondsSince1970) {
    const auto time = static_cast<std::time_t>(secondsSince1970);
    std::tm parts = {};
    std::array<char, 32> text = {};
    if (::localtime_r(&time, &parts) == nullptr) {
        return {};
    }
    const size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M", &parts);
    return std::string(text.data(), size);
}

std::string byteSize(std::uint64_t bytes) {
    constexpr std::array kUnits = {"B", "kB", "MB", "GB", "TB"};
    constexpr double kStep = 1000;
    auto size = static_cast<double>(bytes);
    size_t unit = 0;
    while (size >= kStep && unit + 1 < kUnits.size()) {
        size /= kStep;
        ++unit;
    }
    std::array<char, 32> text = {};
    std::snprintf(text.data(), text.size(), unit == 0 ? "%.0f %s" : "%.1f %s", size, kUnits[unit]);
    return text.data();
}

std::string counted(size_t count, const std::string& noun) {
    return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

} // namespace attest::cli
