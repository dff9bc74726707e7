// How facts about models read.
#pragma once

#include "extract/chat_formats.h"
#include "gui/models/model_catalog.h"
#include "gui/theme/tokens.h"

#include <QString>

namespace attest::gui {

struct FitText {
    QString text; // "✓ Fits"
    Tone tone = Tone::Neutral;
};

FitText fitText(const ModelEntry& entry);
QString formatText(const extract::NamedChatFormat& format); // "Mistral (mistral-v3)"
QString byteText(std::uint64_t bytes);                      // "8.4 MB"
QString parameterText(std::uint64_t count);                 // "7.9 million"
QString speedText(const extract::ModelSpeed& speed);

} // namespace attest::gui
