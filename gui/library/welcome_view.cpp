#include "gui/library/welcome_view.h"

#include "gui/app/navigator.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace attest::gui {

WelcomeView::WelcomeView(AppContext& app, QWidget* parent)
    : QWidget(parent)
    , app_(app)
    , add_(new QPushButton(tr("Add documents"), this))
    , samples_(new QPushButton(tr("Try with sample documents"), this))
    , mark_(new QLabel(this)) {
    setRole(this, "surface");
    setAccessibleName(tr("Welcome"));
    auto* title =
        new QLabel(tr("Attest reads documents and shows where every value stands."), this);
    setRole(title, "title");
    title->setAlignment(Qt::AlignCenter);
    title->setWordWrap(true);
    auto* text = new QLabel(
        tr("Add PDFs or notes, or drop them anywhere on this window. Review what was read beside "
           "the page, then export it as a table."),
        this);
    setRole(text, "muted");
    text->setAlignment(Qt::AlignCenter);
    text->setWordWrap(true);
    setRole(add_, "primary");
    add_->setToolTip(tr("Choose PDFs and text files (Ctrl+O)"));
    samples_->setToolTip(tr("Adds fictitious letters, results and invoices and reads them"));
    auto* privacy = new QPushButton(
        tr("Everything stays on this machine: this program has no network code."), this);
    setRole(privacy, "quiet");
    privacy->setToolTip(tr("See how that is checked"));

    auto* column = new QVBoxLayout;
    column->setSpacing(measure::kEdge);
    column->addStretch(2);
    column->addWidget(mark_, 0, Qt::AlignHCenter);
    column->addWidget(title);
    column->addWidget(text);
    column->addSpacing(measure::kInside);
    column->addWidget(add_, 0, Qt::AlignHCenter);
    column->addWidget(samples_, 0, Qt::AlignHCenter);
    column->addSpacing(measure::kBetween);
    column->addWidget(privacy, 0, Qt::AlignHCenter);
    column->addStretch(3);
    auto* row = new QHBoxLayout(this);
    row->addStretch(1);
    row->addLayout(column, 3);
    row->addStretch(1);

    connect(add_, &QPushButton::clicked, this, [this] { emit app_.navigator.addFilesRequested(); });
    connect(samples_, &QPushButton::clicked, this, [this] {
        emit samplesAsked();
        emit app_.navigator.samplesRequested();
    });
    connect(privacy, &QPushButton::clicked, this, [this] {
        app_.navigator.openSettings(QStringLiteral("privacy"));
    });
    connect(&app.theme, &Theme::changed, this, &WelcomeView::refresh);
    refresh();
}

void WelcomeView::refresh() {
    const int size = app_.theme.px(56);
    mark_->setPixmap(app_.theme.icon(QStringLiteral("attest"), Token::Accent)
                         .pixmap(QSize(size, size), devicePixelRatioF()));
    const int wide = app_.theme.px(240);
    for (QPushButton* button : {add_, samples_}) {
        button->setMinimumWidth(wide);
    }
}

} // namespace attest::gui
