// The look of the window: palette, style sheet, fonts, icons, sizes; changes at once when the user
// switches light and dark or the text size.
#pragma once

#include "gui/theme/tokens.h"

#include <QFont>
#include <QIcon>
#include <QObject>
#include <QString>
#include <QTemporaryDir>

class QApplication;

namespace attest::gui {

enum class ThemeMode { System, Light, Dark };

enum class TextStyle {
    Body,      // 13 px
    Secondary, // 12 px, for second lines
    Heading,   // 13 px, semi-bold
    Brand,     // 15 px, semi-bold
    Title,     // 20 px, semi-bold: empty states, first run
};

// Lives on the GUI thread. One per application; widgets get it through AppContext.
class Theme final : public QObject {
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Theme)

public:
    explicit Theme(QApplication& app);

    // textScale 0.8 … 2.0. Applies to everything that is open.
    void apply(ThemeMode mode, double textScale);

    Palette palette() const { return palette_; }

    double textScale() const { return textScale_; }

    QColor color(Token token) const { return tokenColor(token, palette_); }

    QFont font(TextStyle style) const;

    // A length of measure:: at the current text size, in logical pixels.
    int px(int length) const;

    // The line icon ":/icons/<name>.svg" in the colour of `token`, sharp at every scale.
    // Disabled icons are muted.
    QIcon icon(const QString& name, Token token = Token::Text) const;

    // The same as a file, for style sheets: they take pictures from nowhere else. Empty when it
    // cannot be written.
    QString iconFile(const QString& name, Token token) const;

signals:
    // Repaint and ask again for everything taken from the theme.
    void changed();

private:
    void applyPalette();
    QString styleSheet() const;

    QApplication& app_;
    Palette palette_ = Palette::Light;
    ThemeMode mode_ = ThemeMode::System;
    double textScale_ = 1;
    bool isSystemDark_ = false;
    QString family_;
    QTemporaryDir iconFiles_;
};

} // namespace attest::gui
