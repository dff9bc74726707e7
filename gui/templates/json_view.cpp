#include "gui/templates/json_view.h"

#include "gui/templates/draft_state.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "gui/widgets/banner.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTextBlock>
#include <QTimer>
#include <QVBoxLayout>

#include <chrono>
#include <utility>

namespace attest::gui {

namespace {

constexpr auto kPause = std::chrono::milliseconds(400);

} // namespace

JsonView::JsonView(DraftState& state, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , state_(state)
    , theme_(theme)
    , text_(new QPlainTextEdit)
    , banner_(new Banner(Banner::Closing::Staying, this))
    , pause_(new QTimer(this)) {
    text_->setAccessibleName(tr("Template as JSON"));
    text_->setToolTip(tr("JSON Schema with notes under “x-attest”; follows the fields, and they "
                         "follow it"));
    text_->setLineWrapMode(QPlainTextEdit::NoWrap);
    text_->setTabChangesFocus(true);
    banner_->setContentsMargins(0, 0, 0, 0);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(measure::kEdge, measure::kEdge, measure::kEdge, measure::kEdge);
    layout->addWidget(banner_);
    layout->addWidget(text_, 1);
    pause_->setSingleShot(true);
    pause_->setInterval(kPause);
    connect(pause_, &QTimer::timeout, this, &JsonView::apply);
    connect(text_, &QPlainTextEdit::textChanged, this, [this] {
        if (!isShowing_) {
            pause_->start();
        }
    });
    connect(&state_, &DraftState::changed, this, &JsonView::refresh);
    connect(&theme, &Theme::changed, this, &JsonView::refresh);
    refresh();
}

void JsonView::refresh() {
    QFont mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    mono.setPixelSize(theme_.px(12));
    text_->setFont(mono);
    text_->setReadOnly(state_.isReadOnly());
    if (isApplying_) {
        return; // the text is where the change came from
    }
    const QString json = QString::fromStdString(extract::writeDraft(state_.draft()));
    if (text_->toPlainText() != json) {
        const bool wasShowing = std::exchange(isShowing_, true);
        const int scroll = text_->verticalScrollBar()->value();
        text_->setPlainText(json);
        text_->verticalScrollBar()->setValue(scroll);
        isShowing_ = wasShowing;
    }
    pause_->stop();
    setProblem({});
}

bool JsonView::apply() {
    pause_->stop();
    if (state_.isReadOnly()) {
        return true;
    }
    const std::string json = text_->toPlainText().toStdString();
    // A draft may be unfinished; as long as it is what the fields say, there is nothing to read.
    if (json == extract::writeDraft(state_.draft())) {
        setProblem({});
        return true;
    }
    auto draft = extract::parseDraft(json, "JSON");
    if (!draft.ok()) {
        setProblem(QString::fromStdString(draft.error().message));
        return false;
    }
    setProblem({});
    const bool wasApplying = std::exchange(isApplying_, true);
    state_.change(tr("Edit JSON"), QStringLiteral("json"), [&](extract::TemplateDraft& changed) {
        const std::string id = changed.id; // belongs to the gallery
        changed = std::move(draft).value();
        changed.id = id;
        return state_.selected();
    });
    isApplying_ = wasApplying;
    return true;
}

void JsonView::setProblem(const QString& problem) {
    QString text = problem;
    static const QRegularExpression byte(QStringLiteral("at byte (\\d+)"));
    if (const auto match = byte.match(problem); match.hasMatch()) {
        const QByteArray before =
            text_->toPlainText().toUtf8().left(match.captured(1).toLongLong());
        text += QStringLiteral(" (") + tr("line %1").arg(before.count('\n') + 1) + QLatin1Char(')');
    }
    const bool isChanged = hasProblem_ != !problem.isEmpty();
    hasProblem_ = !problem.isEmpty();
    banner_->say(Tone::Bad, hasProblem_ ? QStringLiteral("! ") + text : QString());
    if (isChanged) {
        emit problemChanged();
    }
}

} // namespace attest::gui
