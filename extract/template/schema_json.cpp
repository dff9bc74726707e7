#include "extract/template/schema_json.h"

#include "extract/json_pointer.h"

#include <cstddef>
#include <set>
#include <utility>
#include <vector>

namespace attest::extract {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t kMaxFileBytes = std::size_t(4) << 20;
constexpr std::size_t kMaxDepth = 64;
constexpr std::size_t kMaxProperties = 4096; // of one object: look-ups in order are linear
constexpr std::size_t kMaxStringBytes = std::size_t(64) << 10;

// Checks limits and double properties before any value is built.
class Checker final : public nlohmann::json_sax<ordered_json> {
public:
    const std::string& problem() const { return problem_; }

    bool null() override { return element(); }

    bool boolean(bool) override { return element(); }

    bool number_integer(number_integer_t) override { return element(); }

    bool number_unsigned(number_unsigned_t) override { return element(); }

    bool number_float(number_float_t, const string_t&) override { return element(); }

    bool string(string_t& text) override { return element() && hasAllowedLength(text); }

    bool binary(binary_t&) override { return fail("binary data"); }

    bool start_object(std::size_t) override { return element() && open(true); }

    bool start_array(std::size_t) override { return element() && open(false); }

    bool end_object() override { return close(); }

    bool end_array() override { return close(); }

    bool key(string_t& name) override {
        if (!hasAllowedLength(name)) {
            return false;
        }
        Level& level = levels_.back();
        level.key = name;
        if (!level.names.insert(name).second) {
            return fail("the property is there twice");
        }
        if (level.names.size() > kMaxProperties) {
            return fail("more than " + std::to_string(kMaxProperties) + " properties");
        }
        return true;
    }

    bool parse_error(std::size_t position,
                     const std::string&,
                     const nlohmann::detail::exception&) override {
        problem_ = "not JSON at byte " + std::to_string(position);
        return false;
    }

private:
    struct Level {
        bool isObject = false;
        std::string key;
        std::size_t index = 0; // one past the element at hand
        std::set<std::string> names;
    };

    bool element() {
        if (!levels_.empty() && !levels_.back().isObject) {
            ++levels_.back().index;
        }
        return true;
    }

    bool open(bool isObject) {
        if (levels_.size() == kMaxDepth) {
            return fail("nested deeper than " + std::to_string(kMaxDepth) + " levels");
        }
        levels_.push_back({isObject, {}, 0, {}});
        return true;
    }

    bool close() {
        levels_.pop_back();
        return true;
    }

    bool hasAllowedLength(const std::string& text) {
        return text.size() <= kMaxStringBytes || fail("a string longer than 64 KiB");
    }

    bool fail(std::string_view what) {
        std::string pointer;
        for (const Level& level : levels_) {
            if (level.isObject) {
                pointer = pointerTo(pointer, level.key);
            } else if (level.index > 0) {
                pointer = pointerTo(pointer, std::to_string(level.index - 1));
            }
        }
        problem_ =
            (pointer.empty() ? "the root" : pointer.substr(0, 200)) + ": " + std::string(what);
        return false;
    }

    std::vector<Level> levels_;
    std::string problem_;
};

} // namespace

Result<ordered_json> readSchemaJson(std::string_view text, std::string_view source) {
    const auto invalid = [&](const std::string& what) {
        return Error{ErrorCode::InvalidInput, std::string(source) + ": " + what};
    };
    if (text.size() > kMaxFileBytes) {
        return invalid("larger than 4 MiB");
    }
    Checker checker;
    if (!ordered_json::sax_parse(text.begin(), text.end(), &checker)) {
        return invalid(checker.problem());
    }
    ordered_json json = ordered_json::parse(text.begin(), text.end(), nullptr, false);
    if (json.is_discarded()) {
        return invalid("not JSON");
    }
    return json;
}

} // namespace attest::extract
