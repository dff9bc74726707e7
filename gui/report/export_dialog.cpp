#include "gui/report/export_dialog.h"

#include "gui/app/error_text.h"
#include "gui/app/settings.h"
#include "gui/app/store.h"
#include "gui/app/template_catalog.h"
#include "gui/report/document_report.h"
#include "gui/report/export_options.h"
#include "gui/report/preview_table.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "storage/library.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QTabWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace attest::gui {

namespace {

constexpr std::size_t kPreviewLines = 10;
constexpr int kPreviewDelayMs = 150;
constexpr int kSteps = 1000;

} // namespace

ExportDialog::ExportDialog(AppContext& app, const ExportTarget& target, QWidget* parent)
    : QDialog(parent)
    , app_(app)
    , runIds_(target.runIds)
    , profiles_(new QListWidget)
    , template_(new QComboBox)
    , profileText_(new QLabel)
    , separator_(new QComboBox)
    , decimalComma_(new QCheckBox(tr("Decimal comma")))
    , provenance_(new QCheckBox(tr("Columns for source, page, confidence and reviewer")))
    , reviewedOnly_(new QCheckBox(tr("Only documents that a person has finished")))
    , identifierBox_(new QWidget)
    , identifiers_(new QVBoxLayout)
    , counts_(new QLabel)
    , trouble_(new QLabel)
    , tables_(new QTabWidget)
    , target_(new QLineEdit)
    , choose_(new QPushButton(tr("Choose…")))
    , cancel_(new QPushButton(tr("Cancel")))
    , write_(new QPushButton(tr("Export")))
    , progress_(new QProgressBar) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Export"));
    resize(app.theme.px(1040), app.theme.px(680));
    auto* right = new QVBoxLayout;
    right->setContentsMargins(
        measure::kBetween, measure::kBetween, measure::kBetween, measure::kInside);
    right->setSpacing(measure::kEdge);
    right->addWidget(makeOptions());
    right->addWidget(counts_);
    right->addWidget(trouble_);
    right->addWidget(tables_, 1);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(0);
    columns->addWidget(makeProfiles());
    columns->addLayout(right, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(columns, 1);
    layout->addWidget(makeFooter());

    setRole(counts_, "heading");
    setRole(trouble_, "bad");
    counts_->setWordWrap(true);
    trouble_->setWordWrap(true);
    trouble_->hide();
    tables_->setAccessibleName(tr("Preview of the tables"));
    tables_->setDocumentMode(true);

    const extract::ExportRequest remembered = rememberedRequest(app.settings);
    profiles_->setCurrentRow(rememberedProfile(app.settings));
    separator_->setCurrentIndex(separator_->findData(QString(QLatin1Char(remembered.separator))));
    decimalComma_->setChecked(remembered.hasDecimalComma);
    provenance_->setChecked(remembered.hasProvenance);
    reviewedOnly_->setChecked(remembered.unreviewed == extract::Unreviewed::LeaveOut);

    soon_.setSingleShot(true);
    soon_.setInterval(kPreviewDelayMs);
    connect(&soon_, &QTimer::timeout, this, &ExportDialog::preview);
    connect(profiles_, &QListWidget::currentRowChanged, this, &ExportDialog::changed);
    connect(template_, &QComboBox::currentIndexChanged, this, [this] {
        leftOut_.clear();
        changed();
    });
    connect(separator_, &QComboBox::currentIndexChanged, this, &ExportDialog::changed);
    for (QCheckBox* box : {decimalComma_, provenance_, reviewedOnly_}) {
        connect(box, &QCheckBox::toggled, this, &ExportDialog::changed);
    }
    fillTemplates(target.templateId.isEmpty() ? app.settings.lastTemplate() : target.templateId);
    changed();
}

ExportDialog::~ExportDialog() {
    stop_.request_stop();
}

QWidget* ExportDialog::makeProfiles() {
    auto* side = new QWidget;
    setRole(side, "sidebar");
    auto* title = new QLabel(tr("Write as"));
    setRole(title, "heading");
    title->setBuddy(profiles_);
    profiles_->setAccessibleName(tr("Profile"));
    profiles_->setMinimumWidth(app_.theme.px(190));
    for (const ProfileWords& words : profileWords()) {
        auto* item = new QListWidgetItem(words.title, profiles_);
        item->setToolTip(words.text);
        item->setSizeHint(QSize(0, app_.theme.px(measure::kControl)));
    }
    setRole(profiles_, "plain");
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(
        measure::kEdge, measure::kBetween, measure::kEdge, measure::kBetween);
    layout->setSpacing(measure::kInside);
    layout->addWidget(title);
    layout->addWidget(profiles_, 1);
    side->setFixedWidth(app_.theme.px(measure::kSideBar));
    return side;
}

