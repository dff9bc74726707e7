#include "gui/models/models_page.h"

#include "extract/model_choice.h"
#include "gui/app/error_text.h"
#include "gui/app/navigator.h"
#include "gui/app/store.h"
#include "gui/models/model_details.h"
#include "gui/models/model_import.h"
#include "gui/models/model_text.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/two_line_delegate.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace attest::gui {

namespace {

constexpr int kListWidth = 340;
constexpr int kPathRole = TwoLineDelegate::kFirstFreeRole;

} // namespace

ModelsPage::ModelsPage(AppContext& app, ModelImport& work, QWidget* parent)
    : Page(parent)
    , app_(app)
    , work_(work)
    , list_(new QListWidget)
    , banner_(new Banner(Banner::Closing::Dismissable, this))
    , details_(new ModelDetails(app, work, this)) {
    auto* left = new QWidget;
    setRole(left, "surface");
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, measure::kEdge);
    column->setSpacing(0);
    auto* bar = new QWidget;
    setRole(bar, "bar");
    auto* barLayout = new QHBoxLayout(bar);
    barLayout->setContentsMargins(
        measure::kEdge, measure::kInside, measure::kEdge, measure::kInside);
    auto* heading = new QLabel(tr("Models"));
    setRole(heading, "heading");
    auto* add = new QPushButton(tr("Add model…"));
    add->setToolTip(tr("Chooses a .gguf file; dropping one on the window does the same"));
    barLayout->addWidget(heading, 1);
    barLayout->addWidget(add);
    column->addWidget(bar);
    list_->setAccessibleName(tr("Models"));
    list_->setToolTip(tr("Models; Delete removes one from the list"));
    list_->setItemDelegate(new TwoLineDelegate(app_.theme, list_));
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(list_, 1);
    auto* note = new QLabel(tr("Attest downloads nothing. Get a .gguf file on another machine, "
                               "compare its SHA-256, and drop it here."));
    setRole(note, "secondary");
    note->setWordWrap(true);
    note->setContentsMargins(measure::kEdge, measure::kInside, measure::kEdge, 0);
    column->addWidget(note);

    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(details_);
    auto* right = new QVBoxLayout;
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    right->addWidget(banner_);
    right->addWidget(scroll, 1);
    auto* line = new QFrame;
    setRole(line, "line");
    line->setFixedWidth(1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(left, 1);
    layout->addWidget(line);
    layout->addLayout(right, 2);

    connect(add, &QPushButton::clicked, this, &ModelsPage::chooseFiles);
    connect(list_, &QListWidget::currentRowChanged, this, &ModelsPage::showDetails);
    auto* remove = new QShortcut(QKeySequence(QKeySequence::Delete), list_);
    remove->setContext(Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, &ModelsPage::removeCurrent);
    connect(details_, &ModelDetails::removeRequested, this, &ModelsPage::removeCurrent);
    connect(details_, &ModelDetails::defaultChosen, this, [this](const QString& path) {
        write([path = path.toStdString()](storage::Database& db) {
            return setDefaultModel(db, path);
        });
    });
    connect(details_,
            &ModelDetails::templateChosen,
            this,
            [this](const QString& id, const QString& path) {
                write([id = id.toStdString(), path = path.toStdString()](storage::Database& db) {
                    return setModelForTemplate(
                        db, id, path.empty() ? std::nullopt : std::optional(path));
                });
            });
    connect(details_, &ModelDetails::formatChosen, this, &ModelsPage::chooseFormat);
    connect(&work_, &ModelImport::refused, this, &ModelsPage::refuse);
    connect(&work_, &ModelImport::added, this, [this](const QString& path, const QString& name) {
        wanted_ = path;
        app_.navigator.showToast({tr("“%1” added").arg(name), {}, {}});
        reload();
    });
    connect(&app_.store, &Store::modelsChanged, this, &ModelsPage::reload);
    connect(&app_.store, &Store::templatesChanged, this, &ModelsPage::reload);
    const auto resize = [this, left] {
        left->setMaximumWidth(app_.theme.px(kListWidth));
    };
    resize();
    connect(&app_.theme, &Theme::changed, this, resize);
    reload();
}

void ModelsPage::activate() {
    list_->setFocus();
    reload();
}

QString ModelsPage::statusText() const {
    const auto count = catalog_.models.size();
    return (count == 1 ? tr("1 model") : tr("%1 models").arg(count)) + QStringLiteral(" · ") +
           tr("%1 of memory free").arg(byteText(extract::availableMemoryBytes()));
}

void ModelsPage::importModels(const QStringList& paths) {
    banner_->clear();
    work_.importModels(paths);
}

