#include "gui/widgets/banner.h"

#include "gui/theme/style_sheet.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace attest::gui {

namespace {

const char* roleOf(Tone tone) {
    switch (tone) {
    case Tone::Ok:
        return "banner-ok";
    case Tone::Warn:
        return "banner-warn";
    case Tone::Bad:
        return "banner-bad";
    case Tone::Neutral:
    case Tone::Accent:
        break;
    }
    return "banner-accent";
}

} // namespace

Banner::Banner(Closing closing, QWidget* parent)
    : QWidget(parent), frame_(new QFrame), text_(new QLabel) {
    text_->setWordWrap(true);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* inside = new QHBoxLayout(frame_);
    inside->addWidget(text_, 1);
    if (closing == Closing::Dismissable) {
        auto* dismiss = new QPushButton(tr("Dismiss"));
        dismiss->setToolTip(tr("Hides this message"));
        setRole(dismiss, "quiet");
        inside->addWidget(dismiss);
        connect(dismiss, &QPushButton::clicked, this, &Banner::clear);
    }
    setContentsMargins(measure::kEdge, measure::kInside, measure::kEdge, measure::kInside);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(frame_);
    clear();
}

void Banner::say(Tone tone, const QString& text) {
    setRole(frame_, roleOf(tone));
    text_->setText(text);
    setAccessibleName(text);
    setVisible(!text.isEmpty());
}

void Banner::clear() {
    say(Tone::Neutral, {});
}

QString Banner::text() const {
    return text_->text();
}

} // namespace attest::gui
