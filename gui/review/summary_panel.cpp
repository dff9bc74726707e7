#include "gui/review/summary_panel.h"

#include "gui/app/context.h"
#include "gui/app/error_text.h"
#include "gui/app/navigator.h"
#include "gui/app/store.h"
#include "gui/app/template_catalog.h"
#include "gui/jobs/job_queue.h"
#include "gui/review/flow_layout.h"
#include "gui/review/review_session.h"
#include "gui/review/review_words.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "gui/widgets/empty_state.h"

#include <QClipboard>
#include <QEvent>
#include <QFrame>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace attest::gui {

namespace {

constexpr const char* kSentence = "sentence"; // property of a row: its number

QString pageChip(const storage::CitationRecord& citation) {
    return SummaryPanel::tr("p. %1").arg(QLocale().toString(citation.span.pageIndex + 1));
}

} // namespace

SummaryPanel::SummaryPanel(AppContext& app, ReviewSession& session, QWidget* parent)
    : QWidget(parent)
    , app_(app)
    , session_(session)
    , stack_(new QStackedWidget(this))
    , scroll_(new QScrollArea(this))
    , empty_(new EmptyState(app.theme, this))
    , copy_(new QPushButton(tr("Copy with citations"), this))
    , note_(new QLabel(this)) {
    scroll_->setWidgetResizable(true);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll_->setFocusPolicy(Qt::NoFocus);
    auto* shown = new QWidget(this);
    auto* column = new QVBoxLayout(shown);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(scroll_, 1);
    auto* footer = new QWidget(shown);
    setRole(footer, "footer");
    auto* line = new QHBoxLayout(footer);
    line->setContentsMargins(measure::kEdge, measure::kInside, measure::kEdge, measure::kInside);
    setRole(note_, "secondary");
    note_->setWordWrap(true);
    line->addWidget(note_, 1);
    line->addWidget(copy_);
    column->addWidget(footer);
    stack_->addWidget(shown);
    stack_->addWidget(empty_);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(stack_);

    copy_->setToolTip(tr("Copy the sentences with the pages they come from"));
    connect(copy_, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(citedText());
        app_.navigator.showToast(
            {tr("Copied %n sentences with citations", nullptr, static_cast<int>(sentences_.size())),
             {},
             {}});
    });
    connect(&app.jobs, &JobQueue::jobEnded, this, [this](qint64 document, qint64) {
        if (document == documentId_ && documentId_ != 0) {
            reload(document);
        }
    });
    connect(&app.jobs, &JobQueue::statusChanged, this, &SummaryPanel::showProgress);
    connect(&app.jobs, &JobQueue::failed, this, [this] {
        isAsked_ = false;
        fill();
    });
}

void SummaryPanel::showDocument() {
    const ReviewData* shown = session_.data();
    isAsked_ = isAsked_ && documentId_ == shown->document.documentId;
    documentId_ = shown->document.documentId;
    hasSummary_ = shown->summary.has_value();
    sentences_ = shown->sentences;
    arePlacesValid_ = hasSummary_ && shown->summary->readingId == shown->readingId;
    fill();
}

void SummaryPanel::refresh() {
    showProgress();
}

void SummaryPanel::fill() {
    if (!hasSummary_ || sentences_.empty()) {
        showEmpty();
        return;
    }
    auto* content = new QWidget;
    setRole(content, "surface");
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (std::size_t i = 0; i < sentences_.size(); ++i) {
        column->addWidget(makeSentence(i, content));
    }
    column->addStretch(1);
    scroll_->setWidget(content);
    note_->setText(arePlacesValid_
                       ? tr("%n sentences, each with its source. Choose one to see it on the page.",
                            nullptr,
                            static_cast<int>(sentences_.size()))
                       : tr("The document was read again since: sources cannot be shown."));
    stack_->setCurrentIndex(0);
}

QWidget* SummaryPanel::makeSentence(std::size_t index, QWidget* parent) {
    const storage::SentenceRecord& sentence = sentences_[index];
    auto* row = new QFrame(parent);
    setRole(row, "choice");
    row->setProperty(kSentence, static_cast<int>(index));
    row->setFocusPolicy(Qt::StrongFocus);
    row->setAccessibleName(fromUtf8(sentence.text));
    row->setToolTip(tr("Show the source on the page (Space)"));
    row->installEventFilter(this);
    auto* text = new QLabel(fromUtf8(sentence.text), row);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    auto* chips = new QWidget(row);
    auto* flow = new FlowLayout(chips);
    flow->setSpacing(measure::kUnit);
    flow->setContentsMargins(0, 0, 0, 0);
    for (std::size_t i = 0; i < sentence.citations.size(); ++i) {
        auto* chip = new QPushButton(pageChip(sentence.citations[i]), chips);
        setRole(chip, "chip");
        chip->setAccessibleName(tr("Source %1: %2").arg(i + 1).arg(chip->text()));
        chip->setToolTip(tr("Show this source on the page"));
        chip->setEnabled(arePlacesValid_);
        connect(chip, &QPushButton::clicked, this, [this, index, i] { choose(index, i); });
        flow->addWidget(chip);
    }
    if (sentence.isReplaced) {
        auto* replaced = new QLabel(tr("as the source says it"), chips);
        setRole(replaced, "secondary");
        flow->addWidget(replaced);
    }
    auto* column = new QVBoxLayout(row);
    column->setContentsMargins(measure::kEdge, measure::kInside, measure::kEdge, measure::kInside);
    column->setSpacing(measure::kUnit);
    column->addWidget(text);
    column->addWidget(chips);
    return row;
}

