#include "gui/review/field_pane.h"

#include "gui/app/context.h"
#include "gui/app/settings.h"
#include "gui/review/field_list.h"
#include "gui/review/flow_layout.h"
#include "gui/review/history_panel.h"
#include "gui/review/review_actions.h"
#include "gui/review/review_session.h"
#include "gui/review/review_words.h"
#include "gui/review/summary_panel.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "gui/widgets/empty_state.h"
#include "gui/widgets/key_button.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace attest::gui {

namespace {

const QString kOrder = QStringLiteral("review/order");
const QString kAcceptAbove = QStringLiteral("review/acceptAbove");
constexpr double kThresholds[] = {0.99, 0.95, 0.90, 0.80, 0.50};
constexpr std::size_t kMostBlockers = 4;

} // namespace

FieldPane::FieldPane(AppContext& app,
                     ReviewSession& session,
                     const ReviewActions& actions,
                     QWidget* parent)
    : QWidget(parent)
    , app_(app)
    , session_(session)
    , tabs_(new QTabBar(this))
    , whole_(new QStackedWidget(this))
    , panels_(new QStackedWidget(this))
    , empty_(new EmptyState(app.theme, this))
    , listOrNone_(new QStackedWidget(this))
    , none_(new EmptyState(app.theme, this))
    , title_(new QLabel(this))
    , runs_(new QComboBox(this))
    , order_(new QComboBox(this))
    , list_(new FieldList(actions, app.theme, this))
    , blockers_(new QFrame(this))
    , blockerLayout_(new QVBoxLayout(blockers_))
    , summary_(new SummaryPanel(app, session, this))
    , history_(new HistoryPanel(app, session, this)) {
    setRole(this, "surface");
    auto* fields = new QWidget(this);
    auto* column = new QVBoxLayout(fields);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(blockers_);
    listOrNone_->addWidget(list_);
    listOrNone_->addWidget(none_);
    column->addWidget(listOrNone_, 1);
    column->addWidget(makeFooter(actions));
    setRole(blockers_, "banner-warn");
    blockers_->hide();

    panels_->addWidget(fields);
    panels_->addWidget(summary_);
    panels_->addWidget(history_);
    whole_->addWidget(panels_);
    whole_->addWidget(empty_);

    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(makeHeader());
    rows->addWidget(whole_, 1);
    connect(tabs_, &QTabBar::currentChanged, this, &FieldPane::showTab);
    connect(list_, &FieldList::currentMoved, this, &FieldPane::refresh);
}

QWidget* FieldPane::makeHeader() {
    auto* header = new QWidget(this);
    setRole(header, "bar");
    tabs_->addTab(tr("Fields"));
    tabs_->addTab(tr("Summary"));
    tabs_->addTab(tr("History"));
    tabs_->setAccessibleName(tr("What is beside the page"));
    tabs_->setDrawBase(false);
    tabs_->setExpanding(false);
    tabs_->setUsesScrollButtons(false);

    setRole(title_, "secondary");
    title_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    title_->installEventFilter(this);
    title_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    runs_->setAccessibleName(tr("Template"));
    runs_->setToolTip(tr("The templates this document was extracted with"));
    runs_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    runs_->setMinimumContentsLength(10);
    connect(runs_, &QComboBox::activated, this, [this](int index) {
        emit runChosen(runs_->itemData(index).toLongLong());
    });

    order_->setMinimumWidth(app_.theme.px(72)); // gives way before the tabs do
    order_->addItem(tr("To review first"));
    order_->addItem(tr("Template order"));
    order_->addItem(tr("Only to review"));
    order_->setAccessibleName(tr("Order of the fields"));
    order_->setToolTip(tr("Which fields are shown, and in which order"));
    order_->setCurrentIndex(std::clamp(app_.settings.value(kOrder, 0).toInt(), 0, 2));
    list_->setOrder(static_cast<FieldOrder>(order_->currentIndex()));
    connect(order_, &QComboBox::activated, this, [this](int index) {
        app_.settings.setValue(kOrder, index);
        list_->setOrder(static_cast<FieldOrder>(index));
        refresh();
        list_->setFocus();
    });

    auto* layout = new QHBoxLayout(header);
    layout->setContentsMargins(measure::kInside, 0, measure::kEdge, 0);
    layout->setSpacing(measure::kInside);
    layout->addWidget(tabs_, 0, Qt::AlignBottom);
    layout->addWidget(title_, 1);
    layout->addWidget(runs_);
    layout->addWidget(order_);
    header->setMinimumHeight(app_.theme.px(measure::kBar));
    connect(&app_.theme, &Theme::changed, header, [this, header] {
        header->setMinimumHeight(app_.theme.px(measure::kBar));
    });
    return header;
}

