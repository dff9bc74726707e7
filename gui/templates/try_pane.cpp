#include "gui/templates/try_pane.h"

#include "extract/model_choice.h"
#include "gui/app/error_text.h"
#include "gui/app/settings.h"
#include "gui/app/store.h"
#include "gui/pages/page_view.h"
#include "gui/templates/draft_state.h"
#include "gui/templates/try_run.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "gui/widgets/banner.h"
#include "gui/widgets/key_button.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <filesystem>
#include <utility>

namespace attest::gui {

namespace {

enum Column { Field, Now, Before, ColumnCount };

constexpr int kValueRole = Qt::UserRole; // index into the result's values; absent on group rows

struct Prepared {
    std::string note;
    std::filesystem::path model;
    std::string chatFormat;
};

PageViewDocument viewDocument(const extract::DocumentText& document,
                              const std::filesystem::path& path) {
    PageViewDocument view;
    for (const extract::PageText& page : document.pages) {
        storage::PageRecord record{page.text, {}, page.widthPoints, page.heightPoints};
        record.charBoxes.reserve(page.boxes.size() * 4);
        for (const extract::CharBox& box : page.boxes) {
            record.charBoxes.insert(record.charBoxes.end(),
                                    {box.left, box.top, box.right, box.bottom});
        }
        view.pages.push_back(std::move(record));
    }
    if (document.kind == "pdf") {
        view.pdf = path;
        view.sha256 = document.sha256;
    }
    return view;
}

QString valueText(const extract::ExtractedValue& value) {
    return value.text ? QString::fromStdString(*value.text) : QString();
}

} // namespace

TryPane::TryPane(AppContext& app, DraftState& state, QWidget* parent)
    : QWidget(parent)
    , app_(app)
    , state_(state)
    , run_(new TryRun(this))
    , document_(new QComboBox)
    , try_(new KeyButton(tr("Try"), QKeySequence(Qt::CTRL | Qt::Key_Return), app.theme, this))
    , cancel_(new QPushButton(tr("Cancel")))
    , progress_(new QProgressBar)
    , banner_(new Banner(Banner::Closing::Staying, this))
    , values_(new QTreeWidget)
    , page_(new PageView(app.theme, this)) {
    values_->setColumnCount(ColumnCount);
    values_->setHeaderLabels({tr("Field"), tr("Value"), tr("Try before")});
    values_->setAccessibleName(tr("Values of the try"));
    values_->setToolTip(tr("Values found; selecting one shows its place"));
    values_->setUniformRowHeights(true);
    values_->header()->setSectionResizeMode(Field, QHeaderView::ResizeToContents);
    page_->setAccessibleName(tr("Page of the tried document"));
    page_->setFit(PageView::Fit::Width);
    auto* left = new QWidget;
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(values_, 1);
    auto* split = new QSplitter(Qt::Horizontal);
    split->addWidget(left);
    split->addWidget(page_);
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 1);
    split->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    progress_->setTextVisible(false);
    progress_->setAccessibleName(tr("Progress of the try"));
    layout->addWidget(progress_);
    layout->addWidget(banner_);
    layout->addWidget(split, 1);

