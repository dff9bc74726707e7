// A model asked about the documents of a gold standard. Nothing is stored.
#pragma once

#include "base/result.h"
#include "extract/gold.h"
#include "extract/pipeline.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace attest::extract {

// Whether values are what the pipeline promises: a read value is a span of its page's text, a
// judged one is a choice of the template, each at its place in the JSON.
struct Grounding {
    std::size_t values = 0;   // that were looked at
    std::size_t invented = 0; // of them neither
};

Grounding checkGrounding(const Template& asked, const ExtractionResult& result);

struct GoldProgress {
    std::size_t document = 0; // 0-based
    std::size_t documents = 0;
    std::string name;
    Stage stage = Stage::Reading;
    Progress part;                     // of the stage
    double done = 0;                   // of everything, 0 to 1
    std::optional<double> secondsLeft; // nullopt while an estimate would be a guess
};

using GoldProgressFn = std::function<void(const GoldProgress&)>;

struct GoldRun {
    std::string modelName;
    std::string modelSha256;
    std::vector<Labelled> results;     // named as in the gold; what could not be read is not there
    std::vector<std::string> failures; // "name: why", documents without text included
    Grounding grounding;
    std::size_t pages = 0;
    double seconds = 0;              // reading and asking
    double medianSecondsPerPage = 0; // over documents
};

// Documents that cannot be read are failures, and the others go on. Blocks; reports on the calling
// thread. Errors: Cancelled; OutOfResources (the template is too long for the model).
Result<GoldRun> runGold(Extractor& extractor,
                        const Template& asked,
                        const GoldSet& gold,
                        const std::vector<GoldDocument>& documents,
                        const GoldProgressFn& onProgress,
                        std::stop_token stop);

} // namespace attest::extract