QWidget* FieldPane::makeFooter(const ReviewActions& actions) {
    auto* footer = new QWidget(this);
    setRole(footer, "footer");
    addRow_ = new KeyButton(actions.addRow, app_.theme, footer);
    acceptShown_ = new KeyButton(actions.acceptShown, app_.theme, footer);
    threshold_ = new QToolButton(footer);
    setRole(threshold_, "drop");
    const auto refreshIcon = [this] {
        threshold_->setIcon(app_.theme.icon(QStringLiteral("chevron-down")));
    };
    refreshIcon();
    connect(&app_.theme, &Theme::changed, threshold_, refreshIcon);
    threshold_->setAccessibleName(tr("Threshold for accepting"));
    threshold_->setToolTip(tr("From which confidence on values are accepted together"));
    threshold_->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(threshold_);
    for (const double value : kThresholds) {
        menu->addAction(tr("Above %1").arg(confidenceText(value)), this, [this, value] {
            app_.settings.setValue(kAcceptAbove, value);
            refresh();
        });
    }
    threshold_->setMenu(menu);
    meaning_ = new QLabel(footer);
    setRole(meaning_, "secondary");

    auto* accepting = new QWidget(footer);
    auto* pair = new QHBoxLayout(accepting);
    pair->setContentsMargins(0, 0, 0, 0);
    pair->setSpacing(measure::kUnit);
    pair->addWidget(acceptShown_);
    pair->addWidget(threshold_);
    auto* buttons = new FlowLayout(nullptr);
    buttons->setSpread(true);
    buttons->setSpacing(measure::kInside);
    buttons->addWidget(addRow_);
    buttons->addWidget(accepting);
    auto* layout = new QVBoxLayout(footer);
    layout->setContentsMargins(measure::kEdge, measure::kInside, measure::kEdge, measure::kInside);
    layout->setSpacing(measure::kUnit);
    layout->addLayout(buttons);
    layout->addWidget(meaning_, 0, Qt::AlignRight);
    return footer;
}

void FieldPane::showTab(int tab) {
    panels_->setCurrentIndex(tab);
    order_->setVisible(tab == 0 && session_.model() != nullptr);
    if (tab == 1) {
        summary_->refresh();
    } else if (tab == 2) {
        history_->refresh();
    }
}

void FieldPane::showFields() {
    tabs_->setCurrentIndex(0);
}

void FieldPane::showDocument() {
    whole_->setCurrentWidget(panels_);
    setBlockers({});
    fillRuns();
    list_->setReview(session_.model(), &session_.data()->pages);
    summary_->showDocument();
    showTab(tabs_->currentIndex());
    refresh();
}

void FieldPane::showBusy() {
    list_->setReview(nullptr, nullptr);
    setBlockers({});
    titleText_.clear();
    refreshTitle();
    runs_->hide();
    order_->hide();
    empty_->setContent(QStringLiteral("review"), tr("Opening…"), {});
    whole_->setCurrentWidget(empty_);
}

EmptyState& FieldPane::showEmpty() {
    list_->setReview(nullptr, nullptr);
    setBlockers({});
    order_->hide();
    whole_->setCurrentWidget(empty_);
    return *empty_;
}

void FieldPane::fillRuns() {
    const ReviewData* shown = session_.data();
    runs_->clear();
    for (const storage::StoredRun& run : shown->runs) {
        runs_->addItem(tr("%1 v%2").arg(fieldTitle(run.templateId)).arg(run.templateVersion),
                       static_cast<qlonglong>(run.id));
        if (run.id == session_.runId()) {
            runs_->setCurrentIndex(runs_->count() - 1);
        }
    }
    runs_->setVisible(runs_->count() > 1);
    titleText_.clear();
    if (shown->run && runs_->count() == 1) {
        titleText_ = tr("%1 · template v%2")
                         .arg(fromUtf8(shown->templateRecord.title))
                         .arg(shown->run->templateVersion);
        title_->setToolTip(
            tr("Extracted %1 with %2")
                .arg(timeText(shown->run->run.finishedAt), fromUtf8(shown->run->modelName)));
    }
    order_->setVisible(shown->run.has_value());
    refreshTitle();
}

void FieldPane::refreshTitle() {
    title_->setText(title_->fontMetrics().elidedText(titleText_, Qt::ElideRight, title_->width()));
}

bool FieldPane::eventFilter(QObject* watched, QEvent* event) {
    if (watched == title_ && event->type() == QEvent::Resize) {
        refreshTitle();
    }
    return QWidget::eventFilter(watched, event);
}

