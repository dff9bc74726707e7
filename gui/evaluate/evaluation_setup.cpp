#include "gui/evaluate/evaluation_setup.h"

#include "extract/resources.h"
#include "gui/app/error_text.h"
#include "gui/app/settings.h"
#include "gui/app/store.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "gui/widgets/key_button.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace attest::gui {

namespace {

const QString kGold = QStringLiteral("evaluation/gold");
const QString kTemplate = QStringLiteral("evaluation/template");
constexpr int kFormatRole = Qt::UserRole + 1; // beside the path

// The samples have a gold, so that the page shows what it is for at once.
QString sampleGold() {
    const auto folder = extract::resourceFolder();
    return folder.ok() ? QString::fromStdString((folder.value() / "samples").string()) : QString();
}

void choose(QComboBox& box, const QString& wanted) {
    const int index = box.findData(wanted);
    if (index >= 0) {
        box.setCurrentIndex(index);
    }
}

} // namespace

EvaluationSetup::EvaluationSetup(AppContext& app, QWidget* parent)
    : QWidget(parent)
    , app_(app)
    , wantedTemplate_(app.settings.value(kTemplate, QStringLiteral("medications")).toString())
    , model_(new QComboBox)
    , template_(new QComboBox)
    , gold_(new QLineEdit)
    , browse_(new QPushButton(tr("Choose…")))
    , other_(new QComboBox)
    , start_(
          new KeyButton(tr("Evaluate"), QKeySequence(Qt::CTRL | Qt::Key_Return), app.theme, this))
    , cancel_(new QPushButton(tr("Cancel")))
    , progress_(new QProgressBar)
    , progressText_(new QLabel) {
    setRole(this, "surface");
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(measure::kEdge, measure::kEdge, measure::kEdge, measure::kEdge);
    column->setSpacing(measure::kUnit);
    auto* heading = new QLabel(tr("Evaluation"));
    setRole(heading, "heading");
    column->addWidget(heading);
    auto* note = new QLabel(tr("Compares what a model reads with right answers that people wrote "
                               "down. Nothing is stored."));
    setRole(note, "secondary");
    note->setWordWrap(true);
    column->addWidget(note);
    addRow(tr("Model"), model_, tr("The model that is measured"));
    addRow(tr("Template"), template_, tr("What is asked"));

    auto* goldRow = new QWidget;
    auto* goldLayout = new QHBoxLayout(goldRow);
    goldLayout->setContentsMargins(0, 0, 0, 0);
    goldLayout->setSpacing(measure::kInside);
    goldLayout->addWidget(gold_, 1);
    goldLayout->addWidget(browse_);
    gold_->setAccessibleName(tr("Gold folder"));
    browse_->setAccessibleName(tr("Choose the gold folder"));
    addRow(tr("Gold folder"),
           goldRow,
           tr("Documents with a file of right answers for the template: gold/medications.jsonl"));
    gold_->setToolTip(goldRow->toolTip());
    browse_->setToolTip(goldRow->toolTip());
    gold_->setText(app.settings.value(kGold, sampleGold()).toString());
    addRow(tr("Compare with"), other_, tr("A second model, on the same documents"));

    column->addSpacing(measure::kInside);
    setRole(start_, "primary");
    start_->setToolTip(tr("Asks the model about every document of the gold"));
    cancel_->setToolTip(tr("Stops without figures"));
    column->addWidget(start_);
    column->addWidget(cancel_);
    progress_->setTextVisible(false);
    progress_->setAccessibleName(tr("Progress of the evaluation"));
    progressText_->setWordWrap(true);
    setRole(progressText_, "secondary");
    column->addWidget(progress_);
    column->addWidget(progressText_);
    column->addStretch(1);
    for (QComboBox* box : {model_, template_, other_}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(12);
    }

    setFocusProxy(model_);
    connect(start_, &QPushButton::clicked, this, &EvaluationSetup::startRequested);
    connect(cancel_, &QPushButton::clicked, this, &EvaluationSetup::cancelRequested);
    connect(browse_, &QPushButton::clicked, this, &EvaluationSetup::chooseFolder);
    connect(gold_, &QLineEdit::textChanged, this, &EvaluationSetup::refresh);
    connect(&app_.store, &Store::modelsChanged, this, &EvaluationSetup::reload);
    connect(&app_.store, &Store::templatesChanged, this, &EvaluationSetup::reload);
    refresh();
    reload();
}

void EvaluationSetup::addRow(const QString& title, QWidget* control, const QString& tip) {
    auto* label = new QLabel(title);
    setRole(label, "muted");
    label->setContentsMargins(0, measure::kInside, 0, 0);
    label->setBuddy(control);
    if (control->accessibleName().isEmpty()) {
        control->setAccessibleName(title);
    }
    control->setToolTip(tip);
    layout()->addWidget(label);
    layout()->addWidget(control);
}

