// Line icons drawn in a colour of the palette.
#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

namespace attest::gui {

// The SVG's "currentColor" becomes `color`, and `disabled` for disabled buttons. An unknown name is
// an empty icon.
QIcon svgIcon(const QString& resource, const QColor& color, const QColor& disabled);

} // namespace attest::gui
