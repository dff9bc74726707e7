#include "extract/confidence/calibration.h"

#include "extract/text/json_reading.h"
#include "extract/text/line_file.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace attest::extract {

namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr std::string_view kFormat = "attest-calibration";
constexpr int kVersion = 1;
constexpr size_t kMaxPoints = 1000;

Error invalid(std::string what) {
    return {ErrorCode::InvalidInput, std::move(what)};
}

size_t indexOf(const AnswerKind& kind) {
    return (kind.isOfBuiltInTemplate ? 4U : 0U) + (kind.isInList ? 2U : 0U) +
           (kind.isStated ? 1U : 0U);
}

// True for the first of two words.
Result<bool> isFirst(const ordered_json& line,
                     const char* key,
                     std::string_view first,
                     std::string_view second) {
    const std::string word = textAt(line, key);
    if (word != first && word != second) {
        return invalid("/" + std::string(key) + ": \"" + std::string(first) + "\" or \"" +
                       std::string(second) + "\" is wanted here");
    }
    return word == first;
}

// Numbers from 0 to 1 that do not go down.
Result<std::vector<double>> sharesAt(const ordered_json& line, const char* key) {
    const auto found = line.find(key);
    const std::string place = "/" + std::string(key);
    if (found == line.end() || !found->is_array() || found->empty() || found->size() > kMaxPoints) {
        return invalid(place + ": 1 to " + std::to_string(kMaxPoints) + " numbers are wanted here");
    }
    std::vector<double> shares;
    for (const ordered_json& json : *found) {
        const double share = json.is_number() ? json.get<double>() : -1;
        if (!(share >= 0 && share <= 1) || (!shares.empty() && share < shares.back())) {
            return invalid(place + "/" + std::to_string(shares.size()) +
                           ": a number from 0 to 1 is wanted here, none below the one before");
        }
        shares.push_back(share);
    }
    return shares;
}

} // namespace

class CalibrationReader {
public:
    explicit CalibrationReader(std::string_view modelSha256) : modelSha256_(modelSha256) {}

    Result<void> add(const ordered_json& line) {
        return std::exchange(hasHeader_, true) ? addCurve(line) : checkHeader(line);
    }

    Result<Calibration> take() {
        if (!hasHeader_) {
            return invalid("the file is empty");
        }
        return std::move(calibration_);
    }

    bool isOfThisModel() const { return isOfThisModel_; }

private:
    Result<void> checkHeader(const ordered_json& line) {
        if (textAt(line, "format") != kFormat) {
            return invalid("/format: \"" + std::string(kFormat) + "\" is wanted here");
        }
        const auto version = line.find("version");
        if (version == line.end() || *version != kVersion) {
            return Error{ErrorCode::Unsupported,
                         "/version: this program knows version " + std::to_string(kVersion)};
        }
        isOfThisModel_ = textAt(line, "model_sha256") == modelSha256_;
        return {};
    }

    Result<void> addCurve(const ordered_json& line) {
        AnswerKind kind;
        ATTEST_TRY_ASSIGN(kind.isOfBuiltInTemplate, isFirst(line, "template", "built-in", "own"));
        ATTEST_TRY_ASSIGN(kind.isInList, isFirst(line, "part", "list", "single"));
        ATTEST_TRY_ASSIGN(kind.isStated, isFirst(line, "answer", "value", "null"));
        ATTEST_TRY_ASSIGN(const std::vector<double> probabilities, sharesAt(line, "probability"));
        ATTEST_TRY_ASSIGN(const std::vector<double> right, sharesAt(line, "right"));
        if (right.size() != probabilities.size()) {
            return invalid("/right: as many numbers as in /probability are wanted here");
        }
        auto& curve = calibration_.curves_[indexOf(kind)];
        if (!curve.empty()) {
            return invalid("answers of this kind have a curve already");
        }
        for (size_t i = 0; i < right.size(); ++i) {
            curve.push_back({probabilities[i], right[i]});
        }
        return {};
    }

    std::string_view modelSha256_;
    bool hasHeader_ = false;
    bool isOfThisModel_ = false;
    Calibration calibration_;
};

Result<std::optional<Calibration>> Calibration::ofModel(const fs::path& model,
                                                        std::string_view modelSha256) {
    fs::path file = model;
    file.replace_extension(".calibration.jsonl");
    std::error_code error;
    if (!fs::exists(file, error)) {
        return std::optional<Calibration>();
    }
    CalibrationReader reader(modelSha256);
    ATTEST_TRY(
        forEachJsonLine(file, [&](const ordered_json& line, size_t) { return reader.add(line); }));
    auto read = reader.take();
    if (!read.ok()) {
        return std::move(read).error().in(file.string());
    }
    return reader.isOfThisModel() ? std::optional(std::move(read).value()) : std::nullopt;
}

std::optional<double> Calibration::confidence(const AnswerKind& kind, double probability) const {
    const std::vector<Point>& curve = curves_[indexOf(kind)];
    if (curve.empty()) {
        return std::nullopt;
    }
    // The first point above; NaN is above nothing and gets the lowest.
    const auto above = std::find_if(curve.begin(), curve.end(), [&](const Point& point) {
        return !(point.probability <= probability);
    });
    if (above == curve.begin() || above == curve.end()) {
        return above == curve.begin() ? curve.front().right : curve.back().right;
    }
    const Point& below = *(above - 1);
    const double share =
        (probability - below.probability) / (above->probability - below.probability);
    return below.right + share * (above->right - below.right);
}

} // namespace attest::extract