void EvaluationSetup::reload() {
    app_.store.read(this, loadModelCatalog, [this](const Result<ModelCatalog>& loaded) {
        if (!loaded.ok()) {
            emit failed(errorText(loaded.error()));
            return;
        }
        showModels(loaded.value());
    });
    listTemplates(app_.store, this, [this](const Result<std::vector<CatalogEntry>>& listed) {
        if (!listed.ok()) {
            emit failed(errorText(listed.error()));
            return;
        }
        showTemplates(listed.value());
    });
}

void EvaluationSetup::showModels(const ModelCatalog& catalog) {
    const QString model = wantedModel_.isEmpty() ? model_->currentData().toString() : wantedModel_;
    const QString other = wantedOther_.isEmpty() ? other_->currentData().toString() : wantedOther_;
    model_->clear();
    other_->clear();
    other_->addItem(tr("Nothing"), QString());
    for (const ModelEntry& entry : catalog.models) {
        if (!entry.isThere || entry.lacksFormat()) {
            continue;
        }
        const QString name = QString::fromStdString(entry.card.name);
        const QString path = QString::fromStdString(entry.card.path.string());
        const QString format = QString::fromStdString(entry.card.chosenFormat);
        for (QComboBox* box : {model_, other_}) {
            box->addItem(name, path);
            box->setItemData(box->count() - 1, path, Qt::ToolTipRole);
            box->setItemData(box->count() - 1, format, kFormatRole);
        }
    }
    default_ = QString::fromStdString(catalog.defaultPath);
    choose(*model_, default_);
    choose(*model_, model);
    choose(*other_, other);
    wantedModel_.clear();
    wantedOther_.clear();
    refresh();
    emit modelsShown();
}

void EvaluationSetup::showTemplates(const std::vector<CatalogEntry>& entries) {
    const QString chosen =
        wantedTemplate_.isEmpty() ? template_->currentData().toString() : wantedTemplate_;
    templates_.clear();
    template_->clear();
    for (const CatalogEntry& entry : entries) {
        if (entry.layout != QStringLiteral("summary")) {
            templates_.push_back(entry);
            template_->addItem(QString::fromStdString(entry.record.title),
                               QString::fromStdString(entry.record.id));
        }
    }
    choose(*template_, chosen);
    wantedTemplate_.clear();
    refresh();
}

void EvaluationSetup::setGold(const QString& place) {
    gold_->setText(place);
}

void EvaluationSetup::setTemplate(const QString& id) {
    wantedTemplate_ = template_->count() == 0 ? id : QString();
    choose(*template_, id);
}

void EvaluationSetup::setModel(const QString& path) {
    wantedModel_ = model_->findData(path) < 0 ? path : QString();
    choose(*model_, path);
}

void EvaluationSetup::setOther(const QString& path) {
    wantedOther_ = other_->findData(path) < 0 ? path : QString();
    choose(*other_, path);
}

QString EvaluationSetup::nameOf(const QString& path) const {
    return model_->itemText(model_->findData(path));
}

QString EvaluationSetup::formatOf(const QString& path) const {
    return model_->itemData(model_->findData(path), kFormatRole).toString();
}

std::optional<EvaluationInput> EvaluationSetup::input() {
    const int index = template_->currentIndex();
    if (index < 0 || model_->currentIndex() < 0 || gold_->text().trimmed().isEmpty()) {
        return std::nullopt;
    }
    EvaluationInput input;
    input.templateJson = templates_[static_cast<std::size_t>(index)].record.json;
    input.model = model_->currentData().toString().toStdString();
    input.chatFormat = formatOf(model_->currentData().toString()).toStdString();
    input.gold = gold_->text().trimmed().toStdString();
    input.threads = app_.settings.threads();
    if (const QString other = other_->currentData().toString(); !other.isEmpty()) {
        input.other = other.toStdString();
        input.otherFormat = formatOf(other).toStdString();
    }
    app_.settings.setValue(kGold, gold_->text().trimmed());
    app_.settings.setValue(kTemplate, template_->currentData());
    return input;
}

void EvaluationSetup::setRunning(bool isRunning) {
    isRunning_ = isRunning;
    progress_->setValue(0);
    progressText_->setText(isRunning ? tr("Loading the model…") : QString());
    refresh();
}

void EvaluationSetup::showProgress(const QString& what, int percent) {
    progress_->setValue(percent);
    progressText_->setText(what);
}

void EvaluationSetup::refresh() {
    const bool isComplete = template_->currentIndex() >= 0 && model_->currentIndex() >= 0 &&
                            !gold_->text().trimmed().isEmpty();
    start_->setVisible(!isRunning_);
    start_->setEnabled(isComplete);
    cancel_->setVisible(isRunning_);
    progress_->setVisible(isRunning_);
    progressText_->setVisible(isRunning_);
    for (QWidget* each :
         std::initializer_list<QWidget*>{model_, template_, gold_, browse_, other_}) {
        each->setEnabled(!isRunning_);
    }
}

void EvaluationSetup::chooseFolder() {
    auto* dialog = new QFileDialog(this, tr("Gold folder"), gold_->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, &EvaluationSetup::setGold);
    dialog->open();
}

} // namespace attest::gui
