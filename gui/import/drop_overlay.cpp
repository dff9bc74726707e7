#include "gui/import/drop_overlay.h"

#include "extract/intake.h"
#include "gui/app/navigator.h"
#include "gui/app/settings.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileInfo>
#include <QLabel>
#include <QMimeData>
#include <QPainter>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace attest::gui {

namespace {

constexpr qsizetype kMostUrls = 100'000;

QString whatItBrings(const DropOffer& offer) {
    QStringList parts;
    if (offer.documents > 0) {
        parts.append(DropOverlay::tr("%n document(s)", nullptr, offer.documents));
    }
    if (offer.folders > 0) {
        parts.append(DropOverlay::tr("%n folder(s)", nullptr, offer.folders));
    }
    if (offer.models > 0) {
        parts.append(DropOverlay::tr("%n model(s)", nullptr, offer.models));
    }
    if (offer.templates > 0) {
        parts.append(DropOverlay::tr("%n template(s)", nullptr, offer.templates));
    }
    return parts.join(QStringLiteral(", "));
}

QString whatIsLeftOut(const DropOffer& offer) {
    QStringList parts;
    if (!offer.refused.isEmpty()) {
        parts.append(DropOverlay::tr("Attest cannot read %1 files.")
                         .arg(offer.refused.join(QStringLiteral(", "))));
    }
    if (offer.remote > 0) {
        parts.append(DropOverlay::tr("Files on other machines have to be copied here first."));
    }
    return parts.join(QLatin1Char('\n'));
}

} // namespace

DropOffer judgeDrop(const QMimeData& data) {
    DropOffer offer;
    if (!data.hasUrls()) {
        return offer;
    }
    const QList<QUrl> urls = data.urls();
    for (qsizetype i = 0; i < std::min(urls.size(), kMostUrls); ++i) {
        const QUrl& url = urls[i];
        if (!url.isLocalFile()) {
            ++offer.remote;
            continue;
        }
        const QString path = url.toLocalFile();
        const QString extension = QFileInfo(path).suffix().toLower();
        if (QFileInfo(path).isDir()) {
            ++offer.folders;
        } else if (extension == QLatin1String("gguf")) {
            ++offer.models;
        } else if (extension == QLatin1String("json")) {
            ++offer.templates;
        } else if (extension.isEmpty() || extract::isDocumentName(path.toStdString()) ||
                   extract::isNotesFile(path.toStdString())) {
            ++offer.documents;
        } else {
            const QString shown = QLatin1Char('.') + extension;
            if (!offer.refused.contains(shown)) {
                offer.refused.append(shown);
            }
            continue;
        }
        offer.paths.append(path);
    }
    return offer;
}

DropOverlay::DropOverlay(AppContext& app, QWidget* parent)
    : QWidget(parent), app_(app), title_(new QLabel(this)), text_(new QLabel(this)) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setRole(title_, "title");
    setRole(text_, "muted");
    title_->setAlignment(Qt::AlignCenter);
    text_->setAlignment(Qt::AlignCenter);
    auto* layout = new QVBoxLayout(this);
    layout->addStretch();
    layout->addWidget(title_);
    layout->addWidget(text_);
    layout->addStretch();
    hide();
    parent->setAcceptDrops(true);
    parent->installEventFilter(this);
}

void DropOverlay::open(const DropOffer& offer) {
    isAcceptable_ = offer.isAcceptable();
    title_->setText(isAcceptable_ ? tr("Drop %1").arg(whatItBrings(offer))
                                  : tr("These cannot be added"));
    const QString leftOut = whatIsLeftOut(offer);
    if (!isAcceptable_) {
        text_->setText(leftOut);
    } else {
        const bool asks = app_.settings.extractsOnAdd() && offer.documents + offer.folders > 0;
        const QString next =
            asks ? tr("They will be read with the template “%1”. Your files stay where they are.")
                       .arg(app_.settings
                                .value(QStringLiteral("library/templateTitle"),
                                       app_.settings.lastTemplate())
                                .toString())
                 : tr("Your files stay where they are.");
        text_->setText(leftOut.isEmpty() ? next : next + QLatin1Char('\n') + leftOut);
    }
    setGeometry(parentWidget()->rect());
    show();
    raise();
}

bool DropOverlay::eventFilter(QObject* watched, QEvent* event) {
    if (watched != parentWidget()) {
        return QWidget::eventFilter(watched, event);
    }
    switch (event->type()) {
    case QEvent::DragEnter: {
        auto* drag = static_cast<QDragEnterEvent*>(event);
        if (!drag->mimeData()->hasUrls()) {
            return false; // text and rows of our own lists are none of our business
        }
        const DropOffer offer = judgeDrop(*drag->mimeData());
        open(offer);
        // Accepted either way: the reason has to stay on the screen while the mouse is over it.
        drag->setDropAction(Qt::CopyAction);
        drag->accept();
        return true;
    }
    case QEvent::DragMove: {
        auto* drag = static_cast<QDragMoveEvent*>(event);
        if (!isVisible()) {
            return false;
        }
        drag->setDropAction(isAcceptable_ ? Qt::CopyAction : Qt::IgnoreAction);
        drag->setAccepted(isAcceptable_);
        return true;
    }
    case QEvent::DragLeave:
        hide();
        return false;
    case QEvent::Drop: {
        auto* drop = static_cast<QDropEvent*>(event);
        if (!drop->mimeData()->hasUrls()) {
            return false;
        }
        const DropOffer offer = judgeDrop(*drop->mimeData());
        hide();
        drop->setDropAction(Qt::CopyAction);
        drop->accept();
        const QString leftOut = whatIsLeftOut(offer);
        if (!leftOut.isEmpty()) {
            app_.navigator.showToast({leftOut, {}, {}});
        }
        if (offer.isAcceptable()) {
            emit app_.navigator.filesOffered(offer.paths);
        }
        return true;
    }
    case QEvent::Resize:
        setGeometry(parentWidget()->rect());
        return false;
    default:
        return false;
    }
}

void DropOverlay::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = app_.theme.color(isAcceptable_ ? Token::AccentBackground : Token::BadBackground);
    veil.setAlphaF(0.94F);
    painter.fillRect(rect(), veil);
    QPen pen(app_.theme.color(isAcceptable_ ? Token::Accent : Token::Bad), 2, Qt::DashLine);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    const int edge = measure::kBetween;
    painter.drawRoundedRect(QRectF(rect()).adjusted(edge, edge, -edge, -edge),
                            measure::kCardRadius,
                            measure::kCardRadius);
}

} // namespace attest::gui