QWidget* ExportDialog::makeOptions() {
    auto* box = new QWidget;
    separator_->addItem(tr("Comma ,"), QStringLiteral(","));
    separator_->addItem(tr("Semicolon ;"), QStringLiteral(";"));
    separator_->addItem(tr("Tab"), QStringLiteral("\t"));
    separator_->setAccessibleName(tr("Separator"));
    template_->setAccessibleName(tr("Template"));
    template_->setMinimumContentsLength(20);
    setRole(profileText_, "muted");
    profileText_->setWordWrap(true);
    auto* identifierTitle = new QLabel(tr("These columns identify people. Write:"));
    setRole(identifierTitle, "warn");
    auto* identifierLayout = new QVBoxLayout(identifierBox_);
    identifierLayout->setContentsMargins(0, 0, 0, 0);
    identifierLayout->setSpacing(0);
    identifierLayout->addWidget(identifierTitle);
    identifierLayout->addLayout(identifiers_);
    identifiers_->setSpacing(0);
    identifierBox_->hide();

    auto* format = new QHBoxLayout;
    format->setSpacing(measure::kInside);
    format->addWidget(separator_);
    format->addWidget(decimalComma_);
    format->addStretch();
    auto* form = new QFormLayout(box);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(measure::kUnit);
    form->setHorizontalSpacing(measure::kEdge);
    form->addRow(profileText_);
    form->addRow(tr("&Template"), template_);
    form->addRow(tr("Format"), format);
    form->addRow(QString(), provenance_);
    form->addRow(QString(), reviewedOnly_);
    form->addRow(identifierBox_);
    return box;
}

QWidget* ExportDialog::makeFooter() {
    auto* footer = new QWidget;
    setRole(footer, "footer");
    setRole(write_, "primary");
    write_->setDefault(true);
    target_->setAccessibleName(tr("Where to write"));
    target_->setPlaceholderText(tr("Where to write"));
    progress_->setRange(0, kSteps);
    progress_->setAccessibleName(tr("Progress of the export"));
    progress_->hide();
    auto* label = new QLabel(tr("&Save to"));
    label->setBuddy(target_);
    auto* row = new QHBoxLayout;
    row->setSpacing(measure::kInside);
    row->addWidget(label);
    row->addWidget(target_, 1);
    row->addWidget(choose_);
    row->addSpacing(measure::kBetween);
    row->addWidget(cancel_);
    row->addWidget(write_);
    auto* layout = new QVBoxLayout(footer);
    layout->setContentsMargins(
        measure::kBetween, measure::kEdge, measure::kBetween, measure::kEdge);
    layout->addLayout(row);
    layout->addWidget(progress_);
    connect(choose_, &QPushButton::clicked, this, &ExportDialog::chooseTarget);
    connect(cancel_, &QPushButton::clicked, this, &ExportDialog::reject);
    connect(write_, &QPushButton::clicked, this, &ExportDialog::write);
    connect(target_, &QLineEdit::textEdited, this, [this] {
        write_->setText(tr("Export"));
        askedTarget_.clear();
    });
    return footer;
}

void ExportDialog::fillTemplates(const QString& chosen) {
    listTemplates(
        app_.store, this, [this, chosen](const Result<std::vector<CatalogEntry>>& entries) {
            if (!entries.ok()) {
                showTrouble(errorText(entries.error()));
                return;
            }
            const QSignalBlocker quiet(template_);
            for (const CatalogEntry& entry : entries.value()) {
                if (entry.layout != QLatin1String("summary")) {
                    template_->addItem(QString::fromStdString(entry.record.title),
                                       QString::fromStdString(entry.record.id));
                }
            }
            template_->setCurrentIndex(std::max(template_->findData(chosen), 0));
            changed();
        });
}

