#include "gui/theme/theme.h"

#include "gui/theme/style_sheet.h"
#include "gui/theme/svg_icon.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QPalette>
#include <QStyleFactory>

#include <algorithm>
#include <cmath>

namespace attest::gui {

namespace {

QString interfaceFamily() {
    const QStringList families = QFontDatabase::families();
    for (const char* wanted : {"Inter", "Noto Sans"}) {
        const QString name = QString::fromLatin1(wanted);
        if (families.contains(name)) {
            return name;
        }
    }
    return QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
}

// What the desktop says, before this program sets its own palette.
bool isDark(const QPalette& palette) {
    return palette.color(QPalette::Window).lightness() <
           palette.color(QPalette::WindowText).lightness();
}

} // namespace

Theme::Theme(QApplication& app)
    : app_(app), isSystemDark_(isDark(app.palette())), family_(interfaceFamily()) {
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
}

void Theme::apply(ThemeMode mode, double textScale) {
    mode_ = mode;
    textScale_ = std::clamp(textScale, 0.8, 2.0);
    const bool dark = mode_ == ThemeMode::Dark || (mode_ == ThemeMode::System && isSystemDark_);
    palette_ = dark ? Palette::Dark : Palette::Light;
    applyPalette();
    QApplication::setFont(font(TextStyle::Body));
    app_.setStyleSheet(styleSheet());
    emit changed();
}

void Theme::applyPalette() {
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, Token token) {
        palette.setColor(role, color(token));
    };
    set(QPalette::Window, Token::Background);
    set(QPalette::WindowText, Token::Text);
    set(QPalette::Base, Token::Surface);
    set(QPalette::AlternateBase, Token::Raised);
    set(QPalette::Text, Token::Text);
    set(QPalette::PlaceholderText, Token::Muted);
    set(QPalette::Button, Token::Surface);
    set(QPalette::ButtonText, Token::Text);
    set(QPalette::BrightText, Token::Bad);
    set(QPalette::Highlight, Token::AccentBackground);
    set(QPalette::HighlightedText, Token::Text);
    set(QPalette::Link, Token::Accent);
    set(QPalette::LinkVisited, Token::Accent);
    set(QPalette::ToolTipBase, Token::Raised);
    set(QPalette::ToolTipText, Token::Text);
    set(QPalette::Light, Token::Surface);
    set(QPalette::Midlight, Token::Raised);
    set(QPalette::Mid, Token::Line);
    set(QPalette::Dark, Token::Line);
    set(QPalette::Shadow, Token::Line);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, color(Token::Muted));
    }
    QApplication::setPalette(palette);
}

QFont Theme::font(TextStyle style) const {
    int pixels = 13;
    QFont::Weight weight = QFont::Normal;
    switch (style) {
    case TextStyle::Body:
        break;
    case TextStyle::Secondary:
        pixels = 12;
        break;
    case TextStyle::Heading:
        weight = QFont::DemiBold;
        break;
    case TextStyle::Brand:
        pixels = 15;
        weight = QFont::DemiBold;
        break;
    case TextStyle::Title:
        pixels = 20;
        weight = QFont::DemiBold;
        break;
    }
    QFont font(family_);
    font.setPixelSize(px(pixels));
    font.setWeight(weight);
    return font;
}

int Theme::px(int length) const {
    return static_cast<int>(std::lround(length * textScale_));
}

QIcon Theme::icon(const QString& name, Token token) const {
    return svgIcon(QStringLiteral(":/icons/%1.svg").arg(name), color(token), color(Token::Muted));
}

QString Theme::iconFile(const QString& name, Token token) const {
    const QString ink = color(token).name();
    const QString path =
        iconFiles_.filePath(name + QLatin1Char('-') + ink.mid(1) + QStringLiteral(".svg"));
    if (path.isEmpty() || QFile::exists(path)) {
        return path;
    }
    QFile drawn(QStringLiteral(":/icons/%1.svg").arg(name));
    QFile file(path);
    if (!drawn.open(QIODevice::ReadOnly) || !file.open(QIODevice::WriteOnly)) {
        return {};
    }
    const QByteArray svg = drawn.readAll().replace("currentColor", ink.toLatin1());
    return file.write(svg) == svg.size() ? path : QString();
}

QString Theme::styleSheet() const {
    return buildStyleSheet(*this);
}

} // namespace attest::gui
