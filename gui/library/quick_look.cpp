#include "gui/library/quick_look.h"

#include "gui/app/error_text.h"
#include "gui/app/store.h"
#include "gui/library/library_text.h"
#include "gui/library/quick_look_source.h"
#include "gui/pages/page_view.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "gui/widgets/empty_state.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>

namespace attest::gui {

QuickLook::QuickLook(AppContext& app, QWidget* parent)
    : QDialog(parent, Qt::Dialog | Qt::FramelessWindowHint)
    , app_(app)
    , pages_(new PageView(app.theme, this))
    , nothing_(new EmptyState(app.theme, this))
    , stack_(new QStackedWidget(this))
    , name_(new QLabel(this))
    , notice_(new QLabel(this)) {
    setObjectName(QStringLiteral("quickLook"));
    setModal(false);
    setRole(name_, "heading");
    setRole(notice_, "muted");
    name_->setTextFormat(Qt::PlainText);
    name_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* review = new QPushButton(tr("Review"), this);
    review->setToolTip(tr("Open the review (Enter)"));
    auto* done = new QPushButton(tr("Close"), this);
    done->setToolTip(tr("Close (Esc, Space)"));
    review->setAutoDefault(false);
    done->setAutoDefault(false);

    auto* bar = new QWidget(this);
    setRole(bar, "bar");
    auto* line = new QHBoxLayout(bar);
    line->setContentsMargins(measure::kEdge, measure::kInside, measure::kEdge, measure::kInside);
    line->addWidget(name_, 1);
    line->addWidget(notice_);
    line->addWidget(review);
    line->addWidget(done);
    stack_->addWidget(pages_);
    stack_->addWidget(nothing_);
    auto* frame = new QFrame(this);
    setRole(frame, "card");
    auto* inner = new QVBoxLayout(frame);
    inner->setContentsMargins(1, 1, 1, 1);
    inner->setSpacing(0);
    inner->addWidget(bar);
    inner->addWidget(stack_, 1);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(frame);

    pages_->installEventFilter(this);
    connect(pages_, &PageView::notice, notice_, &QLabel::setText);
    connect(done, &QPushButton::clicked, this, &QDialog::close);
    connect(review, &QPushButton::clicked, this, [this] {
        close();
        emit reviewAsked();
    });
}

QuickLook::~QuickLook() {
    stop_.request_stop();
}

void QuickLook::place() {
    const QWidget* below = parentWidget();
    if (below == nullptr) {
        return;
    }
    const QSize room = below->size();
    const QSize size(std::min(room.width() * 7 / 10, app_.theme.px(900)), room.height() * 9 / 10);
    const QPoint middle = below->mapToGlobal(QPoint(room.width() / 2, room.height() / 2));
    setGeometry(QRect(middle - QPoint(size.width() / 2, size.height() / 2), size));
}

void QuickLook::showDocument(const storage::LibraryRow& row) {
    row_ = row;
    const std::uint64_t question = ++asked_;
    stop_.request_stop();
    stop_ = {};
    name_->setText(QString::fromStdString(row.fileName));
    notice_->clear();
    setWindowTitle(tr("Quick look: %1").arg(name_->text()));
    pages_->clear();
    stack_->setCurrentWidget(pages_);
    if (!isVisible()) {
        place();
        show();
    }
    pages_->setFocus();
    app_.store.read(
        this,
        [row](storage::Database& db) { return storedPages(db, row); },
        [this, question](const Result<PageViewDocument>& answer) {
            if (question != asked_) {
                return; // another document has been asked for
            }
            if (answer.ok() && answer.value().pages.empty()) {
                readFile();
            } else {
                take(answer);
            }
        });
}

void QuickLook::readFile() {
    notice_->setText(tr("Reading the file"));
    thread_.post([this, row = row_, question = asked_, stop = stop_.get_token()] {
        // Shared because queued calls want copies. `this` outlives the thread.
        auto answer = std::make_shared<Result<PageViewDocument>>(pagesOfFile(row, stop));
        QMetaObject::invokeMethod(
            this,
            [this, answer, question] {
                if (question == asked_) {
                    notice_->clear();
                    take(*answer);
                }
            },
            Qt::QueuedConnection);
    });
}

void QuickLook::take(const Result<PageViewDocument>& answer) {
    if (answer.ok()) {
        pages_->setDocument(answer.value());
        return;
    }
    nothing_->setContent(
        QStringLiteral("warning"), tr("There are no pages to show"), errorText(answer.error()));
    stack_->setCurrentWidget(nothing_);
}

bool QuickLook::handleKey(const QKeyEvent& event) {
    if (event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) {
        return false;
    }
    switch (event.key()) {
    case Qt::Key_Space:
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Up:
        emit stepAsked(-1);
        return true;
    case Qt::Key_Down:
        emit stepAsked(1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        close();
        emit reviewAsked();
        return true;
    default:
        return false;
    }
}

bool QuickLook::eventFilter(QObject* watched, QEvent* event) {
    if (watched == pages_ && event->type() == QEvent::KeyPress &&
        handleKey(*static_cast<QKeyEvent*>(event))) {
        return true;
    }
    return QDialog::eventFilter(watched, event);
}

void QuickLook::keyPressEvent(QKeyEvent* event) {
    if (!handleKey(*event)) {
        QDialog::keyPressEvent(event);
    }
}

} // namespace attest::gui
