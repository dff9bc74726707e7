#include "gui/models/model_details.h"

#include "gui/app/settings.h"
#include "gui/models/model_import.h"
#include "gui/models/model_text.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "gui/widgets/pill.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace attest::gui {

namespace {

QLabel* label(const QString& text, const char* role) {
    auto* made = new QLabel(text);
    setRole(made, role);
    made->setWordWrap(true);
    return made;
}

void clear(QLayout* layout) {
    while (QLayoutItem* item = layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

} // namespace

ModelDetails::ModelDetails(AppContext& app, ModelImport& work, QWidget* parent)
    : QWidget(parent)
    , app_(app)
    , work_(work)
    , name_(label({}, "title"))
    , fit_(new Pill(app.theme))
    , column_(new QVBoxLayout(this))
    , facts_(new QGridLayout)
    , formatGrid_(new QGridLayout)
    , format_(new QComboBox)
    , formatText_(label({}, ""))
    , formatRow_(makeFormatRow())
    , hash_(label({}, "mono"))
    , hashProgress_(new QProgressBar)
    , speedText_(label({}, ""))
    , speedProgress_(new QProgressBar)
    , measure_(new QPushButton(tr("Measure here")))
    , cancel_(new QPushButton(tr("Cancel")))
    , defaultText_(label({}, ""))
    , default_(new QPushButton(tr("Use for all templates")))
    , uses_(new QVBoxLayout)
    , licence_(label({}, ""))
    , licenceText_(new QPlainTextEdit)
    , remove_(new QPushButton(tr("Remove from the list"))) {
    column_->setContentsMargins(
        2 * measure::kEdge, measure::kBetween, 2 * measure::kEdge, 2 * measure::kEdge);
    column_->setSpacing(measure::kInside);
    auto* head = new QHBoxLayout;
    head->addWidget(name_, 1);
    head->addWidget(fit_);
    column_->addLayout(head);

    QFrame* factsCard = addCard(tr("The file"));
    auto* factsColumn = qobject_cast<QVBoxLayout*>(factsCard->layout());
    facts_->setHorizontalSpacing(measure::kBetween);
    facts_->setVerticalSpacing(measure::kInside);
    facts_->setColumnStretch(1, 1);
    factsColumn->addLayout(facts_);
    factsColumn->addWidget(formatRow_);
    factsColumn->addWidget(label(tr("SHA-256"), "muted"));
    hash_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    hash_->setAccessibleName(tr("SHA-256 of the file"));
    factsColumn->addWidget(hash_);
    hashProgress_->setAccessibleName(tr("Computing SHA-256"));
    hashProgress_->setTextVisible(false);
    factsColumn->addWidget(hashProgress_);

    auto* speedColumn = qobject_cast<QVBoxLayout*>(addCard(tr("Speed on this machine"))->layout());
    auto* speedRow = new QHBoxLayout;
    speedRow->addWidget(speedText_, 1);
    speedRow->addWidget(measure_);
    speedRow->addWidget(cancel_);
    speedColumn->addLayout(speedRow);
    speedProgress_->setRange(0, 0);
    speedProgress_->setTextVisible(false);
    speedProgress_->setAccessibleName(tr("Measuring speed"));
    speedColumn->addWidget(speedProgress_);
    measure_->setToolTip(tr("Loads the model, reads 256 tokens and writes 32"));
    cancel_->setToolTip(tr("Stops measuring"));

    auto* usesColumn = qobject_cast<QVBoxLayout*>(addCard(tr("Used for"))->layout());
    auto* defaultRow = new QHBoxLayout;
    defaultRow->addWidget(defaultText_, 1);
    defaultRow->addWidget(default_);
    usesColumn->addLayout(defaultRow);
    usesColumn->addLayout(uses_);
    uses_->setSpacing(0);
    default_->setToolTip(tr("Documents that are extracted from now on use this model"));

    auto* licenceColumn = qobject_cast<QVBoxLayout*>(addCard(tr("Licence"))->layout());
    licenceColumn->addWidget(licence_);
    licenceText_->setReadOnly(true);
    licenceText_->setAccessibleName(tr("Licence text from the file"));
    licenceText_->setToolTip(tr("As it stands in the file"));
    licenceText_->setTabChangesFocus(true);
    licenceColumn->addWidget(licenceText_);

    setRole(remove_, "danger");
    remove_->setToolTip(tr("The file itself stays where it is (Delete)"));
    column_->addSpacing(measure::kInside);
    column_->addWidget(remove_, 0, Qt::AlignLeft);
    column_->addStretch(1);

    connect(measure_, &QPushButton::clicked, this, [this] {
        problem_.clear();
        work_.measure(path_, app_.settings.threads());
        showWork();
    });
    connect(cancel_, &QPushButton::clicked, this, [this] {
        work_.cancelMeasuring();
        cancel_->setEnabled(false);
    });
    connect(&work_, &ModelImport::measureEnded, this, [this](const QString&, const QString& text) {
        problem_ = text;
        showWork();
    });
    connect(&work_, &ModelImport::hashProgressed, this, [this](const QString& path, int percent) {
        if (path.toStdString() == path_) {
            hashProgress_->setValue(percent);
        }
    });
    connect(default_, &QPushButton::clicked, this, [this] {
        emit defaultChosen(QString::fromStdString(path_));
    });
    connect(remove_, &QPushButton::clicked, this, &ModelDetails::removeRequested);
}

QWidget* ModelDetails::makeFormatRow() {
    auto* row = new QWidget;
    formatGrid_->setContentsMargins(0, 0, 0, 0);
    formatGrid_->setHorizontalSpacing(measure::kBetween);
    formatGrid_->setVerticalSpacing(measure::kInside);
    formatGrid_->setColumnStretch(1, 1);
    auto* what = label(tr("Chat format"), "muted");
    what->setBuddy(format_);
    format_->setAccessibleName(tr("Chat format"));
    format_->setToolTip(tr("How the model is spoken to, as --chat-format of the command line"));
    format_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    format_->setMinimumContentsLength(24);
    format_->installEventFilter(this);
    formatGrid_->addWidget(what, 0, 0);
    formatGrid_->addWidget(format_, 0, 1, Qt::AlignLeft);
    formatGrid_->addWidget(formatText_, 1, 1);
    row->setLayout(formatGrid_);
    connect(format_, &QComboBox::activated, this, [this] {
        emit formatChosen(QString::fromStdString(path_), format_->currentData().toString());
    });
    return row;
}

// Scrolling over the page must not change how a model is spoken to.
bool ModelDetails::eventFilter(QObject* watched, QEvent* event) {
    if (watched == format_ && event->type() == QEvent::Wheel) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

QFrame* ModelDetails::addCard(const QString& heading) {
    column_->addSpacing(measure::kInside);
    column_->addWidget(label(heading, "heading"));
    auto* card = new QFrame;
    setRole(card, "card");
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(
        measure::kBetween, measure::kEdge, measure::kBetween, measure::kEdge);
    layout->setSpacing(measure::kInside);
    column_->addWidget(card);
    return card;
}

void ModelDetails::showModel(const ModelCatalog& catalog, const ModelEntry* entry) {
    setVisible(entry != nullptr);
    if (entry == nullptr) {
        path_.clear();
        return;
    }
    const bool isSame = path_ == entry->card.path.string();
    path_ = entry->card.path.string();
    if (!isSame) {
        problem_.clear();
    }
    name_->setText(QString::fromStdString(entry->card.name));
    const FitText fit = fitText(*entry);
    fit_->setState(fit.text, fit.tone);
    speed_ = speedText(entry->speed);
    showFacts(*entry);
    showFormat(*entry);
    showUses(catalog, *entry);
    hash_->setText(entry->sha256.empty() ? tr("being computed…")
                                         : QString::fromStdString(entry->sha256));
    hashProgress_->setVisible(entry->sha256.empty() && entry->isThere);
    const QString licence = QString::fromStdString(entry->card.licence);
    const QString text = QString::fromStdString(entry->card.licenceText);
    licence_->setText(licence.isEmpty() ? tr("The file does not name a licence. Ask where you got "
                                             "it from before you use its results.")
                                        : licence);
    licenceText_->setPlainText(text);
    licenceText_->setVisible(!text.isEmpty());
    licenceText_->setFixedHeight(app_.theme.px(160));
    remove_->setVisible(!entry->isBundled);
    showWork();
}

void ModelDetails::showFacts(const ModelEntry& entry) {
    clear(facts_);
    const extract::ModelCard& card = entry.card;
    const auto text = [](const std::string& value) {
        return QString::fromStdString(value);
    };
    const std::pair<QString, QString> rows[] = {
        {tr("Place"), entry.isBundled ? tr("came with Attest") : text(card.path.string())},
        {tr("Architecture"), text(card.architecture)},
        {tr("Size"),
         tr("%1 parameters, %2 on disk")
             .arg(parameterText(card.parameterCount), byteText(card.fileBytes))},
        {tr("Weights"), text(card.weightType)},
        {tr("Context"),
         tr("%1 tokens").arg(QLocale().toString(static_cast<qulonglong>(card.contextLength)))},
        {tr("Chat format"), entry.isBundled ? text(card.chatFormat) : QString()},
        {tr("Memory"),
         tr("needs %1; %2 are free now")
             .arg(byteText(card.memoryBytes), byteText(extract::availableMemoryBytes()))},
    };
    int row = 0;
    for (const auto& [what, value] : rows) {
        if (value.isEmpty()) {
            continue; // chosen in a row of its own
        }
        auto* name = label(what, "muted");
        name->setAlignment(Qt::AlignTop);
        facts_->addWidget(name, row, 0);
        facts_->addWidget(label(value, ""), row, 1);
        ++row;
    }
    facts_->setColumnMinimumWidth(0, app_.theme.px(110));
}

void ModelDetails::showFormat(const ModelEntry& entry) {
    formatGrid_->setColumnMinimumWidth(0, app_.theme.px(110));
    formatRow_->setVisible(!entry.isBundled);
    const extract::ModelCard& card = entry.card;
    format_->clear();
    format_->addItem(card.chatFormat.empty()
                         ? tr("Choose…")
                         : tr("%1, as the file says").arg(QString::fromStdString(card.chatFormat)),
                     QString());
    for (const extract::NamedChatFormat& format : extract::chatFormats()) {
        format_->addItem(formatText(format), QString::fromStdString(format.name));
    }
    const int chosen = format_->findData(QString::fromStdString(card.chosenFormat));
    format_->setCurrentIndex(std::max(chosen, 0));
    setRole(formatText_, entry.lacksFormat() ? "bad" : "secondary");
    formatText_->setVisible(!card.formatProblem.empty() || !card.chosenFormat.empty());
    formatText_->setText(
        entry.lacksFormat()
            ? QStringLiteral("! ") + QString::fromStdString(card.formatProblem) + QLatin1Char(' ') +
                  tr("Choose the format that the model was trained with; its publisher says which "
                     "it is. Until then it is not used.")
            : tr("Chosen here. With a format that the model was not trained with it reads worse: "
                 "measure it under Evaluation."));
}

void ModelDetails::showUses(const ModelCatalog& catalog, const ModelEntry& entry) {
    const bool isDefault = catalog.defaultPath == path_;
    const bool isUsable = entry.isThere && !entry.lacksFormat();
    defaultText_->setText(
        isDefault ? tr("All templates that have no model of their own.")
                  : tr("The templates marked here; the others use %1.")
                        .arg(QString::fromStdString(catalog.find(catalog.defaultPath)->card.name)));
    default_->setVisible(!isDefault);
    default_->setEnabled(isUsable);
    clear(uses_);
    if (catalog.models.size() == 1) {
        return; // nothing to choose
    }
    for (const auto& [id, title] : catalog.templates) {
        const auto chosen = catalog.pathByTemplate.find(id.toStdString());
        const bool isOwn = chosen != catalog.pathByTemplate.end();
        const bool isUsed = isOwn ? chosen->second == path_ : isDefault;
        auto* box = new QCheckBox(title);
        box->setChecked(isUsed);
        box->setAccessibleName(tr("Use for %1").arg(title));
        box->setToolTip(isOwn && !isUsed ? tr("Now uses %1")
                                               .arg(QString::fromStdString(
                                                   catalog.find(chosen->second)->card.name))
                                         : tr("Use this model for %1").arg(title));
        // What all use cannot be unused here: another model is marked for it there.
        box->setEnabled((isUsable || isUsed) && entry.isThere && !(isDefault && !isOwn));
        connect(box, &QCheckBox::toggled, this, [this, id = id, isDefault](bool isOn) {
            emit templateChosen(id, isOn && !isDefault ? QString::fromStdString(path_) : QString());
        });
        uses_->addWidget(box);
    }
}

void ModelDetails::showWork() {
    const bool isHere = work_.isMeasuring() && work_.measuredPath() == path_;
    measure_->setVisible(!isHere);
    measure_->setEnabled(!work_.isMeasuring());
    cancel_->setVisible(isHere);
    cancel_->setEnabled(true);
    speedProgress_->setVisible(isHere);
    setRole(speedText_, problem_.isEmpty() ? "" : "bad");
    speedText_->setText(isHere               ? tr("Measuring… this takes about ten seconds.")
                        : problem_.isEmpty() ? speed_
                                             : problem_);
}

} // namespace attest::gui