ProfileWords ExportDialog::profile() const {
    const auto words = profileWords();
    const auto row = static_cast<std::size_t>(std::max(profiles_->currentRow(), 0));
    return words[std::min(row, words.size() - 1)];
}

extract::ExportRequest ExportDialog::request() const {
    extract::ExportRequest request;
    // The PDF report has no tables of its own: the preview shows the values that will be in it.
    request.profile = profile().profile.value_or(extract::ExportProfile::Analysis);
    request.templateId = template_->currentData().toString().toStdString();
    request.runIds = runIds_;
    request.leftOutFields = leftOut_;
    request.unreviewed =
        reviewedOnly_->isChecked() ? extract::Unreviewed::LeaveOut : extract::Unreviewed::Include;
    const QString separator = separator_->currentData().toString();
    request.separator = separator.isEmpty() ? ',' : separator.at(0).toLatin1();
    request.hasDecimalComma = decimalComma_->isChecked();
    request.hasProvenance = provenance_->isChecked();
    request.reviewThreshold = app_.settings.reviewThreshold();
    return request;
}

void ExportDialog::changed() {
    const extract::ExportRequest now = request();
    const auto words = profileWords();
    const ProfileWords chosen = profile();
    profileText_->setText(chosen.text);
    const QFileInfo old(target_->text());
    const QString folder =
        target_->text().isEmpty() ? rememberedFolder(app_.settings) : old.absolutePath();
    // A name of the user's own stays; one of ours follows the profile.
    const bool isOurs = target_->text().isEmpty() ||
                        std::any_of(words.begin(), words.end(), [&](const auto& other) {
                            return other.defaultName == old.fileName();
                        });
    if (isOurs) {
        target_->setText(QDir(folder).filePath(chosen.defaultName));
    }
    const bool isCsv = chosen.profile == extract::ExportProfile::ExcelCsv;
    provenance_->setEnabled(chosen.profile.has_value());
    separator_->setEnabled(isCsv);
    decimalComma_->setEnabled(isCsv);
    write_->setText(tr("Export"));
    askedTarget_.clear();
    if (!now.templateId.empty()) {
        soon_.start();
    }
}

void ExportDialog::preview() {
    const int number = ++previewNumber_;
    app_.store.read(
        this,
        [request = request()](storage::Database& db) {
            return extract::previewExport(db, request, kPreviewLines);
        },
        [this, number](const Result<extract::ExportPreview>& preview) {
            if (number != previewNumber_) {
                return; // the options have changed meanwhile
            }
            if (preview.ok()) {
                showPreview(preview.value());
            } else {
                tables_->clear();
                counts_->clear();
                showTrouble(preview.error().code == ErrorCode::NotFound
                                ? tr("There is nothing to export yet for this template. Extract "
                                     "from some documents first, or choose another template.")
                                : errorText(preview.error()));
                write_->setEnabled(false);
            }
        });
}

void ExportDialog::showPreview(const extract::ExportPreview& preview) {
    trouble_->hide();
    write_->setEnabled(!isWriting_);
    counts_->setText(countsText(preview.counts, request().unreviewed));
    const QString current = tables_->tabText(tables_->currentIndex());
    while (tables_->count() > 0) {
        QWidget* old = tables_->widget(0);
        tables_->removeTab(0);
        delete old;
    }
    for (const extract::PreviewTable& table : preview.tables) {
        const int index = tables_->addTab(makePreviewTable(table, app_.theme, tables_),
                                          QString::fromStdString(table.name));
        if (tables_->tabText(index) == current) {
            tables_->setCurrentIndex(index);
        }
    }
    showIdentifiers(preview.counts);
}

void ExportDialog::showIdentifiers(const extract::ExportCounts& counts) {
    std::set<std::string> fields(counts.identifierFields.begin(), counts.identifierFields.end());
    fields.insert(leftOut_.begin(), leftOut_.end());
    while (QLayoutItem* item = identifiers_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const std::string& field : fields) {
        auto* box = new QCheckBox(QString::fromStdString(field));
        box->setChecked(!leftOut_.contains(field));
        connect(box, &QCheckBox::toggled, this, [this, field](bool isWritten) {
            if (isWritten) {
                leftOut_.erase(field);
            } else {
                leftOut_.insert(field);
            }
            changed();
        });
        identifiers_->addWidget(box);
    }
    identifierBox_->setVisible(!fields.empty());
}

