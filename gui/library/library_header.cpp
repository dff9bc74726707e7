#include "gui/library/library_header.h"

#include "gui/library/library_text.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeySequence>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace attest::gui {

namespace {

constexpr storage::DocumentState kStates[] = {storage::DocumentState::New,
                                              storage::DocumentState::Waiting,
                                              storage::DocumentState::Running,
                                              storage::DocumentState::ToReview,
                                              storage::DocumentState::Reviewed,
                                              storage::DocumentState::NoText,
                                              storage::DocumentState::Failed,
                                              storage::DocumentState::Cancelled};

template <typename T>
std::function<void(bool)> chooser(std::set<T>& chosen, T value) {
    return [&chosen, value = std::move(value)](bool isChosen) {
        if (isChosen) {
            chosen.insert(value);
        } else {
            chosen.erase(value);
        }
    };
}

} // namespace

LibraryHeader::LibraryHeader(AppContext& app, const LibraryModel& model, QWidget* parent)
    : QWidget(parent)
    , app_(app)
    , model_(model)
    , title_(new QLabel(this))
    , summary_(new QLabel(this))
    , filter_(new QToolButton(this))
    , export_(new QPushButton(tr("Export…"), this))
    , restore_(new QPushButton(tr("Restore all"), this))
    , empty_(new QPushButton(tr("Empty trash…"), this))
    , chips_(new QWidget(this))
    , chipRow_(new QHBoxLayout(chips_)) {
    setRole(this, "bar");
    setRole(title_, "heading");
    setRole(summary_, "muted");
    setRole(empty_, "danger");
    summary_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    title_->setTextFormat(Qt::PlainText);
    summary_->setTextFormat(Qt::PlainText);
    filter_->setText(tr("Filter"));
    filter_->setToolTip(tr("Show only some templates, states or types"));
    filter_->setAccessibleName(tr("Filter"));
    filter_->setPopupMode(QToolButton::InstantPopup);
    filter_->setFocusPolicy(Qt::StrongFocus);
    auto* menu = new QMenu(filter_);
    filter_->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, &LibraryHeader::fillFilterMenu);
    export_->setToolTip(
        tr("Export the results of the selected documents, else of all shown (%1)")
            .arg(QKeySequence(QStringLiteral("Ctrl+E")).toString(QKeySequence::NativeText)));
    restore_->setToolTip(tr("Bring back every document in the trash"));
    empty_->setToolTip(tr("Delete every document in the trash for good"));

    auto* line = new QHBoxLayout;
    line->setContentsMargins(measure::kEdge, measure::kInside, measure::kEdge, measure::kInside);
    line->setSpacing(measure::kInside);
    line->addWidget(title_);
    line->addWidget(summary_, 1);
    line->addWidget(filter_);
    line->addWidget(export_);
    line->addWidget(restore_);
    line->addWidget(empty_);
    chipRow_->setContentsMargins(measure::kEdge, 0, measure::kEdge, measure::kInside);
    chipRow_->setSpacing(measure::kInside);
    chips_->hide();
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addLayout(line);
    rows->addWidget(chips_);

    connect(export_, &QPushButton::clicked, this, &LibraryHeader::exportAsked);
    connect(restore_, &QPushButton::clicked, this, &LibraryHeader::restoreAllAsked);
    connect(empty_, &QPushButton::clicked, this, &LibraryHeader::emptyTrashAsked);
    setCommands(false, false);
}

void LibraryHeader::setTexts(const QString& title, const QString& summary) {
    title_->setText(title);
    summaryText_ = summary;
    summary_->setToolTip(summary);
    fitSummary();
}

void LibraryHeader::fitSummary() {
    summary_->setText(
        summary_->fontMetrics().elidedText(summaryText_, Qt::ElideRight, summary_->width()));
    summary_->setAccessibleName(summaryText_);
}

void LibraryHeader::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layout()->activate(); // the label's width below is the new one
    fitSummary();
}

