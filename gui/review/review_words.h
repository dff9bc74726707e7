// The words of the review: titles, pills, second lines, histories.
#pragma once

#include "gui/review/places.h"
#include "gui/review/review_model.h"
#include "gui/theme/tokens.h"

#include <QString>

#include <cstddef>
#include <string_view>
#include <vector>

namespace attest::gui {

QString fromUtf8(std::string_view text);

// "discharge_date" → "Discharge date".
QString fieldTitle(std::string_view name);

// "medications" → "medication", for "Add medication".
QString itemTitle(std::string_view group);

// "ND" → "Not documented". The mnemonic forms "&1  Not documented (ND)" are the menu's business.
QString reasonText(std::string_view code);

struct PillWords {
    QString text; // sign and word
    Tone tone = Tone::Neutral;
};

// What one row shows. Only what is drawn; nothing is looked up while painting.
struct ValueWords {
    QString title;
    QString value;
    bool isMuted = false;        // the value says that there is none
    QString machineValue;        // beside a correction, struck through
    QString lead;                // "read · page 1"
    QString before, bold, after; // the line around the value
    PillWords pill;
    bool isFlagged = false;
};

ValueWords valueWords(const ReviewModel& model,
                      std::size_t field,
                      const std::vector<storage::PageRecord>& pages);

// The normal form as a row of its own; an empty value: the field has none.
ValueWords computedWords(const ReviewModel& model, std::size_t field);

struct RecordWords {
    QString title;
    QString places; // "2 places"
    bool isStruck = false;
    PillWords pill;
};

RecordWords recordWords(const ReviewModel& model, std::size_t record);

// Everything about a value for the tool tip: meaning, machine value, confidence, who and when.
QString valueHistory(const ReviewModel& model, std::size_t field);

// "Dose: 50 mg. Read on page 1. To review, raw confidence 0.71."
QString spokenValue(const ReviewModel& model, std::size_t field);
QString spokenRecord(const ReviewModel& model, std::size_t record);

// "0.71"
QString confidenceText(double confidence);

// In local time, short.
QString timeText(std::int64_t seconds);

} // namespace attest::gui
