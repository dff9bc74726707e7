#include "gui/help/guide_browser.h"

#include "extract/resources.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QPixmap>
#include <QRegularExpression>
#include <QUrl>

#include <cmath>

namespace attest::gui {

namespace {

// Beside the installed resources, or in the source tree; empty: there are none.
QString pictureFile(const QString& name) {
    const auto resources = extract::resourceFolder();
    if (!resources.ok()) {
        return {};
    }
    const QDir folder(QString::fromStdString(resources.value().string()));
    for (const char* place : {"guide/images", "../docs/images"}) {
        const QString file =
            folder.filePath(QLatin1String(place) + QLatin1Char('/') + QFileInfo(name).fileName());
        if (QFile::exists(file)) {
            return file;
        }
    }
    return {};
}

} // namespace

void GuideBrowser::showGuide(int pictureWidth) {
    pictureWidth_ = pictureWidth;
    QFile file(QStringLiteral(":/docs/guide.md"));
    if (!file.open(QIODevice::ReadOnly)) {
        return;
    }
    QString text = QString::fromUtf8(file.readAll());
    static const QRegularExpression picture(QStringLiteral("!\\[[^\\]]*\\]\\(([^)]+)\\)\\n*"));
    QRegularExpressionMatch match = picture.match(text);
    while (match.hasMatch()) {
        const bool isThere = !pictureFile(match.captured(1)).isEmpty();
        if (!isThere) {
            text.remove(match.capturedStart(), match.capturedLength());
        }
        match = picture.match(text, match.capturedStart() + (isThere ? match.capturedLength() : 0));
    }
    setMarkdown(text);
}

QVariant GuideBrowser::loadResource(int type, const QUrl& name) {
    // Only the guide's own pictures, whatever a text may name.
    const QString file =
        type == QTextDocument::ImageResource ? pictureFile(name.path()) : QString();
    QPixmap picture(file);
    if (file.isEmpty() || picture.isNull()) {
        return {};
    }
    const double ratio = devicePixelRatioF();
    picture = picture.scaledToWidth(static_cast<int>(std::lround(pictureWidth_ * ratio)),
                                    Qt::SmoothTransformation);
    picture.setDevicePixelRatio(ratio);
    return picture;
}

} // namespace attest::gui