void LibraryHeader::setCommands(bool isTrash, bool hasRows) {
    filter_->setVisible(!isTrash);
    export_->setVisible(!isTrash);
    restore_->setVisible(isTrash);
    empty_->setVisible(isTrash);
    filter_->setEnabled(hasRows || isFiltering());
    for (QPushButton* button : {export_, restore_, empty_}) {
        button->setEnabled(hasRows);
    }
}

void LibraryHeader::addTo(ItemFilter& filter) const {
    filter.templateIds = chosen_.templateIds;
    filter.states = chosen_.states;
    filter.kinds = chosen_.kinds;
}

bool LibraryHeader::isFiltering() const {
    return !chosen_.templateIds.empty() || !chosen_.states.empty() || !chosen_.kinds.empty();
}

void LibraryHeader::clearFilters() {
    if (isFiltering()) {
        chosen_ = {};
        changed();
    }
}

void LibraryHeader::changed() {
    refreshChips();
    emit filtersChanged();
}

std::vector<LibraryHeader::Choice> LibraryHeader::templateChoices() {
    std::vector<Choice> choices;
    for (const auto& [id, title] : model_.templatesInUse()) {
        choices.push_back(
            {title, chosen_.templateIds.contains(id), chooser(chosen_.templateIds, id)});
    }
    return choices;
}

std::vector<LibraryHeader::Choice> LibraryHeader::stateChoices() {
    std::vector<Choice> choices;
    for (const storage::DocumentState state : kStates) {
        choices.push_back(
            {stateName(state), chosen_.states.contains(state), chooser(chosen_.states, state)});
    }
    return choices;
}

std::vector<LibraryHeader::Choice> LibraryHeader::kindChoices() {
    std::vector<Choice> choices;
    for (const std::string kind : {"pdf", "text"}) {
        choices.push_back(
            {kindText(kind), chosen_.kinds.contains(kind), chooser(chosen_.kinds, kind)});
    }
    return choices;
}

void LibraryHeader::addChoices(QMenu& menu, const QString& title, std::vector<Choice> choices) {
    if (choices.empty()) {
        return;
    }
    menu.addSection(title);
    for (Choice& choice : choices) {
        QAction* action = menu.addAction(choice.text);
        action->setCheckable(true);
        action->setChecked(choice.isChosen);
        connect(action, &QAction::toggled, this, [this, choose = choice.choose](bool isChosen) {
            choose(isChosen);
            changed();
        });
    }
}

void LibraryHeader::fillFilterMenu() {
    QMenu& menu = *filter_->menu();
    menu.clear();
    addChoices(menu, tr("Template"), templateChoices());
    addChoices(menu, tr("Status"), stateChoices());
    addChoices(menu, tr("Type"), kindChoices());
    menu.addSeparator();
    QAction* none = menu.addAction(tr("Remove filters"));
    none->setEnabled(isFiltering());
    connect(none, &QAction::triggered, this, &LibraryHeader::clearFilters);
}

void LibraryHeader::refreshChips() {
    while (QLayoutItem* item = chipRow_->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->deleteLater(); // it may be the one that was clicked
            item->widget()->hide();
        }
        delete item;
    }
    for (auto choices : {templateChoices(), stateChoices(), kindChoices()}) {
        for (Choice& choice : choices) {
            if (!choice.isChosen) {
                continue;
            }
            auto* chip = new QPushButton(choice.text + QStringLiteral("  ×"), chips_);
            setRole(chip, "chip");
            chip->setToolTip(tr("Remove the filter “%1”").arg(choice.text));
            chip->setAccessibleName(chip->toolTip());
            connect(chip, &QPushButton::clicked, this, [this, choose = choice.choose] {
                choose(false);
                changed();
            });
            chipRow_->addWidget(chip);
        }
    }
    chipRow_->addStretch(1);
    chips_->setVisible(isFiltering());
}

} // namespace attest::gui