void FieldPane::refreshNone() {
    const ReviewModel* model = session_.model();
    const bool hasRows = list_->rows().rowCount() > 0;
    if (hasRows || model == nullptr) {
        listOrNone_->setCurrentWidget(list_);
        return;
    }
    if (listOrNone_->currentWidget() == none_) {
        return;
    }
    if (model->fields().empty()) {
        none_->setContent(
            QStringLiteral("check"),
            tr("Nothing was found"),
            tr("The document was read, and none of what the template asks for is in it."));
    } else {
        none_->setContent(QStringLiteral("reviewed"),
                          tr("Nothing left to review here"),
                          tr("The other fields are hidden by the filter."));
        connect(none_->addButton(tr("Show all fields")), &QPushButton::clicked, this, [this] {
            order_->setCurrentIndex(0);
            emit order_->activated(0);
        });
    }
    listOrNone_->setCurrentWidget(none_);
}

// What the numbers of this document say.
void FieldPane::refreshMeaning() {
    const ReviewModel* model = session_.model();
    const bool isCalibrated =
        model != nullptr &&
        std::all_of(model->fields().begin(), model->fields().end(), [](const ReviewField& field) {
            return !field.machine || field.machine->confidence;
        });
    meaning_->setText(isCalibrated ? tr("Confidence is calibrated")
                                   : tr("Confidence is raw, not calibrated"));
    meaning_->setToolTip(
        isCalibrated ? tr("How often such values were right in documents that the model did not "
                          "know: of values with 0.90, nine in ten.")
                     : tr("The probability the model itself gave. It says which values to look at "
                          "first, not how often they are wrong."));
}

void FieldPane::refresh() {
    refreshNone();
    refreshMeaning();
    const ReviewModel* model = session_.model();
    const double threshold = acceptThreshold();
    const std::string group = addGroup();
    addRow_->setVisible(!group.empty());
    addRow_->setText(tr("+ Add %1").arg(itemTitle(group)));
    addRow_->setAccessibleName(tr("Add %1").arg(itemTitle(group)));
    const int count =
        model == nullptr
            ? 0
            : static_cast<int>(acceptable(*model, list_->rows().shownFields(), threshold).size());
    acceptShown_->setText(
        tr("Accept %n shown above %1", nullptr, count).arg(confidenceText(threshold)));
    acceptShown_->setEnabled(count > 0);
    if (panels_->currentIndex() == 2) {
        history_->refresh();
    }
}

void FieldPane::setBlockers(const std::vector<std::size_t>& fields) {
    while (QLayoutItem* item = blockerLayout_->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->deleteLater();
        }
        delete item;
    }
    blockers_->setVisible(!fields.empty());
    if (fields.empty() || session_.model() == nullptr) {
        return;
    }
    blockerLayout_->setContentsMargins(
        measure::kEdge, measure::kInside, measure::kEdge, measure::kInside);
    blockerLayout_->setSpacing(measure::kUnit);
    auto* text =
        new QLabel(tr("%n required fields need a decision before the document is finished:",
                      nullptr,
                      static_cast<int>(fields.size())),
                   blockers_);
    setRole(text, "heading");
    text->setWordWrap(true);
    blockerLayout_->addWidget(text);
    const ReviewModel& model = *session_.model();
    for (std::size_t i = 0; i < std::min(fields.size(), kMostBlockers); ++i) {
        const ReviewField& field = model.fields()[fields[i]];
        const ReviewRecord& record = model.records()[field.record];
        QString name = fieldTitle(model.askedOf(field).name);
        if (!record.group.empty()) {
            name += QStringLiteral(" · ") + recordWords(model, field.record).title;
        }
        auto* button = new QPushButton(name, blockers_);
        setRole(button, "quiet");
        button->setToolTip(tr("Go to this field"));
        connect(button, &QPushButton::clicked, this, [this, at = fromUtf8(field.pointer)] {
            emit fieldRequested(at);
        });
        blockerLayout_->addWidget(button, 0, Qt::AlignLeft);
    }
    if (fields.size() > kMostBlockers) {
        auto* more = new QLabel(
            tr("and %n more", nullptr, static_cast<int>(fields.size() - kMostBlockers)), blockers_);
        setRole(more, "secondary");
        blockerLayout_->addWidget(more);
    }
}

double FieldPane::acceptThreshold() const {
    return std::clamp(app_.settings.value(kAcceptAbove, 0.90).toDouble(), 0.0, 1.0);
}

std::string FieldPane::addGroup() const {
    const ReviewModel* model = session_.model();
    if (model == nullptr || model->groups().empty()) {
        return {};
    }
    std::optional<std::size_t> record = list_->currentRecord();
    if (const auto field = list_->currentField()) {
        record = model->fields()[*field].record;
    }
    if (record && !model->records()[*record].group.empty()) {
        return model->records()[*record].group;
    }
    return model->groups().front();
}

} // namespace attest::gui
