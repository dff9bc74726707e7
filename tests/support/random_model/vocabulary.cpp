#include "support/random_model/vocabulary.h"

#include "engine/tokenizer/byte_alphabet.h"

#include <string_view>

namespace attest::test {

namespace {

constexpr std::string_view kSpecials[] = {"<|endoftext|>", "<|im_start|>", "<|im_end|>"};

class Maker {
public:
    Maker(std::size_t normal, std::size_t merges) : normal_(normal), merges_(merges) {}

    MadeVocabulary take() { return std::move(made_); }

    void addBytes() {
        for (unsigned byte = 0; byte < 256; ++byte) {
            made_.texts.push_back(engine::alphabetOfBytes(std::string(1, char(byte))));
        }
    }

    void join(const std::string& left, const std::string& right) {
        if (!isFull()) {
            made_.texts.push_back(left + right);
            made_.merges.push_back(left + " " + right);
        }
    }

    void joinOtherWay(const std::string& left, const std::string& right) {
        if (made_.merges.size() < merges_) {
            made_.merges.push_back(left + " " + right);
        }
    }

    bool isFull() const { return made_.texts.size() >= normal_; }

    std::size_t size() const { return made_.texts.size(); }

    void finish() {
        made_.types.assign(made_.texts.size(), 1);
        made_.bos = std::uint32_t(made_.texts.size());
        for (const std::string_view special : kSpecials) {
            made_.eos = std::uint32_t(made_.texts.size());
            made_.texts.emplace_back(special);
            made_.types.push_back(3);
        }
    }

private:
    std::size_t normal_;
    std::size_t merges_;
    MadeVocabulary made_;
};

} // namespace

MadeVocabulary makeVocabulary(std::size_t size, std::size_t merges) {
    Maker maker(size - std::size(kSpecials), merges);
    maker.addBytes();
    std::vector<std::string> letters;
    for (char letter = 'a'; letter <= 'z'; ++letter) {
        letters.emplace_back(1, letter);
    }
    std::vector<std::string> firsts = letters;
    firsts.push_back(engine::alphabetOfBytes(" "));

    std::vector<std::string> pairs;
    for (const std::string& first : firsts) {
        for (const std::string& letter : letters) {
            maker.join(first, letter);
            pairs.push_back(first + letter);
        }
    }
    pairs.resize(std::min(pairs.size(), maker.size() - 256));
    const std::size_t triplesBegin = maker.size();
    for (const std::string& pair : pairs) {
        for (const std::string& letter : letters) {
            maker.join(pair, letter);
        }
    }
    const std::size_t triples = maker.size() - triplesBegin;
    for (std::size_t i = 0; i < pairs.size() && !maker.isFull(); ++i) {
        for (std::size_t j = 0; j < letters.size() * letters.size(); ++j) {
            maker.join(pairs[i], pairs[j]);
        }
    }
    const std::size_t quadruples = maker.size() - triplesBegin - triples;

    // "ab" + "c" is "a" + "bc" too, and "ab" + "cd" is "abc" + "d".
    for (std::size_t i = 0; i < triples && pairs.size() == firsts.size() * letters.size(); ++i) {
        const std::size_t pair = i / letters.size();
        const std::string& second = letters[pair % letters.size()];
        maker.joinOtherWay(firsts[pair / letters.size()], second + letters[i % letters.size()]);
    }
    for (std::size_t i = 0; i < quadruples; ++i) {
        const std::string& left = pairs[i / (letters.size() * letters.size())];
        const std::string& right = pairs[i % (letters.size() * letters.size())];
        maker.joinOtherWay(left + right.substr(0, 1), right.substr(1));
    }
    maker.finish();
    return maker.take();
}

} // namespace attest::test
