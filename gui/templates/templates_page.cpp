#include "gui/templates/templates_page.h"

#include "gui/app/error_text.h"
#include "gui/app/navigator.h"
#include "gui/app/store.h"
#include "gui/templates/draft_state.h"
#include "gui/templates/json_view.h"
#include "gui/templates/template_editor.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/two_line_delegate.h"

#include <QDateTime>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QShortcut>
#include <QSignalBlocker>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <utility>

namespace attest::gui {

namespace {

constexpr int kListWidth = 260;
constexpr int kIdRole = TwoLineDelegate::kFirstFreeRole;
constexpr auto kKeepPause = std::chrono::milliseconds(700);
constexpr qint64 kMaxFileBytes = qint64{4} << 20; // as Template::parse()

} // namespace

TemplatesPage::TemplatesPage(AppContext& app, QWidget* parent)
    : Page(parent)
    , app_(app)
    , list_(new QListWidget)
    , banner_(new Banner(Banner::Closing::Dismissable, this))
    , editor_(new TemplateEditor(app, this))
    , keep_(new QTimer(this)) {
    auto* line = new QFrame;
    setRole(line, "line");
    line->setFixedWidth(1);
    auto* right = new QVBoxLayout;
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    right->addWidget(banner_);
    right->addWidget(editor_, 1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeGallery(), 1);
    layout->addWidget(line);
    layout->addLayout(right, 3);

    keep_->setSingleShot(true);
    keep_->setInterval(kKeepPause);
    connect(keep_, &QTimer::timeout, this, &TemplatesPage::keepDraft);
    connect(list_, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
        if (item != nullptr) {
            keepDraft();
            currentId_ = item->data(kIdRole).toString().toStdString();
            showCurrent();
        }
    });
    connect(editor_, &TemplateEditor::draftChanged, keep_, qOverload<>(&QTimer::start));
    connect(editor_, &TemplateEditor::saveRequested, this, &TemplatesPage::saveCurrent);
    connect(editor_, &TemplateEditor::duplicateRequested, this, &TemplatesPage::duplicateCurrent);
    connect(editor_, &TemplateEditor::removeRequested, this, &TemplatesPage::removeCurrent);
    connect(editor_, &TemplateEditor::exportRequested, this, [this] {
        auto* dialog = new QFileDialog(this, tr("Save the template as"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setNameFilter(tr("Attest templates (*.attest-template.json)"));
        dialog->selectFile(QString::fromStdString(currentId_) +
                           QStringLiteral(".attest-template.json"));
        connect(dialog, &QFileDialog::fileSelected, this, &TemplatesPage::exportCurrentTo);
        dialog->open();
    });
    connect(&app_.store, &Store::templatesChanged, this, &TemplatesPage::reload);
    reload();
}

TemplatesPage::~TemplatesPage() {
    keepDraft();
}

QWidget* TemplatesPage::makeGallery() {
    auto* left = new QWidget;
    setRole(left, "surface");
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* bar = new QWidget;
    setRole(bar, "bar");
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(measure::kEdge, measure::kInside, measure::kEdge, measure::kInside);
    auto* heading = new QLabel(tr("Templates"));
    setRole(heading, "heading");
    auto* add = new QPushButton(tr("New"));
    add->setToolTip(tr("Begins an empty template (Ctrl+N)"));
    auto* import = new QPushButton(tr("Import…"));
    import->setToolTip(tr("Reads template files; dropping them on the window does the same"));
    row->addWidget(heading, 1);
    row->addWidget(add);
    row->addWidget(import);
    column->addWidget(bar);
    list_->setAccessibleName(tr("Templates"));
    list_->setToolTip(tr("Own templates first, then the built-in ones; Delete removes own ones"));
    list_->setItemDelegate(new TwoLineDelegate(app_.theme, list_));
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(list_, 1);
    connect(add, &QPushButton::clicked, this, &TemplatesPage::createTemplate);
    connect(import, &QPushButton::clicked, this, [this] {
        auto* dialog = new QFileDialog(this, tr("Template files"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFiles);
        dialog->setNameFilters({tr("Templates (*.json)"), tr("All files (*)")});
        connect(dialog, &QFileDialog::filesSelected, this, &TemplatesPage::importTemplates);
        dialog->open();
    });
    auto* create = new QShortcut(QKeySequence(QKeySequence::New), this);
    create->setContext(Qt::WidgetWithChildrenShortcut);
    connect(create, &QShortcut::activated, this, &TemplatesPage::createTemplate);
    auto* remove = new QShortcut(QKeySequence(QKeySequence::Delete), list_);
    remove->setContext(Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, &TemplatesPage::removeCurrent);
    const auto resize = [this, left] {
        left->setMaximumWidth(app_.theme.px(kListWidth));
    };
    resize();
    connect(&app_.theme, &Theme::changed, left, resize);
    return left;
}

void TemplatesPage::activate() {
    if (const QString wanted = app_.navigator.templateId(); !wanted.isEmpty()) {
        select(wanted.toStdString());
    }
    list_->setFocus();
}

QString TemplatesPage::statusText() const {
    const auto own = std::count_if(
        gallery_.begin(), gallery_.end(), [](const auto& entry) { return !entry.isBuiltIn; });
    return tr("%1 built in, %2 of your own")
        .arg(gallery_.size() - static_cast<std::size_t>(own))
        .arg(own);
}

void TemplatesPage::reload() {
    app_.store.read(this, loadGallery, [this](Result<std::vector<GalleryEntry>> loaded) {
        if (!loaded.ok()) {
            refuse(errorText(loaded.error()));
            return;
        }
        gallery_ = std::move(loaded).value();
        refresh();
        emit statusTextChanged();
    });
}

void TemplatesPage::refresh() {
    const QSignalBlocker blocker(list_);
    list_->clear();
    int row = 0;
    for (const GalleryEntry& entry : gallery_) {
        QStringList second;
        second << (entry.isBuiltIn ? tr("built in")
                   : entry.isNew   ? tr("not saved yet")
                                   : tr("version %1").arg(entry.record.version));
        second << (entry.fieldCount == 1 ? tr("1 field") : tr("%1 fields").arg(entry.fieldCount));
        auto* item = new QListWidgetItem(QString::fromStdString(entry.record.title), list_);
        item->setData(TwoLineDelegate::kSecondLineRole, second.join(QStringLiteral(" · ")));
        if (entry.draftJson && !entry.isNew) {
            item->setData(TwoLineDelegate::kPillRole, tr("● changed"));
            item->setData(TwoLineDelegate::kToneRole, static_cast<int>(Tone::Warn));
        }
        item->setData(Qt::AccessibleTextRole,
                      item->text() + QStringLiteral(", ") + second.join(QStringLiteral(", ")));
        item->setData(kIdRole, QString::fromStdString(entry.record.id));
        if (entry.record.id == currentId_) {
            row = list_->count() - 1;
        }
    }
    list_->setCurrentRow(row);
    if (const QListWidgetItem* item = list_->currentItem(); item != nullptr) {
        currentId_ = item->data(kIdRole).toString().toStdString();
    }
    showCurrent();
}

// Leaves the editor alone while it shows this very version: its undo steps and what is being typed
// are newer than the list.
void TemplatesPage::showCurrent() {
    const GalleryEntry* entry = current();
    if (entry == nullptr) {
        return;
    }
    const std::string sha = entry->record.id + ' ' + entry->record.sha256;
    if (sha != shownSha_) {
        shownSha_ = sha;
        editor_->setEntry(*entry);
    }
}

const GalleryEntry* TemplatesPage::current() const {
    const auto found = std::find_if(gallery_.begin(), gallery_.end(), [&](const auto& entry) {
        return entry.record.id == currentId_;
    });
    return found == gallery_.end() ? nullptr : &*found;
}

void TemplatesPage::select(const std::string& id) {
    for (int i = 0; i < list_->count(); ++i) {
        if (list_->item(i)->data(kIdRole).toString().toStdString() == id) {
            list_->setCurrentRow(i);
            return;
        }
    }
    if (list_->count() == 0) {
        currentId_ = id; // the list is on its way
    }
}

void TemplatesPage::createTemplate() {
    extract::TemplateDraft draft;
    draft.title = tr("New template").toStdString();
    extract::DraftField field;
    field.name = "field";
    draft.fields.push_back(field);
    draft.id = "template";
    addDraft(std::move(draft));
}

void TemplatesPage::duplicateCurrent() {
    extract::TemplateDraft draft = editor_->state().draft();
    draft.title = tr("%1 (copy)").arg(QString::fromStdString(draft.title)).toStdString();
    addDraft(std::move(draft));
}

void TemplatesPage::addDraft(extract::TemplateDraft draft) {
    draft.id = freeTemplateId(gallery_, draft.id);
    draft.version = 1;
    keepDraft();
    currentId_ = draft.id;
    write([draft](storage::Database& db) {
        return keepUnsaved(db, draft.id, extract::writeDraft(draft));
    });
}

// Of the template in the editor, if it is changed. The text of the JSON view counts while it is no
// template, so that nothing typed is lost.
void TemplatesPage::keepDraft() {
    const GalleryEntry* entry = current();
    keep_->stop();
    if (entry == nullptr || entry->isBuiltIn || editor_->state().draft().id != currentId_) {
        return;
    }
    std::optional<std::string> json;
    if (editor_->json().hasProblem()) {
        json = editor_->json().text().toPlainText().toStdString();
    } else if (editor_->state().isModified() || entry->isNew) {
        json = extract::writeDraft(editor_->state().draft());
    }
    if (json == entry->draftJson) {
        return;
    }
    write([id = currentId_, json](storage::Database& db) { return keepUnsaved(db, id, json); });
}

void TemplatesPage::saveCurrent() {
    keep_->stop();
    banner_->clear();
    app_.store.write(
        this,
        [draft = editor_->state().draft()](storage::Database& db) {
            return saveDraft(db, draft, QDateTime::currentSecsSinceEpoch());
        },
        [this](const Result<storage::TemplateRecord>& saved) {
            if (!saved.ok()) {
                refuse(errorText(saved.error()));
                return;
            }
            emit app_.store.templatesChanged();
            app_.navigator.showToast({tr("“%1” saved as version %2")
                                          .arg(QString::fromStdString(saved.value().title))
                                          .arg(saved.value().version),
                                      {},
                                      {}});
        });
}

void TemplatesPage::removeCurrent() {
    const GalleryEntry* entry = current();
    if (entry == nullptr || entry->isBuiltIn) {
        return;
    }
    keep_->stop();
    const GalleryEntry removed = *entry;
    currentId_.clear();
    shownSha_.clear();
    write([id = removed.record.id](storage::Database& db) { return removeTemplate(db, id); });
    app_.navigator.showToast(
        {tr("“%1” removed").arg(QString::fromStdString(removed.record.title)),
         tr("Undo"),
         [this, removed] {
             currentId_ = removed.record.id;
             write([removed](storage::Database& db) -> Result<void> {
                 if (!removed.isNew) {
                     ATTEST_TRY(
                         bringBackTemplate(db, removed.record, QDateTime::currentSecsSinceEpoch()));
                 }
                 return keepUnsaved(db, removed.record.id, removed.draftJson);
             });
         }});
}

void TemplatesPage::importTemplates(const QStringList& paths) {
    banner_->clear();
    QStringList problems;
    for (const QString& path : paths) {
        const QString name = QFileInfo(path).fileName();
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            problems << tr("“%1” cannot be read: %2").arg(name, file.errorString());
            continue;
        }
        if (file.size() > kMaxFileBytes) {
            problems << tr("“%1” is larger than 4 MiB and no template.").arg(name);
            continue;
        }
        auto draft = extract::parseDraft(file.readAll().toStdString(), name.toStdString());
        if (!draft.ok()) {
            problems << tr("“%1” is no template: %2")
                            .arg(name, QString::fromStdString(draft.error().message));
            continue;
        }
        addDraft(std::move(draft).value());
    }
    if (!problems.isEmpty()) {
        refuse(problems.join(QLatin1Char('\n')));
    }
}

void TemplatesPage::exportCurrentTo(const QString& path) {
    const QByteArray json =
        QByteArray::fromStdString(extract::writeDraft(editor_->state().draft()));
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size() || !file.commit()) {
        refuse(tr("“%1” cannot be written: %2").arg(path, file.errorString()));
        return;
    }
    app_.navigator.showToast({tr("Saved as %1").arg(QFileInfo(path).fileName()), {}, {}});
}

void TemplatesPage::refuse(const QString& text) {
    banner_->say(Tone::Bad, QStringLiteral("! ") + text);
}

void TemplatesPage::write(std::function<Result<void>(storage::Database&)> change) {
    Store& store = app_.store;
    // The store, not this page: what is kept on leaving must reach the lists too.
    store.write(&store, std::move(change), [&store](const Result<void>& done) {
        if (!done.ok()) {
            qWarning("templates: %s", done.error().message.c_str());
        }
        emit store.templatesChanged();
    });
}

} // namespace attest::gui
