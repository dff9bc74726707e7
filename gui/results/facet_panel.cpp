#include "gui/results/facet_panel.h"

#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace attest::gui {

namespace {

constexpr std::size_t kMostTexts = 200;
constexpr double kFarAway = 1e12;

} // namespace

FacetPanel::FacetPanel(AppContext& app, ResultsModel& model, QWidget* parent)
    : QWidget(parent)
    , app_(app)
    , model_(model)
    , title_(new QLabel)
    , texts_(new QListWidget)
    , range_(new QWidget)
    , from_(new QDoubleSpinBox)
    , to_(new QDoubleSpinBox)
    , clear_(new QPushButton(tr("Show all"))) {
    setRole(this, "sidebar");
    setFixedWidth(app.theme.px(measure::kSideBar));
    setRole(title_, "heading");
    title_->setWordWrap(true);
    texts_->setAccessibleName(tr("Values of the column"));
    setRole(texts_, "plain");
    for (QDoubleSpinBox* box : {from_, to_}) {
        box->setRange(-kFarAway, kFarAway);
        box->setDecimals(2);
        box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    }
    from_->setAccessibleName(tr("Smallest number"));
    to_->setAccessibleName(tr("Largest number"));
    auto* range = new QHBoxLayout(range_);
    range->setContentsMargins(0, 0, 0, 0);
    range->setSpacing(measure::kUnit);
    range->addWidget(from_, 1);
    range->addWidget(new QLabel(tr("to")));
    range->addWidget(to_, 1);
    auto* hint = new QLabel(tr("Choose a column in the table to narrow it by its values."));
    setRole(hint, "secondary");
    hint->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(measure::kEdge, measure::kBetween, measure::kEdge, measure::kEdge);
    layout->setSpacing(measure::kInside);
    layout->addWidget(title_);
    layout->addWidget(range_);
    layout->addWidget(texts_, 1);
    layout->addWidget(clear_);
    layout->addWidget(hint);
    connect(texts_, &QListWidget::itemChanged, this, &FacetPanel::applyTexts);
    connect(from_, &QDoubleSpinBox::editingFinished, this, &FacetPanel::applyRange);
    connect(to_, &QDoubleSpinBox::editingFinished, this, &FacetPanel::applyRange);
    connect(clear_, &QPushButton::clicked, this, [this] {
        model_.setFilters({});
        refresh();
    });
    connect(&model, &QAbstractItemModel::modelReset, this, &FacetPanel::refresh);
    connect(&app.theme, &Theme::changed, this, [this] {
        setFixedWidth(app_.theme.px(measure::kSideBar));
    });
    refresh();
}

void FacetPanel::showColumn(std::size_t column) {
    column_ = column;
    refresh();
}

ResultsFilter FacetPanel::current() const {
    const auto& filters = model_.filters();
    const auto found = std::find_if(filters.begin(), filters.end(), [&](const auto& filter) {
        return filter.column == column_;
    });
    if (found != filters.end()) {
        return *found;
    }
    ResultsFilter none;
    none.column = column_;
    return none;
}

void FacetPanel::refresh() {
    if (isRefreshing_) {
        return;
    }
    const auto& columns = model_.table().columns;
    column_ = columns.empty() ? 0 : std::min(column_, columns.size() - 1);
    clear_->setEnabled(!model_.filters().empty());
    title_->setText(columns.empty() ? QString() : columns[column_].title);
    const QSignalBlocker quiet(texts_);
    texts_->clear();
    const bool isNumeric = !columns.empty() && columns[column_].isNumeric;
    range_->setVisible(isNumeric);
    if (columns.empty()) {
        return;
    }
    const ResultsFilter filter = current();
    for (const FacetEntry& entry : model_.facet(column_, kMostTexts)) {
        const QString shown = entry.text.isEmpty() ? tr("(nothing)") : entry.text;
        auto* item =
            new QListWidgetItem(QStringLiteral("%1  %2").arg(shown).arg(entry.count), texts_);
        item->setData(Qt::UserRole, entry.text);
        item->setToolTip(shown);
        item->setSizeHint(QSize(0, app_.theme.px(measure::kRowOneLine)));
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(filter.texts.contains(entry.text) ? Qt::Checked : Qt::Unchecked);
    }
    if (isNumeric) {
        std::vector<const ResultsRow*> rows;
        for (const ResultsRow& row : model_.table().rows) {
            rows.push_back(&row);
        }
        const ColumnSummary summary = summarizeColumn(rows, column_);
        from_->setValue(filter.from.value_or(summary.smallest));
        to_->setValue(filter.to.value_or(summary.largest));
    }
}

void FacetPanel::applyTexts() {
    ResultsFilter filter = current();
    filter.texts.clear();
    for (int i = 0; i < texts_->count(); ++i) {
        const QListWidgetItem* item = texts_->item(i);
        if (item->checkState() == Qt::Checked) {
            filter.texts.insert(item->data(Qt::UserRole).toString());
        }
    }
    setFilter(filter);
}

void FacetPanel::applyRange() {
    ResultsFilter filter = current();
    if (from_->value() == filter.from.value_or(from_->value()) &&
        to_->value() == filter.to.value_or(to_->value()) && !from_->hasFocus() &&
        !to_->hasFocus() && !filter.from) {
        return; // left without a change
    }
    filter.from = from_->value();
    filter.to = to_->value();
    setFilter(filter);
}

void FacetPanel::setFilter(const ResultsFilter& filter) {
    std::vector<ResultsFilter> filters = model_.filters();
    std::erase_if(filters, [&](const ResultsFilter& each) { return each.column == filter.column; });
    if (!filter.texts.isEmpty() || filter.from || filter.to) {
        filters.push_back(filter);
    }
    isRefreshing_ = true; // the list under the mouse stays as it is
    model_.setFilters(std::move(filters));
    isRefreshing_ = false;
    clear_->setEnabled(!model_.filters().empty());
}

} // namespace attest::gui
