#include "gui/theme/tokens.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace attest::gui {

namespace {

struct Pair {
    QRgb light;
    QRgb dark;
};

constexpr std::array<Pair, static_cast<std::size_t>(Token::Count)> kColors = {{
    {0xffF4F6F8, 0xff12161B}, // Background
    {0xffFFFFFF, 0xff1A2027}, // Surface
    {0xffFAFBFC, 0xff20272F}, // Raised
    {0xffDBE1E8, 0xff303945}, // Line
    {0xff1A2330, 0xffE7ECF2}, // Text
    {0xff566273, 0xff9BA8B7}, // Muted
    {0xff0B66A8, 0xff63B3F0}, // Accent
    {0xffE4F0FA, 0xff17344D}, // AccentBackground
    {0xffFFFFFF, 0xff0E1319}, // OnAccent
    {0xff1B7A4B, 0xff5FD098}, // Ok
    {0xffE3F4EA, 0xff143626}, // OkBackground
    {0xff8A5A00, 0xffF2C14E}, // Warn
    {0xffFFF3D6, 0xff3A2E10}, // WarnBackground
    {0xffB3261E, 0xffFF8A80}, // Bad
    {0xffFCE8E6, 0xff47211E}, // BadBackground
    {0xffFFE08A, 0xffFFE08A}, // HighlightSelected
    {0xffC98A00, 0xffF2B01E}, // HighlightSelectedLine
    {0xffCFE6FA, 0xffCFE6FA}, // HighlightOther
    {0xffFFFFFF, 0xffF3F1EC}, // Paper
}};

double linear(double channel) {
    return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color) {
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
           0.0722 * linear(color.blueF());
}

} // namespace

QColor tokenColor(Token token, Palette palette) {
    const Pair& pair = kColors[static_cast<std::size_t>(token)];
    return QColor::fromRgb(palette == Palette::Light ? pair.light : pair.dark);
}

Token toneText(Tone tone) {
    switch (tone) {
    case Tone::Neutral:
        return Token::Muted;
    case Tone::Accent:
        return Token::Accent;
    case Tone::Ok:
        return Token::Ok;
    case Tone::Warn:
        return Token::Warn;
    case Tone::Bad:
        return Token::Bad;
    }
    return Token::Text;
}

Token toneBackground(Tone tone) {
    switch (tone) {
    case Tone::Neutral:
        return Token::Background;
    case Tone::Accent:
        return Token::AccentBackground;
    case Tone::Ok:
        return Token::OkBackground;
    case Tone::Warn:
        return Token::WarnBackground;
    case Tone::Bad:
        return Token::BadBackground;
    }
    return Token::Background;
}

double contrastRatio(const QColor& a, const QColor& b) {
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace attest::gui
