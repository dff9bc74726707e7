// Summaries whose every sentence is backed by the document.
//
// Strict: the model chooses verbatim sentences; the summary is those, in the order of the document.
// Free: the model is shown numbered sentences and writes its own, each with the numbers of one to
// three sentences it rests on; numbers that do not exist cannot be written. A sentence whose own
// numbers, dates or amounts do not stand in what it cites is replaced by the cited sentence itself.
// Source of the checks: the evaluation of citations in ALCE (Gao et al. 2023) names what they
// approximate.
#pragma once

#include "extract/chunk.h"
#include "extract/pipeline.h"

#include <span>
#include <vector>

namespace attest::extract {

// A sentence of the document that the model is shown under a number, beginning with 1.
struct NumberedSentence {
    SourceSpan source;
    std::string text; // spanValue() of the source
};

// The question of a free summary over these sentences, and what it is asked about. The chunk's text
// is context only: nothing in a free summary is copied by constraint.
struct FreeSummaryQuestion {
    TemplatePart part;
    Chunk chunk;
    std::vector<NumberedSentence> sentences;
};

// Numbered sentences in chunks of at most `maxTokens`.
std::vector<FreeSummaryQuestion> freeSummaryQuestions(std::span<const PageText> pages,
                                                      const CountTokensFn& countTokens,
                                                      std::size_t maxTokens);

// What the model thought is not part of what it says; a sentence of thoughts alone is replaced too.
std::vector<SummarySentence> checkedFreeSummary(const FreeSummaryQuestion& question,
                                                const DecodedPart& answer);

// At most `limit` of the sentences that the chunks' answers named, the most probable ones, in the
// order of the document.
std::vector<SummarySentence> strictSummary(const std::vector<DecodedPart>& answers,
                                           std::size_t limit);

// True if every token of `text` that contains a digit also stands in one of the cited sentences.
bool numbersAreCited(std::string_view text, const std::vector<std::string_view>& cited);

} // namespace attest::extract
