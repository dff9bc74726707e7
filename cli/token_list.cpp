#include "cli/token_list.h"

#include <cctype>
#include <charconv>
#include <fstream>
#include <iterator>
#include <string>

namespace attest::cli {

namespace {

class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}

    Result<std::vector<engine::TokenId>> parse() {
        std::vector<engine::TokenId> tokens;
        if (!takes('[')) {
            return expected("'['");
        }
        do {
            skipSpace();
            engine::TokenId token = 0;
            const char* begin = text_.data() + at_;
            const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), token);
            if (error != std::errc()) {
                return expected("a token id");
            }
            at_ += std::size_t(end - begin);
            tokens.push_back(token);
        } while (takes(','));
        if (!takes(']')) {
            return expected("',' or ']'");
        }
        skipSpace();
        if (at_ != text_.size()) {
            return expected("the end");
        }
        return tokens;
    }

private:
    void skipSpace() {
        while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) {
            ++at_;
        }
    }

    bool takes(char c) {
        skipSpace();
        if (at_ < text_.size() && text_[at_] == c) {
            ++at_;
            return true;
        }
        return false;
    }

    Error expected(const std::string& what) const {
        return Error{ErrorCode::InvalidInput,
                     "not a JSON array of token ids: expected " + what + " at byte " +
                         std::to_string(at_)};
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

} // namespace

Result<std::vector<engine::TokenId>> parseTokenList(std::string_view json) {
    return Parser(json).parse();
}

Result<std::vector<engine::TokenId>> readTokenList(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file.is_open()) {
        return Error{ErrorCode::NotFound, "'" + path.string() + "' cannot be opened"};
    }
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (file.bad()) {
        return Error{ErrorCode::Io, "'" + path.string() + "' cannot be read"};
    }
    auto tokens = parseTokenList(text);
    if (!tokens.ok()) {
        return std::move(tokens).error().in("'" + path.string() + "'");
    }
    return tokens;
}

} // namespace attest::cli
