#include "gui/settings/settings_page.h"

#include "gui/app/navigator.h"
#include "gui/settings/sections.h"
#include "gui/settings/settings_section.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollArea>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace attest::gui {

namespace {

constexpr int kListWidth = 220;
constexpr int kContentWidth = 760;

} // namespace

SettingsPage::SettingsPage(AppContext& app, QWidget* parent)
    : Page(parent)
    , app_(app)
    , search_(new QLineEdit)
    , list_(new QListWidget)
    , stack_(new QStackedWidget) {
    auto* left = new QWidget;
    setRole(left, "sidebar");
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(measure::kEdge, measure::kEdge, measure::kEdge, measure::kEdge);
    column->setSpacing(measure::kInside);
    search_->setPlaceholderText(tr("Search settings"));
    search_->setAccessibleName(tr("Search settings"));
    search_->setToolTip(tr("Shows the settings that hold these words (Ctrl+F)"));
    search_->setClearButtonEnabled(true);
    list_->setAccessibleName(tr("Sections"));
    list_->setToolTip(tr("Sections of the settings"));
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setRole(list_, "navigation");
    column->addWidget(search_);
    column->addWidget(list_, 1);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(left, 1);
    layout->addWidget(stack_, 2);

    for (const auto make : {makeGeneralSection,
                            makeAppearanceSection,
                            makeLibrarySection,
                            makeModelsSection,
                            makeReviewSection,
                            makeExportSection,
                            makePrivacySection,
                            makeBackupSection,
                            makeAdvancedSection}) {
        add(make(app_, this));
    }
    connect(list_, &QListWidget::currentRowChanged, stack_, &QStackedWidget::setCurrentIndex);
    connect(search_, &QLineEdit::textChanged, this, &SettingsPage::search);
    auto* find = new QShortcut(QKeySequence(QKeySequence::Find), this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    const auto focusSearch = [this] {
        search_->setFocus();
        search_->selectAll();
    };
    connect(find, &QShortcut::activated, search_, focusSearch);
    // The window's own search has the same key; here the settings are meant.
    connect(find, &QShortcut::activatedAmbiguously, search_, focusSearch);
    const auto resize = [this, left] {
        left->setMaximumWidth(app_.theme.px(kListWidth));
        for (SettingsSection* section : sections_) {
            section->setMaximumWidth(app_.theme.px(kContentWidth));
        }
    };
    resize();
    connect(&app_.theme, &Theme::changed, this, resize);
    list_->setCurrentRow(0);
}

void SettingsPage::add(SettingsSection* section) {
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setWidget(section);
    scroll->setAccessibleName(section->title());
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    stack_->addWidget(scroll);
    auto* item = new QListWidgetItem(section->title(), list_);
    item->setData(Qt::UserRole, section->objectName());
    sections_.push_back(section);
}

void SettingsPage::activate() {
    showSection(app_.navigator.settingsSection());
    list_->setFocus();
    emit statusTextChanged();
}

QString SettingsPage::statusText() const {
    return tr("Settings apply at once");
}

void SettingsPage::showSection(const QString& name) {
    search_->clear();
    // What other pages call a part of a section.
    const QString wanted = name == QLatin1String("folders") ? QStringLiteral("library") : name;
    int row = 0;
    for (int i = 0; i < list_->count(); ++i) {
        if (list_->item(i)->data(Qt::UserRole).toString() == wanted) {
            row = i;
        }
    }
    list_->setCurrentRow(row);
}

QString SettingsPage::currentSection() const {
    const QListWidgetItem* item = list_->currentItem();
    return item == nullptr ? QString() : item->data(Qt::UserRole).toString();
}

void SettingsPage::search(const QString& query) {
    int first = -1;
    for (int i = 0; i < list_->count(); ++i) {
        const bool isLeft = sections_[static_cast<std::size_t>(i)]->filter(query);
        list_->item(i)->setHidden(!isLeft);
        if (isLeft && first < 0) {
            first = i;
        }
    }
    const QListWidgetItem* current = list_->currentItem();
    if (first >= 0 && (current == nullptr || current->isHidden())) {
        list_->setCurrentRow(first);
    }
}

} // namespace attest::gui
