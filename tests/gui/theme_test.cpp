#include "gui/gui_test_support.h"
#include "gui/theme/tokens.h"
#include "support/catch.h"

#include <QIcon>

#include <utility>

namespace attest::gui {

TEST_CASE("Text can be read in both palettes", "[gui][theme]") {
    // WCAG 2.1 AA: 4.5 for text.
    const std::pair<Token, Token> pairs[] = {
        {Token::Text, Token::Surface},
        {Token::Text, Token::Background},
        {Token::Text, Token::AccentBackground},
        {Token::Muted, Token::Surface},
        {Token::Muted, Token::Background},
        {Token::Muted, Token::Raised},
        {Token::Muted, Token::AccentBackground},
        {Token::Accent, Token::Surface},
        {Token::Accent, Token::AccentBackground},
        {Token::OnAccent, Token::Accent},
        {Token::Ok, Token::OkBackground},
        {Token::Warn, Token::WarnBackground},
        {Token::Bad, Token::BadBackground},
        {Token::Bad, Token::Surface},
    };
    for (const Palette palette : {Palette::Light, Palette::Dark}) {
        for (const auto& [text, background] : pairs) {
            CAPTURE(int(palette), int(text), int(background));
            CHECK(contrastRatio(tokenColor(text, palette), tokenColor(background, palette)) >= 4.5);
        }
    }
}

TEST_CASE("The contrast ratio is WCAG's", "[gui][theme]") {
    CHECK(contrastRatio(Qt::black, Qt::white) == Approx(21.0));
    CHECK(contrastRatio(Qt::white, Qt::white) == Approx(1.0));
    // #777777 on white is the well-known pair that just fails: 4.48.
    CHECK(contrastRatio(QColor(0x77, 0x77, 0x77), Qt::white) == Approx(4.48).margin(0.005));
}

TEST_CASE("Everything grows with the text size", "[gui][theme]") {
    TestApp app;

    app.theme().apply(ThemeMode::Dark, 2);

    CHECK(app.theme().palette() == Palette::Dark);
    CHECK(app.theme().font(TextStyle::Body).pixelSize() == 26);
    CHECK(app.theme().px(measure::kControl) == 64);
}

TEST_CASE("Icons take the colour of the palette and unknown ones are empty", "[gui][theme]") {
    TestApp app;
    const auto inkOf = [&](Token token) {
        const QImage image =
            app.theme().icon(QStringLiteral("accept"), token).pixmap(64, 64).toImage();
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixelColor(x, y).alpha() == 255) {
                    return image.pixelColor(x, y);
                }
            }
        }
        return QColor();
    };

    CHECK(inkOf(Token::Bad) == app.theme().color(Token::Bad));
    CHECK(inkOf(Token::Text) == app.theme().color(Token::Text));
    CHECK(app.theme().icon(QStringLiteral("no-such-icon")).isNull());
}

} // namespace attest::gui
