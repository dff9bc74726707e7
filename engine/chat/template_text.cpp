#include "engine/chat/template_text.h"

#include "base/utf8.h"

#include <algorithm>
#include <array>

namespace attest::engine {

namespace {

constexpr std::size_t kQuotedBytes = 60;

// What a hostile template could make us search again and again is bounded.
constexpr std::size_t kMaxLiteral = 8192; // the longest published system message has 3 KB
constexpr int kMaxOperands = 8;
constexpr int kMaxTries = 32;

std::string_view skipBlanks(std::string_view text) {
    const std::size_t at = text.find_first_not_of(" \t\r\n");
    return at == std::string_view::npos ? std::string_view() : text.substr(at);
}

// The escapes of Jinja's string literals that occur in practice.
std::string unescape(std::string_view literal) {
    std::string text;
    for (std::size_t i = 0; i < literal.size(); ++i) {
        if (literal[i] == '\\' && i + 1 < literal.size()) {
            ++i;
            text += literal[i] == 'n' ? '\n' : literal[i];
        } else {
            text += literal[i];
        }
    }
    return text;
}

// Takes a quoted literal from the begin of `text`; nullopt where there is none.
std::optional<std::string> takeLiteral(std::string_view& text) {
    if (text.empty() || (text.front() != '\'' && text.front() != '"')) {
        return std::nullopt;
    }
    const char quote = text.front();
    const std::size_t limit = std::min(text.size(), kMaxLiteral);
    for (std::size_t end = 1; end < limit; ++end) {
        if (text[end] == '\\') {
            ++end;
        } else if (text[end] == quote) {
            std::string literal = unescape(text.substr(1, end - 1));
            text.remove_prefix(end + 1);
            return literal;
        }
    }
    return std::nullopt;
}

std::optional<std::string> takeDate(std::string_view whole, std::string_view& text) {
    constexpr std::string_view kCall = "strftime_now(";
    constexpr std::string_view kToday = "today";
    if (text.starts_with(kCall)) {
        text.remove_prefix(kCall.size());
        const auto format = takeLiteral(text);
        if (!format || !text.starts_with(")")) {
            return std::nullopt;
        }
        text.remove_prefix(1);
        return fixedDate(*format);
    }
    if (text.starts_with(kToday)) {
        text.remove_prefix(kToday.size());
        constexpr std::string_view kSet = "today = strftime_now(";
        const std::size_t set = whole.find(kSet);
        std::string_view format =
            set == std::string_view::npos ? std::string_view() : whole.substr(set + kSet.size());
        return fixedDate(takeLiteral(format).value_or("%Y-%m-%d"));
    }
    return std::nullopt;
}

// As textExpression(); `whole` is the template, in which `today` is looked up.
std::optional<std::string> expression(std::string_view whole, std::string_view text) {
    std::string value;
    for (int count = 0; count < kMaxOperands; ++count) {
        auto operand = takeLiteral(text);
        if (!operand) {
            operand = takeDate(whole, text);
        }
        if (!operand) {
            return std::nullopt;
        }
        value += *operand;
        text = skipBlanks(text);
        if (text.empty() || (text.front() != '+' && text.front() != '~')) {
            return value;
        }
        text = skipBlanks(text.substr(1));
    }
    return std::nullopt;
}

// <|…|>, <word>, [WORD] at the begin of `text`; 0 where there is none.
std::size_t specialLength(std::string_view text) {
    const auto isWord = [](std::string_view word) {
        return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '/';
        });
    };
    const bool hasBars = text.starts_with("<|");
    const std::string_view end = hasBars ? "|>" : text.starts_with("<") ? ">" : "]";
    const std::size_t at = text.substr(0, kQuotedBytes).find(end, 1);
    if (at == std::string_view::npos) {
        return 0;
    }
    const std::string_view inner = text.substr(1, at - 1);
    const bool isMark = text.front() == '[' ? isWord(inner) && inner.size() > 2 && inner[0] < 'a'
                                            : hasBars || isWord(inner);
    return isMark ? at + end.size() : 0;
}

} // namespace

bool mentions(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

bool trimsContent(std::string_view text) {
    constexpr std::string_view kName = "content";
    for (std::size_t at = text.find(kName); at != std::string_view::npos;
         at = text.find(kName, at + 1)) {
        std::string_view rest = text.substr(at + kName.size());
        if (rest.starts_with("']") || rest.starts_with("\"]")) {
            rest.remove_prefix(2);
        }
        rest = skipBlanks(rest);
        if (rest.starts_with(".strip()")) {
            return true;
        }
        if (rest.starts_with("|") && skipBlanks(rest.substr(1)).starts_with("trim")) {
            return true;
        }
    }
    return false;
}

std::optional<std::string> literalUpTo(std::string_view text, std::string_view end) {
    const std::size_t length = text.find(end);
    if (length == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view literal = text.substr(0, length);
    for (std::size_t i = 0; i < literal.size(); ++i) {
        if (literal[i] == '\\') {
            ++i;
        } else if (std::string_view("'\"{}").find(literal[i]) != std::string_view::npos) {
            return std::nullopt;
        }
    }
    return unescape(literal);
}

std::optional<std::string> textExpression(std::string_view text) {
    return expression(text, text);
}

std::optional<std::string> textBehind(std::string_view text, std::string_view mark) {
    std::size_t at = text.find(mark);
    for (int tries = 0; at != std::string_view::npos && tries < kMaxTries; ++tries) {
        if (auto value = expression(text, text.substr(at + mark.size()))) {
            return value;
        }
        at = text.find(mark, at + 1);
    }
    return std::nullopt;
}

std::string fixedDate(std::string_view format) {
    std::string date;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] != '%' || i + 1 == format.size()) {
            date += format[i];
            continue;
        }
        switch (format[++i]) {
        case 'Y':
            date += "2024";
            break;
        case 'm':
            date += "07";
            break;
        case 'd':
            date += "26";
            break;
        case 'B':
            date += "July";
            break;
        case 'b':
            date += "Jul";
            break;
        default: // a time of day, say, which nobody writes into a prompt
            break;
        }
    }
    return date;
}

std::string describeTemplate(std::string_view text) {
    std::string_view telling = skipBlanks(text).substr(0, kQuotedBytes);
    for (std::size_t at = text.find_first_of("<["); at != std::string_view::npos;
         at = text.find_first_of("<[", at + 1)) {
        if (const std::size_t length = specialLength(text.substr(at)); length > 0) {
            telling = text.substr(at, length);
            break;
        }
    }
    std::string quoted = toValidUtf8(truncateUtf8(telling, kQuotedBytes));
    std::replace_if(
        quoted.begin(),
        quoted.end(),
        [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F' || c == '\''; },
        ' ');
    return "'" + quoted + "'";
}

} // namespace attest::engine
