#include "extract/summary/summary.h"

#include "engine/thoughts.h"
#include "extract/text/sentences.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <tuple>

namespace attest::extract {

namespace {

constexpr std::size_t kMaxSentenceLength = 300; // code points of a written sentence
constexpr std::size_t kMaxCitations = 3;
constexpr std::size_t kMaxSentences = 8; // of one chunk's free summary

TemplatePart freeSummaryPart(std::size_t sentenceCount) {
    Field text;
    text.name = "text";
    text.description = "One sentence of the summary.";
    text.kind = FieldKind::Free;
    text.isNullable = false;
    text.minLength = 1;
    text.maxLength = kMaxSentenceLength;

    Field number;
    number.name = "number";
    number.kind = FieldKind::Integer;
    number.isNullable = false;
    number.minimum = 1;
    number.maximum = std::int64_t(sentenceCount);

    Field cites;
    cites.name = "cites";
    cites.description = "Numbers of the sentences it rests on.";
    cites.kind = FieldKind::List;
    cites.isNullable = false;
    cites.minItems = 1;
    cites.maxItems = kMaxCitations;
    cites.fields = {number};

    Field summary;
    summary.name = "summary";
    summary.description = "The most important facts, a sentence each.";
    summary.kind = FieldKind::Group;
    summary.isNullable = false;
    summary.minItems = 1;
    summary.maxItems = kMaxSentences;
    summary.fields = {text, cites};

    return {"Summary", {summary}};
}

bool hasDigit(std::string_view token) {
    return std::any_of(token.begin(), token.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Blank-separated tokens with a digit in them, without punctuation at their ends.
std::set<std::string, std::less<>> numberTokens(std::string_view text) {
    std::set<std::string, std::less<>> tokens;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
        std::string_view token = text.substr(at, end - at);
        const auto isEdge = [](char c) {
            return std::string_view(".,;:!?()[]\"'").find(c) != std::string_view::npos;
        };
        while (!token.empty() && isEdge(token.front())) {
            token.remove_prefix(1);
        }
        while (!token.empty() && isEdge(token.back())) {
            token.remove_suffix(1);
        }
        if (hasDigit(token)) {
            tokens.emplace(token);
        }
        at = end + 1;
    }
    return tokens;
}

struct WrittenSentence {
    std::string text;
    std::set<std::size_t> cites; // 1-based
};

// "/summary/2/cites/0" → 2; the answer's pointers are the decoder's own.
std::size_t itemOf(std::string_view pointer) {
    std::size_t item = 0;
    const std::size_t begin = pointer.find('/', 1) + 1;
    std::from_chars(pointer.data() + begin, pointer.data() + pointer.size(), item);
    return item;
}

} // namespace

bool numbersAreCited(std::string_view text, const std::vector<std::string_view>& cited) {
    std::set<std::string, std::less<>> known;
    for (const std::string_view sentence : cited) {
        known.merge(numberTokens(sentence));
    }
    const auto tokens = numberTokens(text);
    return std::includes(known.begin(), known.end(), tokens.begin(), tokens.end());
}

std::vector<FreeSummaryQuestion> freeSummaryQuestions(std::span<const PageText> pages,
                                                      const CountTokensFn& countTokens,
                                                      std::size_t maxTokens) {
    std::vector<FreeSummaryQuestion> questions;
    std::size_t tokens = 0;
    for (std::size_t page = 0; page < pages.size(); ++page) {
        for (const SentenceRange& range : splitSentences(pages[page].text)) {
            NumberedSentence sentence{{std::int32_t(page), range.begin, range.end},
                                      spanValue(std::string_view(pages[page].text)
                                                    .substr(range.begin, range.end - range.begin))};
            const std::size_t cost = countTokens(sentence.text) + 4;
            if (questions.empty() || tokens + cost > maxTokens) {
                questions.emplace_back();
                tokens = 0;
            }
            tokens += cost;
            questions.back().sentences.push_back(std::move(sentence));
        }
    }
    for (FreeSummaryQuestion& question : questions) {
        Chunk& chunk = question.chunk;
        for (std::size_t i = 0; i < question.sentences.size(); ++i) {
            const NumberedSentence& sentence = question.sentences[i];
            chunk.text += (i == 0 ? "" : "\n") + std::to_string(i + 1) + ". ";
            chunk.segments.push_back({sentence.source, chunk.text.size(), true});
            chunk.text += sentence.text;
        }
        question.part = freeSummaryPart(question.sentences.size());
    }
    return questions;
}

std::vector<SummarySentence> checkedFreeSummary(const FreeSummaryQuestion& question,
                                                const DecodedPart& answer) {
    std::map<std::size_t, WrittenSentence> written;
    for (const DecodedValue& value : answer.values) {
        WrittenSentence& sentence = written[itemOf(value.pointer)];
        if (value.kind == FieldKind::Free && value.text) {
            sentence.text = engine::withoutThoughts(*value.text);
        } else if (value.kind == FieldKind::Integer && value.text) {
            std::size_t number = 0;
            std::from_chars(value.text->data(), value.text->data() + value.text->size(), number);
            sentence.cites.insert(number);
        }
    }
    std::vector<SummarySentence> sentences;
    for (auto& [item, sentence] : written) {
        SummarySentence checked;
        std::vector<std::string_view> cited;
        for (const std::size_t number : sentence.cites) {
            if (number >= 1 && number <= question.sentences.size()) {
                cited.push_back(question.sentences[number - 1].text);
                checked.citations.push_back(question.sentences[number - 1].source);
            }
        }
        if (cited.empty()) {
            continue; // cut off by the output budget before its first citation
        }
        const bool saysSomething = sentence.text.find_first_not_of(" \n") != std::string::npos;
        if (saysSomething && numbersAreCited(sentence.text, cited)) {
            checked.text = std::move(sentence.text);
        } else {
            checked.text = std::string(cited.front());
            checked.citations.resize(1);
            checked.isReplaced = true;
        }
        sentences.push_back(std::move(checked));
    }
    return sentences;
}

std::vector<SummarySentence> strictSummary(const std::vector<DecodedPart>& answers,
                                           std::size_t limit) {
    std::vector<const DecodedValue*> chosen;
    for (const DecodedPart& answer : answers) {
        for (const DecodedValue& value : answer.values) {
            if (value.text && value.span) {
                chosen.push_back(&value);
            }
        }
    }
    if (chosen.size() > limit) {
        std::stable_sort(chosen.begin(), chosen.end(), [](const auto* a, const auto* b) {
            return a->logProbability > b->logProbability;
        });
        chosen.resize(limit);
    }
    std::sort(chosen.begin(), chosen.end(), [](const auto* a, const auto* b) {
        return std::tie(a->span->pageIndex, a->span->begin) <
               std::tie(b->span->pageIndex, b->span->begin);
    });
    std::vector<SummarySentence> sentences;
    for (const DecodedValue* value : chosen) {
        sentences.push_back({*value->text, {*value->span}, {}, false});
    }
    return sentences;
}

} // namespace attest::extract