    connect(try_, &QPushButton::clicked, this, &TryPane::start);
    connect(cancel_, &QPushButton::clicked, run_, &TryRun::cancel);
    connect(run_, &TryRun::progressed, this, [this](const QString& stage, int percent) {
        progress_->setValue(percent);
        banner_->say(Tone::Accent, stage);
    });
    connect(run_, &TryRun::finished, this, &TryPane::showResult);
    connect(run_, &TryRun::failed, this, [this](const QString& text) {
        banner_->say(Tone::Bad, text);
        showState();
        emit ended();
    });
    connect(run_, &TryRun::cancelled, this, [this] {
        banner_->say(Tone::Accent, tr("Cancelled; nothing was changed."));
        showState();
        emit ended();
    });
    connect(values_, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
        if (item == nullptr || !item->data(Field, kValueRole).isValid() || !result_) {
            return;
        }
        const int index = item->data(Field, kValueRole).toInt();
        page_->setSelectedMark(index);
        const auto& value = result_->values[static_cast<std::size_t>(index)];
        if (value.span) {
            page_->ensureVisible({index, *value.span, value.boxes});
        }
    });
    connect(page_, &PageView::markClicked, this, [this](int id) {
        for (QTreeWidgetItemIterator it(values_); *it != nullptr; ++it) {
            if ((*it)->data(Field, kValueRole).isValid() &&
                (*it)->data(Field, kValueRole).toInt() == id) {
                values_->setCurrentItem(*it);
            }
        }
    });
    connect(&state_, &DraftState::changed, this, &TryPane::showState);
    connect(&app_.store, &Store::documentsChanged, this, &TryPane::loadDocuments);
    clear();
    loadDocuments();
}

QWidget* TryPane::makeBar() {
    auto* bar = new QWidget;
    setRole(bar, "surface");
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(measure::kEdge, measure::kInside, measure::kEdge, measure::kInside);
    auto* label = new QLabel(tr("Document"));
    setRole(label, "muted");
    document_->setAccessibleName(tr("Document to try on"));
    document_->setToolTip(tr("Documents of the library; trying stores nothing"));
    document_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    document_->setMinimumContentsLength(18);
    label->setBuddy(document_);
    cancel_->setToolTip(tr("Stops the try"));
    setRole(try_, "primary");
    layout->addWidget(label);
    layout->addWidget(document_, 1);
    layout->addWidget(try_);
    layout->addWidget(cancel_);
    return bar;
}

void TryPane::clear() {
    if (run_->isRunning()) {
        run_->cancel();
    }
    result_.reset();
    before_.clear();
    values_->clear();
    page_->clear();
    banner_->say(
        Tone::Accent,
        tr("Choose a document and press Try. The draft runs as it is, nothing is stored."));
    showState();
}

void TryPane::loadDocuments() {
    app_.store.read(
        this,
        [](storage::Database& db) {
            storage::LibraryFilter filter;
            filter.list = storage::SmartList::All;
            return storage::listLibrary(db, filter);
        },
        [this](Result<std::vector<storage::LibraryRow>> listed) {
            if (!listed.ok()) {
                banner_->say(Tone::Bad, errorText(listed.error()));
                return;
            }
            const QVariant chosen = document_->currentData();
            documents_ = std::move(listed).value();
            document_->clear();
            for (const storage::LibraryRow& row : documents_) {
                document_->addItem(QString::fromStdString(row.fileName),
                                   static_cast<qlonglong>(row.documentId));
            }
            document_->setCurrentIndex(std::max(0, document_->findData(chosen)));
            showState();
        });
}

void TryPane::showState() {
    const bool isRunning = run_->isRunning();
    try_->setEnabled(!isRunning && !state_.hasErrors() && document_->count() > 0);
    cancel_->setVisible(isRunning);
    progress_->setVisible(isRunning);
    document_->setEnabled(!isRunning);
    if (document_->count() == 0) {
        banner_->say(Tone::Accent,
                     tr("The library is empty. Add a document to try the template on."));
    }
}

void TryPane::start() {
    const int index = document_->currentIndex();
    if (run_->isRunning()) {
        return;
    }
    if (state_.hasErrors()) {
        banner_->say(Tone::Warn, tr("? Mend what is marked in the fields first."));
        return;
    }
    if (index >= 0 && static_cast<std::size_t>(index) < documents_.size()) {
        run(documents_[static_cast<std::size_t>(index)]);
    }
}