void ModelsPage::reload() {
    app_.store.read(this, loadModelCatalog, [this](Result<ModelCatalog> loaded) {
        if (!loaded.ok()) {
            refuse({}, errorText(loaded.error()));
            return;
        }
        catalog_ = std::move(loaded).value();
        for (const ModelEntry& entry : catalog_.models) {
            if (entry.isBundled && entry.sha256.empty()) {
                work_.hash(entry.card.path.string());
            }
        }
        refresh();
        emit statusTextChanged();
    });
}

void ModelsPage::refresh() {
    const QString before = list_->currentItem() == nullptr
                               ? QString()
                               : list_->currentItem()->data(kPathRole).toString();
    const QString selected = wanted_.isEmpty() ? before : wanted_;
    const QSignalBlocker blocker(list_);
    list_->clear();
    int row = 0;
    for (const ModelEntry& entry : catalog_.models) {
        const QString path = QString::fromStdString(entry.card.path.string());
        const FitText fit = fitText(entry);
        QString second = QString::fromStdString(entry.card.architecture) + QStringLiteral(" · ") +
                         parameterText(entry.card.parameterCount) + QStringLiteral(" · ") +
                         QString::fromStdString(entry.card.weightType);
        if (catalog_.defaultPath == entry.card.path.string()) {
            second = tr("used for all") + QStringLiteral(" · ") + second;
        }
        auto* item = new QListWidgetItem(QString::fromStdString(entry.card.name), list_);
        item->setData(TwoLineDelegate::kSecondLineRole, second);
        item->setData(TwoLineDelegate::kPillRole, fit.text);
        item->setData(TwoLineDelegate::kToneRole, static_cast<int>(fit.tone));
        item->setData(Qt::AccessibleTextRole,
                      item->text() + QStringLiteral(", ") + second + QStringLiteral(", ") +
                          fit.text);
        item->setData(kPathRole, path);
        if (path == selected) {
            row = list_->count() - 1;
            wanted_.clear();
        }
    }
    list_->setCurrentRow(row);
    showDetails();
}

const ModelEntry* ModelsPage::current() const {
    const QListWidgetItem* item = list_->currentItem();
    return item == nullptr ? nullptr
                           : catalog_.find(item->data(kPathRole).toString().toStdString());
}

void ModelsPage::showDetails() {
    details_->showModel(catalog_, current());
}

void ModelsPage::chooseFiles() {
    auto* dialog = new QFileDialog(this, tr("Model files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("Models (*.gguf)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, &ModelsPage::importModels);
    dialog->open();
}

void ModelsPage::removeCurrent() {
    const ModelEntry* entry = current();
    if (entry == nullptr || entry->isBundled) {
        return;
    }
    app_.store.write(
        this,
        [path = entry->card.path.string()](storage::Database& db) { return removeModel(db, path); },
        [this](const Result<RemovedModel>& removed) {
            if (!removed.ok()) {
                refuse({}, errorText(removed.error()));
                return;
            }
            emit app_.store.modelsChanged();
            app_.navigator.showToast(
                {tr("“%1” removed from the list; its file stays")
                     .arg(QString::fromStdString(removed.value().model.name)),
                 tr("Undo"),
                 [this, model = removed.value()] {
                     write([model](storage::Database& db) { return bringBackModel(db, model); });
                 }});
        });
}

void ModelsPage::chooseFormat(const QString& path, const QString& name) {
    const ModelEntry* entry = catalog_.find(path.toStdString());
    if (entry == nullptr || entry->card.chosenFormat == name.toStdString()) {
        return;
    }
    const auto choose = [this, path](const std::string& format) {
        write([path = path.toStdString(), format](storage::Database& db) {
            return extract::chooseChatFormat(db, path, format);
        });
    };
    choose(name.toStdString());
    const QString title = QString::fromStdString(entry->card.name);
    app_.navigator.showToast({name.isEmpty()
                                  ? tr("“%1” is spoken to as its file says").arg(title)
                                  : tr("“%1” is spoken to as %2 from now on").arg(title, name),
                              tr("Undo"),
                              [choose, before = entry->card.chosenFormat] {
                                  choose(before);
                              }});
}

void ModelsPage::refuse(const QString& path, const QString& reason) {
    const QString text =
        path.isEmpty() ? reason
                       : tr("“%1” cannot be used: %2").arg(QFileInfo(path).fileName(), reason);
    const QString before = banner_->text();
    banner_->say(Tone::Bad, before.isEmpty() ? text : before + QLatin1Char('\n') + text);
}

void ModelsPage::write(std::function<Result<void>(storage::Database&)> change) {
    app_.store.write(this, std::move(change), [this](const Result<void>& done) {
        if (!done.ok()) {
            refuse({}, errorText(done.error()));
        }
        emit app_.store.modelsChanged();
    });
}

} // namespace attest::gui
