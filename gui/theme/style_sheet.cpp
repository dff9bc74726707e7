#include "gui/theme/style_sheet.h"

#include "gui/theme/theme.h"

#include <QStyle>
#include <QWidget>

namespace attest::gui {

namespace {

// @name@ stands for a colour of the token table, #n# for n logical pixels at the text size.
constexpr const char* kSheet = R"(
QToolTip { color: @text@; background: @raised@; border: 1px solid @line@; padding: #4#px; }

QFrame[role="bar"], QWidget[role="bar"] { background: @surface@; border: none; border-bottom: 1px solid @line@; }
QFrame[role="footer"], QWidget[role="footer"] { background: @surface@; border: none; border-top: 1px solid @line@; }
QFrame[role="sidebar"], QWidget[role="sidebar"] { background: @raised@; border: none; border-right: 1px solid @line@; }
QFrame[role="surface"], QWidget[role="surface"] { background: @surface@; border: none; }
QFrame[role="choice"] { background: @surface@; border: none; border-bottom: 1px solid @line@; }
QFrame[role="choice"]:hover { background: @raised@; }
QFrame[role="choice"]:focus { background: @accentbg@; border: 2px solid @accent@; }
QFrame[role="card"] { background: @surface@; border: 1px solid @line@; border-radius: 8px; }
QFrame[role="banner-warn"] { background: @warnbg@; border: 1px solid @line@; border-radius: 8px; }
QFrame[role="banner-bad"] { background: @badbg@; border: 1px solid @line@; border-radius: 8px; }
QFrame[role="banner-ok"] { background: @okbg@; border: 1px solid @line@; border-radius: 8px; }
QFrame[role="banner-accent"] { background: @accentbg@; border: 1px solid @line@; border-radius: 8px; }
QFrame[role="line"] { background: @line@; border: none; }

QLabel { background: transparent; }
QLabel[role="muted"] { color: @muted@; }
QLabel[role="secondary"] { color: @muted@; font-size: #12#px; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="brand"] { font-size: #15#px; font-weight: 600; }
QLabel[role="title"] { font-size: #20#px; font-weight: 600; }
QLabel[role="bad"] { color: @bad@; }
QLabel[role="warn"] { color: @warn@; }
QLabel[role="ok"] { color: @ok@; }
QLabel[role="keycap"] { color: @muted@; border: 1px solid @line@; border-radius: 4px; padding: 0 #4#px; font-size: #11#px; }

QPushButton, QToolButton {
  background: @surface@; color: @text@; border: 1px solid @line@; border-radius: 6px;
  padding: 0 #12#px; min-height: #30#px; font-weight: 500;
}
QToolButton { padding: 0 #8#px; }
QToolButton[role="drop"]::menu-indicator { image: none; width: 0; }
QToolButton[popupMode="1"] { padding-right: #20#px; }
QToolButton::menu-indicator { image: none; width: 0; }
QLineEdit QToolButton, QLineEdit QToolButton:hover, QLineEdit QToolButton:focus { background: transparent; border: none; padding: 0; min-height: 0; }
QToolButton::menu-button { border: none; width: #16#px; }
QPushButton:hover, QToolButton:hover { background: @raised@; border-color: @muted@; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked { background: @accentbg@; }
QPushButton:focus, QToolButton:focus { border: 2px solid @accent@; padding: 0 #11#px; min-height: #28#px; }
QToolButton:focus { padding: 0 #7#px; }
QPushButton:disabled, QToolButton:disabled { color: @muted@; background: @background@; }
QPushButton:checked { background: @accentbg@; color: @accent@; border-color: @accent@; }
QPushButton[role="primary"] { background: @accent@; color: @onaccent@; border-color: @accent@; }
QPushButton[role="primary"]:hover { background: @accent@; border-color: @text@; }
QPushButton[role="primary"]:focus { border: 2px solid @text@; }
QPushButton[role="primary"]:disabled { background: @line@; color: @muted@; border-color: @line@; }
QPushButton[role="chip"] { background: @accentbg@; color: @accent@; border: 1px solid @accentbg@; min-height: #24#px; padding: 0 #8#px; font-size: #12#px; }
QPushButton[role="chip"]:hover { border-color: @accent@; }
QPushButton[role="chip"]:focus { border: 2px solid @accent@; min-height: #22#px; padding: 0 #7#px; }
QPushButton[role="danger"] { color: @bad@; }
QPushButton[role="chip"] { background: @accentbg@; color: @accent@; border-color: @accentbg@; border-radius: #12#px; min-height: #24#px; padding: 0 #11#px; font-weight: 400; }
QPushButton[role="chip"]:hover { border-color: @accent@; }
QPushButton[role="chip"]:focus { border: 2px solid @accent@; min-height: #22#px; }
QPushButton[role="quiet"], QToolButton[role="quiet"] { background: transparent; border-color: transparent; }
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { background: @accentbg@; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus { border: 2px solid @accent@; }
QToolButton[role="status"] { background: transparent; border: none; color: @muted@; font-size: #12#px; font-weight: 400; min-height: #20#px; padding: 0 #4#px; }
QToolButton[role="status"]:hover { color: @accent@; }
QToolButton[role="status"]:focus { border: 2px solid @accent@; }
QPushButton::menu-indicator { width: #12#px; subcontrol-position: right center; right: #6#px; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QComboBox {
  background: @surface@; color: @text@; border: 1px solid @line@; border-radius: 6px;
  padding: 0 #8#px; min-height: #30#px; selection-background-color: @accent@; selection-color: @onaccent@;
}
QPlainTextEdit, QTextEdit { padding: #6#px; }
QTextBrowser { border: 2px solid transparent; border-radius: 0; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus {
  border: 2px solid @accent@; padding-left: #7#px; min-height: #28#px;
}
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled { color: @muted@; background: @background@; }
QComboBox::drop-down { border: none; width: #24#px; }
QComboBox::down-arrow { image: url("@arrowdown@"); width: #12#px; height: #12#px; }
QSpinBox::up-button, QDoubleSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; width: #20#px; border: none; background: transparent; }
QSpinBox::down-button, QDoubleSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; width: #20#px; border: none; background: transparent; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("@arrowup@"); width: #11#px; height: #11#px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url("@arrowdown@"); width: #11#px; height: #11#px; }
QComboBox QLineEdit { border: none; padding: 0; margin-left: -2px; min-height: 0; background: transparent; }
QComboBox QAbstractItemView::item { min-height: #24#px; padding-left: #6#px; }
QComboBox QAbstractItemView { background: @surface@; border: 1px solid @line@; selection-background-color: @accentbg@; selection-color: @text@; outline: none; }

QCheckBox, QRadioButton { spacing: #8#px; background: transparent; min-height: #24#px; }
QCheckBox::indicator, QAbstractItemView::indicator { width: #16#px; height: #16#px; border: 1px solid @muted@; border-radius: 4px; background: @surface@; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: @accent@; border-color: @accent@; image: url("@tick@"); }
QCheckBox::indicator:disabled { background: @background@; border-color: @line@; }
QCheckBox::indicator:checked:disabled { background: @muted@; border-color: @muted@; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid @accent@; border-radius: 4px; }

QAbstractItemView { background: @surface@; color: @text@; border: none; outline: none;
  selection-background-color: @accentbg@; selection-color: @text@; gridline-color: @line@; }
QListView[role="navigation"] { background: transparent; }
QListView[role="navigation"]::item { padding: #6#px #8#px; border-radius: 6px; }
QListView[role="navigation"]::item:hover { background: @raised@; }
QListView[role="navigation"]::item:selected { background: @accentbg@; color: @accent@; }
QTableView::item { padding-left: #11#px; padding-right: #11#px; border: 1px solid transparent; }
QTableView::item:selected { background: @accentbg@; color: @text@; }
QTableView::item:focus { border: 1px solid @accent@; }
QHeaderView { background: @surface@; border: none; }
QHeaderView::section { background: @surface@; color: @muted@; border: none; border-bottom: 1px solid @line@;
  padding: 0 #12#px; height: #34#px; font-size: #12#px; font-weight: 600; }
QTableView QTableCornerButton::section { background: @surface@; border: none; }

QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: #12#px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: #12#px; margin: 0; }
QScrollBar::handle { background: @line@; border-radius: #4#px; margin: #2#px; }
QScrollBar::handle:hover { background: @muted@; }
QScrollBar::handle:vertical { min-height: #32#px; }
QScrollBar::handle:horizontal { min-width: #32#px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { background: @surface@; border: 1px solid @line@; padding: #4#px; }
QMenu::item { padding: #6#px #24#px #6#px #12#px; border-radius: 4px; color: @text@; }
QMenu::item:selected { background: @accentbg@; }
QMenu::item:disabled { color: @muted@; }
QMenu::separator { height: 1px; background: @line@; margin: #4#px #8#px; }
QMenu::icon { padding-left: #8#px; }
QMenuBar { background: @surface@; }
QMenuBar::item { padding: #4#px #8#px; background: transparent; }
QMenuBar::item:selected { background: @accentbg@; }

QProgressBar { background: @line@; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; text-align: center; color: transparent; }
QProgressBar::chunk { background: @accent@; border-radius: 2px; }

QSplitter::handle { background: @line@; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QTabWidget::pane { border: none; border-top: 1px solid @line@; }
QTabBar::tab { background: transparent; color: @muted@; border: none; border-bottom: 2px solid transparent; padding: #8#px #12#px; font-weight: 500; }
QTabBar::tab:selected { color: @text@; border-bottom-color: @accent@; }
QTabBar::tab:focus { color: @accent@; }
QGroupBox { border: 1px solid @line@; border-radius: 8px; margin-top: #20#px; padding: #12#px; }
QGroupBox::title { subcontrol-origin: margin; left: #4#px; color: @text@; font-weight: 600; }
QDialog { background: @surface@; }
)";

struct Name {
    const char* name;
    Token token;
};

constexpr Name kNames[] = {
    {"@background@", Token::Background},
    {"@surface@", Token::Surface},
    {"@raised@", Token::Raised},
    {"@line@", Token::Line},
    {"@text@", Token::Text},
    {"@muted@", Token::Muted},
    {"@accent@", Token::Accent},
    {"@accentbg@", Token::AccentBackground},
    {"@onaccent@", Token::OnAccent},
    {"@ok@", Token::Ok},
    {"@okbg@", Token::OkBackground},
    {"@warn@", Token::Warn},
    {"@warnbg@", Token::WarnBackground},
    {"@bad@", Token::Bad},
    {"@badbg@", Token::BadBackground},
};

struct Picture {
    const char* place;
    const char* icon;
    Token token;
};

constexpr Picture kPictures[] = {
    {"@arrowdown@", "chevron-down", Token::Muted},
    {"@arrowup@", "chevron-up", Token::Muted},
    {"@tick@", "check", Token::OnAccent},
};

} // namespace

QString buildStyleSheet(const Theme& theme) {
    QString sheet = QString::fromLatin1(kSheet);
    for (const Name& name : kNames) {
        sheet.replace(QString::fromLatin1(name.name), theme.color(name.token).name());
    }
    for (const Picture& picture : kPictures) {
        sheet.replace(QString::fromLatin1(picture.place),
                      theme.iconFile(QString::fromLatin1(picture.icon), picture.token));
    }
    for (const int length : {2, 4, 6, 7, 8, 11, 12, 15, 16, 20, 22, 24, 28, 30, 32, 34}) {
        sheet.replace(QStringLiteral("#%1#").arg(length), QString::number(theme.px(length)));
    }
    return sheet;
}

void setRole(QWidget* widget, const char* role) {
    widget->setProperty("role", QString::fromLatin1(role));
    widget->setAttribute(Qt::WA_StyledBackground);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace attest::gui
