#include "gui/theme/svg_icon.h"

#include <QByteArray>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

namespace attest::gui {

namespace {

class LineIconEngine final : public QIconEngine {
public:
    LineIconEngine(QByteArray svg, QColor color, QColor disabled)
        : svg_(std::move(svg)), color_(std::move(color)), disabled_(std::move(disabled)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        QByteArray drawn = svg_;
        drawn.replace("currentColor",
                      (mode == QIcon::Disabled ? disabled_ : color_).name().toLatin1());
        QSvgRenderer renderer(drawn);
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        renderer.render(painter, QRectF(rect));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return pixmap;
    }

    QIconEngine* clone() const override { return new LineIconEngine(svg_, color_, disabled_); }

private:
    QByteArray svg_;
    QColor color_;
    QColor disabled_;
};

} // namespace

QIcon svgIcon(const QString& resource, const QColor& color, const QColor& disabled) {
    QFile file(resource);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    return QIcon(new LineIconEngine(file.readAll(), color, disabled));
}

} // namespace attest::gui