void TryPane::run(const storage::LibraryRow& document) {
    try_->setEnabled(false);
    tried_ = document;
    app_.store.read(
        this,
        [document, id = state_.draft().id](storage::Database& db) -> Result<Prepared> {
            Prepared prepared;
            if (document.path.empty()) {
                ATTEST_TRY_ASSIGN(prepared.note, storage::contentOf(db, document.documentId));
            }
            ATTEST_TRY_ASSIGN(prepared.model, extract::chosenModel(db, id));
            ATTEST_TRY_ASSIGN(prepared.chatFormat, extract::chosenChatFormat(db, prepared.model));
            return prepared;
        },
        [this, document](Result<Prepared> prepared) {
            if (!prepared.ok()) {
                banner_->say(Tone::Bad, errorText(prepared.error()));
                showState();
                emit ended();
                return;
            }
            if (run_->isRunning()) {
                return;
            }
            TryInput input;
            input.templateJson = extract::writeDraft(state_.draft());
            input.document = document.path;
            input.note = std::move(prepared.value().note);
            input.model = prepared.value().model;
            input.chatFormat = prepared.value().chatFormat;
            input.threads = app_.settings.threads();
            run_->start(std::move(input));
            progress_->setValue(0);
            banner_->say(Tone::Accent, tr("Loading the model…"));
            showState();
        });
}

void TryPane::showResult(const std::shared_ptr<extract::ExtractionResult>& result) {
    before_.clear();
    if (result_) {
        for (const extract::ExtractedValue& value : result_->values) {
            before_[value.pointer] = valueText(value);
        }
    }
    const bool hasBefore = result_ != nullptr;
    result_ = result;
    values_->clear();
    values_->setColumnHidden(Before, !hasBefore);
    std::vector<PageMark> marks;
    int found = 0;
    QTreeWidgetItem* record = nullptr;
    std::pair<std::string, std::int64_t> recordKey;
    for (int i = 0; i < static_cast<int>(result_->values.size()); ++i) {
        const extract::ExtractedValue& value = result_->values[static_cast<std::size_t>(i)];
        const std::pair key(value.group, value.instance);
        if (value.instance >= 0 && (record == nullptr || key != recordKey)) {
            record = new QTreeWidgetItem(values_);
            record->setText(Field,
                            QStringLiteral("%1 %2")
                                .arg(QString::fromStdString(value.group))
                                .arg(value.instance + 1));
            record->setExpanded(true);
            recordKey = key;
        }
        auto* item =
            value.instance >= 0 ? new QTreeWidgetItem(record) : new QTreeWidgetItem(values_);
        const QString text = valueText(value);
        item->setText(Field, QString::fromStdString(value.field));
        item->setText(Now, value.text ? text : tr("not stated"));
        item->setToolTip(Now, text);
        if (!value.text) {
            item->setForeground(Now, app_.theme.color(Token::Muted));
        }
        if (const auto old = before_.find(value.pointer); old != before_.end()) {
            const bool isSame = old->second == text;
            item->setText(Before, isSame ? tr("= same") : old->second);
            item->setForeground(Before, app_.theme.color(isSame ? Token::Muted : Token::Warn));
        } else if (hasBefore) {
            item->setText(Before, tr("+ new"));
            item->setForeground(Before, app_.theme.color(Token::Ok));
        }
        item->setData(Field, kValueRole, i);
        found += value.text ? 1 : 0;
        if (value.span) {
            marks.push_back({i, *value.span, value.boxes});
        }
    }
    values_->expandAll();
    page_->setDocument(viewDocument(result_->document, tried_.path));
    page_->setMarks(std::move(marks));
    if (!result_->document.message.empty()) {
        banner_->say(Tone::Warn,
                     QStringLiteral("? ") + QString::fromStdString(result_->document.message));
    } else {
        banner_->say(Tone::Ok,
                     tr("✓ %1 of %2 values found in %3 s")
                         .arg(found)
                         .arg(result_->values.size())
                         .arg(QLocale().toString(result_->timing.totalSeconds, 'f', 1)));
    }
    showState();
    emit ended();
}

} // namespace attest::gui
