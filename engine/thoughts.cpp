#include "engine/thoughts.h"

#include <algorithm>
#include <array>

namespace attest::engine {

namespace {

struct Marks {
    std::string_view open;
    std::string_view close;
};

constexpr std::array<Marks, 2> kMarks = {{{"<think>", "</think>"}, {"[THINK]", "[/THINK]"}}};

std::string withoutThoughts(std::string_view text, const Marks& marks) {
    std::string answer;
    for (;;) {
        const std::size_t close = text.find(marks.close);
        const std::size_t open = text.substr(0, close).find(marks.open);
        if (close == std::string_view::npos) {
            answer += text.substr(0, open);
            return answer;
        }
        if (open != std::string_view::npos) {
            answer += text.substr(0, open);
        } else {
            answer.clear(); // all so far was a thought
        }
        text.remove_prefix(close + marks.close.size());
        text.remove_prefix(std::min(text.find_first_not_of('\n'), text.size()));
    }
}

} // namespace

std::string withoutThoughts(std::string_view text) {
    std::string answer(text);
    for (const Marks& marks : kMarks) {
        answer = withoutThoughts(answer, marks);
    }
    return answer;
}

} // namespace attest::engine