void ExportDialog::showTrouble(const QString& text) {
    trouble_->setText(text);
    trouble_->show();
}

void ExportDialog::chooseTarget() {
    const ProfileWords chosen = profile();
    auto* dialog = new QFileDialog(this, tr("Save the export"), target_->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // asked on Export, where it happens
    if (!chosen.isFolder) {
        dialog->setDefaultSuffix(QFileInfo(chosen.defaultName).suffix());
    }
    dialog->selectFile(target_->text());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        target_->setText(file);
        write_->setText(tr("Export"));
        askedTarget_.clear();
    });
    dialog->open();
}

void ExportDialog::write() {
    const QString target = target_->text().trimmed();
    if (target.isEmpty()) {
        target_->setFocus();
        return;
    }
    const QString absolute = QDir(rememberedFolder(app_.settings)).absoluteFilePath(target);
    if (QFileInfo::exists(absolute) && askedTarget_ != absolute) {
        askedTarget_ = absolute;
        showTrouble(tr("%1 is there already. Press “Replace” to put the new export in its place.")
                        .arg(QFileInfo(absolute).fileName()));
        write_->setText(tr("Replace"));
        return;
    }
    trouble_->hide();
    setBusy(true);
    rememberProfile(app_.settings, profile());
    rememberRequest(app_.settings, request());
    rememberFolder(app_.settings, QFileInfo(absolute).absolutePath());
    stop_ = std::stop_source();
    const auto onProgress = [this](Progress progress) {
        const auto value =
            progress.total > 0 ? static_cast<int>(progress.done * kSteps / progress.total) : 0;
        QMetaObject::invokeMethod(
            this, [this, value] { progress_->setValue(value); }, Qt::QueuedConnection);
    };
    // A connection and a thread of its own: a large export must not hold up the window's reads.
    thread_.post([this,
                  folder = app_.store.folder(),
                  request = request(),
                  isPdf = !profile().profile.has_value(),
                  absolute,
                  onProgress,
                  stop = stop_.get_token()] {
        const auto run = [&]() -> Result<extract::ExportCounts> {
            ATTEST_TRY_ASSIGN(auto library,
                              storage::Library::open(folder, storage::Access::ReadOnly));
            storage::Database& db = library.database();
            if (!isPdf) {
                return extract::writeExport(db, request, absolute.toStdString(), onProgress, stop);
            }
            ATTEST_TRY_ASSIGN(const auto preview, extract::previewExport(db, request, 0));
            ATTEST_TRY_ASSIGN(const auto runs,
                              reportRuns(db,
                                         request.templateId,
                                         request.runIds,
                                         request.unreviewed == extract::Unreviewed::LeaveOut));
            ATTEST_TRY(writePdfReport(
                db, runs, request.leftOutFields, absolute.toStdString(), onProgress, stop));
            return preview.counts;
        };
        auto counts = run();
        QMetaObject::invokeMethod(
            this,
            [this, counts = std::move(counts), absolute] { finished(counts, absolute); },
            Qt::QueuedConnection);
    });
}

void ExportDialog::finished(const Result<extract::ExportCounts>& counts, const QString& target) {
    setBusy(false);
    if (!counts.ok()) {
        if (counts.error().code != ErrorCode::Cancelled) {
            showTrouble(errorText(counts.error()));
        }
        return;
    }
    const QString folder = QFileInfo(target).isDir() ? target : QFileInfo(target).absolutePath();
    Toast toast;
    toast.text =
        tr("%1 written: %2")
            .arg(QFileInfo(target).fileName(), countsText(counts.value(), request().unreviewed));
    toast.actionText = tr("Show in folder");
    toast.action = [folder] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(folder));
    };
    app_.navigator.showToast(toast);
    emit written(target);
    accept();
}

void ExportDialog::reject() {
    if (isWriting_) {
        stop_.request_stop(); // finished() comes with Cancelled; a second press closes
        return;
    }
    QDialog::reject();
}

void ExportDialog::setBusy(bool isBusy) {
    isWriting_ = isBusy;
    progress_->setVisible(isBusy);
    progress_->setValue(0);
    write_->setEnabled(!isBusy);
    choose_->setEnabled(!isBusy);
    profiles_->setEnabled(!isBusy);
}

} // namespace attest::gui
