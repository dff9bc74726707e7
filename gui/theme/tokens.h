// The colours and measures of the whole window. Nothing outside gui/theme names a colour.
#pragma once

#include <QColor>

#include <cstddef>

namespace attest::gui {

enum class Token {
    Background,
    Surface,
    Raised,
    Line,
    Text,
    Muted,
    Accent,
    AccentBackground,
    OnAccent, // text on an accent-filled button
    Ok,
    OkBackground,
    Warn,
    WarnBackground,
    Bad,
    BadBackground,
    HighlightSelected,
    HighlightSelectedLine,
    HighlightOther,
    Paper,
    Count
};

enum class Tone { Neutral, Accent, Ok, Warn, Bad };

enum class Palette { Light, Dark };

QColor tokenColor(Token token, Palette palette);

// Text and background of a tone: pills, banners.
Token toneText(Tone tone);
Token toneBackground(Tone tone);

// WCAG 2.1 contrast ratio, 1…21. Source: WCAG 2.1, "contrast ratio" and "relative luminance".
double contrastRatio(const QColor& a, const QColor& b);

// Logical pixels at 100 % text size.
namespace measure {
inline constexpr int kUnit = 4;
inline constexpr int kInside = 8;   // inside groups
inline constexpr int kEdge = 12;    // at edges
inline constexpr int kBetween = 16; // between groups
inline constexpr int kControl = 32; // height of controls
inline constexpr int kRowTwoLines = 44;
inline constexpr int kRowOneLine = 30;
inline constexpr int kBar = 48;
inline constexpr int kStatusBar = 28;
inline constexpr int kControlRadius = 6;
inline constexpr int kCardRadius = 8;
inline constexpr int kSideBar = 216;
} // namespace measure

} // namespace attest::gui
