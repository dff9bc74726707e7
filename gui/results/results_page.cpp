#include "gui/results/results_page.h"

#include "gui/app/error_text.h"
#include "gui/app/navigator.h"
#include "gui/app/settings.h"
#include "gui/app/store.h"
#include "gui/app/template_catalog.h"
#include "gui/results/cell_edit.h"
#include "gui/results/chart_panel.h"
#include "gui/results/facet_panel.h"
#include "gui/results/results_model.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/key_button.h"

#include <QAction>
#include <QApplication>
#include <QButtonGroup>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <set>
#include <utility>

namespace attest::gui {

namespace {

const QString kSplitter = QStringLiteral("results/splitter");
constexpr int kWidestColumn = 320;
constexpr int kRowsForWidth = 200; // enough to see how wide values are

} // namespace

struct ResultsPage::Loaded {
    std::vector<ResultsRun> runs;
    std::string templateJson; // of the newest run
};

ResultsPage::ResultsPage(AppContext& app, QWidget* parent)
    : Page(parent)
    , app_(app)
    , model_(new ResultsModel(this))
    , template_(new QComboBox)
    , layouts_(new QButtonGroup(this))
    , group_(new QComboBox)
    , counts_(new QLabel)
    , table_(new QTableView)
    , facets_(new FacetPanel(app, *model_, this))
    , chart_(new ChartPanel(app, *model_, this))
    , splitter_(new QSplitter(Qt::Vertical))
    , stack_(new QStackedWidget)
    , empty_(new EmptyState(app.theme, this))
    , export_(new QPushButton(tr("Export…"))) {
    makeTable();
    splitter_->addWidget(table_);
    splitter_->addWidget(chart_);
    splitter_->setStretchFactor(0, 3);
    splitter_->setStretchFactor(1, 2);
    splitter_->setChildrenCollapsible(true);
    splitter_->restoreState(app.settings.value(kSplitter).toByteArray());
    connect(splitter_, &QSplitter::splitterMoved, this, [this] {
        app_.settings.setValue(kSplitter, splitter_->saveState());
    });
    auto* content = new QWidget;
    auto* columns = new QHBoxLayout(content);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    columns->addWidget(facets_);
    columns->addWidget(splitter_, 1);
    stack_->addWidget(content);
    stack_->addWidget(empty_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(stack_, 1);
    makeActions();

    connect(template_, &QComboBox::currentIndexChanged, this, &ResultsPage::reload);
    connect(layouts_, &QButtonGroup::idClicked, this, &ResultsPage::rebuild);
    connect(group_, &QComboBox::currentIndexChanged, this, &ResultsPage::rebuild);
    connect(model_, &QAbstractItemModel::modelReset, this, &ResultsPage::refreshCounts);
    connect(model_, &ResultsModel::edited, this, &ResultsPage::correct, Qt::QueuedConnection);
    const auto reloadIfShown = [this] {
        if (isVisible()) {
            reload();
        }
    };
    connect(&app.store, &Store::reviewsChanged, this, reloadIfShown);
    connect(&app.store, &Store::documentsChanged, this, reloadIfShown);
    connect(export_, &QPushButton::clicked, this, &ResultsPage::exportShown);
}

ResultsPage::~ResultsPage() = default;

QWidget* ResultsPage::makeHeader() {
    auto* bar = new QWidget;
    setRole(bar, "bar");
    bar->setMinimumHeight(measure::kBar);
    auto* title = new QLabel(tr("Results"));
    setRole(title, "heading");
    setRole(counts_, "muted");
    template_->setAccessibleName(tr("Template"));
    group_->setAccessibleName(tr("Group"));
    group_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    template_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(measure::kEdge, measure::kInside, measure::kEdge, measure::kInside);
    layout->setSpacing(measure::kInside);
    layout->addWidget(title);
    layout->addWidget(template_);
    const QString names[] = {tr("Documents"), tr("Items"), tr("Values")};
    const QString tips[] = {tr("A row for each document"),
                            tr("A row for each item of a group"),
                            tr("A row for each value")};
    for (int i = 0; i < 3; ++i) {
        auto* button = new QPushButton(names[i]);
        button->setCheckable(true);
        button->setToolTip(tips[i]);
        layouts_->addButton(button, i);
        layout->addWidget(button);
    }
    layouts_->button(static_cast<int>(ResultsLayout::Items))->setChecked(true);
    layout->addWidget(group_);
    layout->addWidget(counts_, 1);
    layout->addWidget(export_);
    return bar;
}

void ResultsPage::makeTable() {
    table_->setModel(model_);
    table_->setAccessibleName(tr("Results"));
    // First, or it would sort by the first column instead of leaving the documents' order.
    table_->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    table_->setSortingEnabled(true);
    table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table_->horizontalHeader()->setSectionsMovable(true);
    table_->horizontalHeader()->setHighlightSections(false);
    table_->verticalHeader()->hide();
    table_->setWordWrap(false);
    table_->setTabKeyNavigation(false);
    table_->setEditTriggers(QAbstractItemView::EditKeyPressed);
    const auto resize = [this] {
        table_->verticalHeader()->setDefaultSectionSize(app_.theme.px(measure::kRowOneLine));
    };
    resize();
    connect(&app_.theme, &Theme::changed, this, resize);
    connect(table_->selectionModel(),
            &QItemSelectionModel::currentChanged,
            this,
            [this](const QModelIndex& index, const QModelIndex& before) {
                if (index.isValid() && index.column() != before.column()) {
                    facets_->showColumn(static_cast<std::size_t>(index.column()));
                    chart_->showColumn(static_cast<std::size_t>(index.column()));
                }
            });
    connect(table_, &QTableView::doubleClicked, this, &ResultsPage::openReview);
}

void ResultsPage::makeActions() {
    const auto add = [this](const QString& text, const QKeySequence& key, auto slot) {
        auto* action = new QAction(text, this);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, slot);
        table_->addAction(action);
    };
    add(tr("Open in review"), QKeySequence(Qt::Key_Return), [this] { openReview(); });
    add(tr("Edit value"), QKeySequence(Qt::Key_F2), [this] {
        table_->edit(table_->currentIndex());
    });
    add(tr("Copy"), QKeySequence::Copy, [this] { copy(false); });
    add(tr("Copy whole table"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), [this] {
        copy(true);
    });
    add(tr("Undo"), QKeySequence::Undo, [this] { undo_.undo(); });
    add(tr("Redo"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), [this] { undo_.redo(); });
    add(tr("Export"), QKeySequence(Qt::CTRL | Qt::Key_E), [this] { exportShown(); });
    table_->setContextMenuPolicy(Qt::ActionsContextMenu);
    export_->setToolTip(tr("Export what is shown (%1)").arg(QStringLiteral("Ctrl+E")));
}

QString ResultsPage::templateId() const {
    return template_->currentData().toString();
}

void ResultsPage::activate() {
    const QString asked = app_.navigator.templateId();
    listTemplates(
        app_.store, this, [this, asked](const Result<std::vector<CatalogEntry>>& entries) {
            if (!entries.ok()) {
                app_.navigator.showToast({errorText(entries.error()), {}, {}});
                return;
            }
            const QString before = templateId();
            {
                const QSignalBlocker quiet(template_);
                template_->clear();
                for (const CatalogEntry& entry : entries.value()) {
                    if (entry.layout != QLatin1String("summary")) {
                        template_->addItem(QString::fromStdString(entry.record.title),
                                           QString::fromStdString(entry.record.id));
                    }
                }
                for (const QString& wanted : {asked, before, app_.settings.lastTemplate()}) {
                    const int index = template_->findData(wanted);
                    if (!wanted.isEmpty() && index >= 0) {
                        template_->setCurrentIndex(index);
                        break;
                    }
                }
            }
            reload();
        });
    table_->setFocus();
}

QString ResultsPage::statusText() const {
    return counts_->text();
}

void ResultsPage::reload() {
    const int number = ++loadNumber_;
    const auto work = [id = templateId().toStdString()](storage::Database& db) -> Result<Loaded> {
        storage::RunFilter filter;
        filter.kind = storage::kRunExtraction;
        filter.templateId = id;
        ATTEST_TRY_ASSIGN(auto runs, storage::latestRuns(db, filter));
        Loaded loaded;
        for (storage::StoredRun& run : runs) {
            ATTEST_TRY_ASSIGN(auto values, storage::finalValues(db, run.id));
            loaded.runs.push_back({std::move(run), std::move(values)});
        }
        if (!loaded.runs.empty()) {
            ATTEST_TRY_ASSIGN(const auto record,
                              storage::storedTemplate(db, loaded.runs.back().run.templateSha256));
            loaded.templateJson = record.json;
        }
        return loaded;
    };
    app_.store.read(this, work, [this, number](Result<Loaded> loaded) {
        if (number != loadNumber_) {
            return; // another template was chosen meanwhile
        }
        if (!loaded.ok()) {
            app_.navigator.showToast({errorText(loaded.error()), {}, {}});
            return;
        }
        showLoaded(std::move(loaded).value());
    });
}

void ResultsPage::showLoaded(Loaded loaded) {
    runs_ = std::move(loaded.runs);
    templateJson_ = std::move(loaded.templateJson);
    fields_ = fieldsOf(runs_, templateJson_);
    chart_->setFields(fields_);
    export_->setEnabled(!runs_.empty());
    {
        const QSignalBlocker quiet(group_);
        const QString before = group_->currentText();
        group_->clear();
        for (const QString& group : groupsOf(fields_)) {
            group_->addItem(group);
        }
        group_->setCurrentIndex(std::max(group_->findText(before), 0));
    }
    if (runs_.empty()) {
        empty_->setContent(QStringLiteral("results"),
                           tr("No results of this template yet"),
                           tr("Choose documents in the library and extract from them; what is read "
                              "appears here as a table."));
        connect(empty_->addButton(tr("Open the library")), &QPushButton::clicked, this, [this] {
            app_.navigator.openLibrary(storage::SmartList::All);
        });
        stack_->setCurrentWidget(empty_);
        model_->setTable({});
        return;
    }
    stack_->setCurrentIndex(0);
    rebuild();
}

void ResultsPage::rebuild() {
    const bool hasGroups = group_->count() > 0;
    const bool hasSingles = std::any_of(
        fields_.begin(), fields_.end(), [](const auto& field) { return field.group.isEmpty(); });
    auto layout = static_cast<ResultsLayout>(layouts_->checkedId());
    if (layout == ResultsLayout::Items && !hasGroups && hasSingles) {
        layout = ResultsLayout::Documents;
        layouts_->button(static_cast<int>(layout))->setChecked(true);
    }
    layouts_->button(static_cast<int>(ResultsLayout::Items))->setEnabled(hasGroups);
    group_->setVisible(layout == ResultsLayout::Items && group_->count() > 1);
    const QModelIndex before = table_->currentIndex();
    const int columnsBefore = model_->columnCount();
    model_->setTable(buildResultsTable(
        runs_, fields_, layout, group_->currentText(), app_.settings.reviewThreshold()));
    if (columnsBefore != model_->columnCount()) {
        table_->horizontalHeader()->setResizeContentsPrecision(kRowsForWidth);
        table_->resizeColumnsToContents();
        for (int column = 0; column < model_->columnCount(); ++column) {
            const int width = table_->columnWidth(column) + app_.theme.px(measure::kInside);
            table_->setColumnWidth(column, std::min(width, app_.theme.px(kWidestColumn)));
        }
    }
    const int row = std::min(std::max(before.row(), 0), model_->rowCount() - 1);
    const int column = std::min(std::max(before.column(), 1), model_->columnCount() - 1);
    if (row >= 0 && column >= 0) {
        table_->setCurrentIndex(model_->index(row, column));
    }
}

void ResultsPage::refreshCounts() {
    const QLocale locale;
    const auto shown = model_->rowCount();
    const auto all = static_cast<int>(model_->table().rows.size());
    const QString documents = tr("%n document(s)", nullptr, static_cast<int>(runs_.size()));
    counts_->setText(shown == all
                         ? tr("%1 · %2 rows").arg(documents, locale.toString(all))
                         : tr("%1 · %2 of %3 rows")
                               .arg(documents, locale.toString(shown), locale.toString(all)));
    emit statusTextChanged();
}

void ResultsPage::openReview() {
    const QModelIndex index = table_->currentIndex();
    if (!index.isValid()) {
        return;
    }
    const ResultsRow& row = model_->row(index.row());
    ReviewTarget target;
    target.documentId = row.documentId;
    target.runId = row.runId;
    target.pointer = row.cells[static_cast<std::size_t>(index.column())].pointer;
    if (target.pointer.isEmpty()) {
        const auto value = std::find_if(row.cells.begin(), row.cells.end(), [](const auto& cell) {
            return !cell.pointer.isEmpty();
        });
        target.pointer = value != row.cells.end() ? value->pointer : QString();
    }
    std::set<std::int64_t> seen;
    for (const ResultsRow* each : model_->shownRows()) {
        if (seen.insert(each->documentId).second) {
            target.documents.push_back(each->documentId);
        }
    }
    app_.navigator.openReview(std::move(target));
}

void ResultsPage::correct(const ResultsRow& row, std::size_t column, const QString& text) {
    const std::string pointer = row.cells[column].pointer.toStdString();
    const auto run = std::find_if(runs_.begin(), runs_.end(), [&](const ResultsRun& each) {
        return each.run.id == row.runId;
    });
    if (run == runs_.end()) {
        return;
    }
    const auto value = std::find_if(run->values.begin(), run->values.end(), [&](const auto& each) {
        return each.pointer == pointer;
    });
    if (value != run->values.end()) {
        undo_.push(new CellEdit(app_,
                                this,
                                row.runId,
                                value->review,
                                correctionOf(*value, text.toStdString(), templateJson_)));
    }
}

void ResultsPage::copy(bool isWhole) {
    const QModelIndexList selected = table_->selectionModel()->selectedIndexes();
    if (isWhole || !selected.isEmpty()) {
        QApplication::clipboard()->setText(isWhole ? model_->asTsv() : model_->asTsv(selected));
        app_.navigator.showToast(
            {isWhole ? tr("Whole table copied") : tr("Selection copied"), {}, {}});
    }
}

void ResultsPage::exportShown() {
    ExportTarget target;
    target.templateId = templateId();
    for (const ResultsRow* row : model_->shownRows()) {
        target.runIds.insert(row->runId);
    }
    app_.navigator.openExport(std::move(target));
}

} // namespace attest::gui
