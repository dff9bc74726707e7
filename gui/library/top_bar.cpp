#include "gui/library/top_bar.h"

#include "gui/app/navigator.h"
#include "gui/library/library_state.h"
#include "gui/library/search_box.h"
#include "gui/library/window_actions.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"

#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>

namespace attest::gui {

TopBar::TopBar(AppContext& app, LibraryState& state, WindowActions& actions, QWidget* parent)
    : QFrame(parent)
    , app_(app)
    , state_(state)
    , actions_(actions)
    , mark_(new QLabel(this))
    , brand_(new QLabel(QStringLiteral("Attest"), this))
    , add_(makeAddButton(actions))
    , paste_(new QPushButton(this))
    , templateLabel_(new QLabel(tr("Template"), this))
    , template_(new QComboBox(this))
    , extract_(new QPushButton(this))
    , search_(new SearchBox(app.theme, this))
    , menu_(makeMenuButton(actions)) {
    setRole(this, "bar");
    setAccessibleName(tr("Tool bar"));
    setRole(brand_, "brand");
    setRole(templateLabel_, "muted");
    setRole(extract_, "primary");
    paste_->setToolTip(toolTipOf(*actions.pasteNote));
    paste_->setAccessibleName(tr("Paste note"));
    template_->setAccessibleName(tr("Template"));
    template_->setToolTip(tr("What to read from the documents"));
    template_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    template_->setMaxVisibleItems(20);
    templateLabel_->setBuddy(template_);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(measure::kEdge, 0, measure::kEdge, 0);
    layout->setSpacing(measure::kInside);
    layout->addWidget(mark_);
    layout->addWidget(brand_);
    layout->addSpacing(measure::kUnit);
    layout->addWidget(add_);
    layout->addWidget(paste_);
    layout->addSpacing(measure::kInside);
    layout->addWidget(templateLabel_);
    layout->addWidget(template_);
    layout->addWidget(extract_);
    layout->addStretch(1);
    layout->addWidget(search_, 4);
    layout->addWidget(menu_);
    QWidget* before = add_;
    for (QWidget* next : {static_cast<QWidget*>(paste_),
                          static_cast<QWidget*>(template_),
                          static_cast<QWidget*>(extract_),
                          static_cast<QWidget*>(search_),
                          static_cast<QWidget*>(menu_)}) {
        setTabOrder(before, next);
        before = next;
    }
    actions.addKeysTo(this);

    connect(paste_, &QPushButton::clicked, actions.pasteNote, &QAction::trigger);
    connect(extract_, &QPushButton::clicked, actions.extract, &QAction::trigger);
    connect(actions.extract, &QAction::changed, this, &TopBar::refreshExtract);
    connect(&state, &LibraryState::templatesChanged, this, &TopBar::refreshTemplates);
    connect(&state, &LibraryState::templateChosen, this, &TopBar::showChosen);
    connect(template_, &QComboBox::activated, this, [this](int index) {
        state_.chooseTemplate(template_->itemData(index).toString());
    });
    connect(search_, &QLineEdit::textChanged, &state, &LibraryState::setSearchText);
    connect(search_, &QLineEdit::textEdited, this, [this](const QString& text) {
        if (!text.trimmed().isEmpty()) {
            app_.navigator.openPage(PageId::Library); // the results are shown there
        }
    });
    connect(&state, &LibraryState::searchTextChanged, this, [this] {
        if (search_->text().trimmed() != state_.searchText()) {
            search_->setText(state_.searchText());
        }
    });
    connect(&state, &LibraryState::searchWanted, this, [this] {
        search_->setFocus(Qt::ShortcutFocusReason);
        search_->selectAll();
    });
    connect(&state, &LibraryState::searchTyped, this, [this] {
        search_->setFocus(Qt::OtherFocusReason);
        search_->end(false);
    });
    connect(search_, &SearchBox::left, this, &TopBar::listWanted);
    connect(search_, &SearchBox::entered, this, &TopBar::listWanted);
    connect(&app.theme, &Theme::changed, this, [this] {
        refreshIcons();
        fit();
    });
    refreshTemplates();
    refreshIcons();
    refreshExtract();
}

QToolButton* TopBar::makeAddButton(WindowActions& actions) {
    auto* button = new QToolButton(this);
    button->setPopupMode(QToolButton::MenuButtonPopup);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAccessibleName(tr("Add files"));
    button->setToolTip(toolTipOf(*actions.addFiles));
    auto* menu = new QMenu(button);
    menu->addAction(actions.addFiles);
    menu->addAction(actions.addFolder);
    menu->addAction(actions.pasteNote);
    menu->addSeparator();
    menu->addAction(actions.watchedFolders);
    menu->addAction(actions.samples);
    button->setMenu(menu);
    button->setFocusPolicy(Qt::StrongFocus);
    connect(button, &QToolButton::clicked, actions.addFiles, &QAction::trigger);
    return button;
}

QToolButton* TopBar::makeMenuButton(WindowActions& actions) {
    auto* button = new QToolButton(this);
    setRole(button, "quiet");
    button->setPopupMode(QToolButton::InstantPopup);
    button->setAccessibleName(tr("Menu"));
    button->setToolTip(tr("Menu (F10)"));
    button->setShortcut(QKeySequence(Qt::Key_F10));
    auto* menu = new QMenu(button);
    actions.fillMenu(*menu);
    button->setMenu(menu);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

QSize TopBar::minimumSizeHint() const {
    return {0, std::max(app_.theme.px(measure::kBar), QFrame::minimumSizeHint().height())};
}

void TopBar::refreshTemplates() {
    const QSignalBlocker blocker(template_);
    template_->clear();
    bool hasBuiltIn = false;
    bool hasOwn = false;
    for (const CatalogEntry& entry : state_.templates()) {
        if (!entry.isBuiltIn && hasBuiltIn && !hasOwn) {
            template_->insertSeparator(template_->count());
        }
        hasBuiltIn = hasBuiltIn || entry.isBuiltIn;
        hasOwn = hasOwn || !entry.isBuiltIn;
        template_->addItem(QString::fromStdString(entry.record.title),
                           QString::fromStdString(entry.record.id));
    }
    template_->setEnabled(template_->count() > 0);
    showChosen();
}

void TopBar::showChosen() {
    const CatalogEntry* chosen = state_.chosenTemplate();
    if (chosen != nullptr) {
        template_->setCurrentIndex(template_->findData(QString::fromStdString(chosen->record.id)));
        template_->setToolTip(tr("What to read from the documents: %1")
                                  .arg(QString::fromStdString(chosen->record.title)));
    }
    fit();
}

void TopBar::refreshExtract() {
    extract_->setText(actions_.extract->text());
    extract_->setEnabled(actions_.extract->isEnabled());
    extract_->setToolTip(toolTipOf(*actions_.extract));
    extract_->setAccessibleName(actions_.extract->text());
    extract_->setIcon(actions_.extract->icon());
    fit();
}

void TopBar::refreshIcons() {
    const Theme& theme = app_.theme;
    const int size = theme.px(16);
    for (QAbstractButton* button : {static_cast<QAbstractButton*>(add_),
                                    static_cast<QAbstractButton*>(paste_),
                                    static_cast<QAbstractButton*>(extract_),
                                    static_cast<QAbstractButton*>(menu_)}) {
        button->setIconSize({size, size});
    }
    add_->setIcon(theme.icon(QStringLiteral("add-file")));
    paste_->setIcon(theme.icon(QStringLiteral("paste")));
    menu_->setIcon(theme.icon(QStringLiteral("settings"), Token::Muted));
    const int mark = theme.px(20);
    mark_->setPixmap(theme.icon(QStringLiteral("attest"), Token::Accent)
                         .pixmap(QSize(mark, mark), devicePixelRatioF()));
}

void TopBar::apply(Level level) {
    const Theme& theme = app_.theme;
    const bool hasWords = level < IconButtons;
    add_->setText(hasWords ? tr("Add files") : QString());
    add_->setToolButtonStyle(hasWords ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    paste_->setText(hasWords ? tr("Paste note") : QString());
    templateLabel_->setVisible(level < NoLabels);
    brand_->setVisible(level < Tight);
    const int letters = level < NoLabels ? 16 : level < Tight ? 12 : 8;
    template_->setMinimumContentsLength(letters);
    template_->setMaximumWidth(theme.px(level < NoLabels ? 200 : level < Tight ? 150 : 110));
    search_->setMinimumWidth(theme.px(level < NoLabels ? 240 : level < Tight ? 150 : 96));
    search_->setMaximumWidth(theme.px(340));
}

void TopBar::fit() {
    if (isFitting_ || width() <= 0) {
        return;
    }
    isFitting_ = true;
    for (int level = Full; level < LevelCount; ++level) {
        apply(Level(level));
        layout()->invalidate();
        layout()->activate();
        if (layout()->totalMinimumSize().width() <= width()) {
            break;
        }
    }
    isFitting_ = false;
}

void TopBar::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    fit();
}

bool TopBar::event(QEvent* event) {
    const bool isHandled = QFrame::event(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) {
        fit();
    }
    return isHandled;
}

} // namespace attest::gui