bool SummaryPanel::eventFilter(QObject* watched, QEvent* event) {
    const QVariant number = watched->property(kSentence);
    if (number.isValid()) {
        const bool isKey = event->type() == QEvent::KeyPress &&
                           static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space;
        if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::FocusIn ||
            isKey) {
            choose(static_cast<std::size_t>(number.toInt()), 0);
        }
    }
    return QWidget::eventFilter(watched, event);
}

void SummaryPanel::choose(std::size_t sentence, std::size_t citation) {
    if (arePlacesValid_ && sentence < sentences_.size() &&
        citation < sentences_[sentence].citations.size()) {
        emit citationChosen(sentences_[sentence].citations[citation]);
    }
}

QString SummaryPanel::citedText() const {
    QString text;
    for (const storage::SentenceRecord& sentence : sentences_) {
        QStringList pages;
        for (const storage::CitationRecord& citation : sentence.citations) {
            const QString page = pageChip(citation);
            if (!pages.contains(page)) {
                pages << page;
            }
        }
        text += fromUtf8(sentence.text) + QStringLiteral(" [") + pages.join(QStringLiteral(", ")) +
                QStringLiteral("]\n");
    }
    if (session_.data() != nullptr) {
        text +=
            tr("Source: %1").arg(fromUtf8(session_.data()->document.fileName)) + QLatin1Char('\n');
    }
    return text;
}

void SummaryPanel::showEmpty() {
    stack_->setCurrentIndex(1);
    if (isAsked_) {
        empty_->setContent(
            QStringLiteral("summary"),
            tr("Summarizing…"),
            tr("The summary appears here when it is done. You can go on reviewing."));
        showProgress();
        return;
    }
    if (hasSummary_) {
        empty_->setContent(QStringLiteral("summary"),
                           tr("Nothing to summarize"),
                           tr("No sentence of this document was chosen for a summary."));
        return;
    }
    empty_->setContent(QStringLiteral("summary"),
                       tr("No summary yet"),
                       tr("A summary is a few sentences of the document, each with its source."));
    QPushButton* button = empty_->addButton(tr("Summarize this document"));
    button->setToolTip(tr("Ask the model for a summary; you can go on reviewing meanwhile"));
    connect(button, &QPushButton::clicked, this, &SummaryPanel::ask);
}

void SummaryPanel::showProgress() {
    if (!isAsked_ || stack_->currentIndex() != 1) {
        return;
    }
    const QueueStatus& status = app_.jobs.status();
    QString text = tr("Waiting for its turn in the queue.");
    if (status.isPaused) {
        text = tr("The queue is paused.");
    } else if (status.current && status.current->documentId == documentId_) {
        const QLocale locale;
        text = status.current->total > 0
                   ? tr("%1: %2 of %3")
                         .arg(status.current->stage,
                              locale.toString(static_cast<qlonglong>(status.current->done)),
                              locale.toString(static_cast<qlonglong>(status.current->total)))
                   : status.current->stage;
    }
    empty_->setContent(QStringLiteral("summary"), tr("Summarizing…"), text);
}

void SummaryPanel::ask() {
    if (documentId_ == 0) {
        return;
    }
    isAsked_ = true;
    fill();
    findTemplateRecord(
        app_.store,
        this,
        QStringLiteral("summary"),
        [this, document = documentId_](Result<storage::TemplateRecord> found) {
            if (!found.ok()) {
                isAsked_ = false;
                fill();
                app_.navigator.showToast({errorText(found.error()), {}, {}});
                return;
            }
            app_.jobs.enqueue({document}, std::move(found).value(), fromUtf8(storage::kRunSummary));
        });
}

void SummaryPanel::reload(qint64 documentId) {
    const std::int64_t run = session_.runId();
    app_.store.read(
        this,
        [documentId, run](storage::Database& db) { return loadReview(db, documentId, run, 1); },
        [this, documentId](const Result<ReviewData>& loaded) {
            if (documentId != documentId_ || !loaded.ok()) {
                return;
            }
            const bool wasThere = hasSummary_;
            hasSummary_ = loaded.value().summary.has_value();
            sentences_ = loaded.value().sentences;
            arePlacesValid_ = hasSummary_ && session_.data() != nullptr &&
                              loaded.value().summary->readingId == session_.data()->readingId;
            if (hasSummary_ != wasThere || isAsked_) {
                isAsked_ = false;
                fill();
            }
        });
}

} // namespace attest::gui
