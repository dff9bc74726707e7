// What a palette cannot say: corners, paddings, focus rings. One sheet for the whole application.
//
// Widgets choose a look with dynamic properties, set before they are shown:
//   role = "primary" | "quiet" | "danger"   buttons: the one primary action; no frame until hovered
//   role = "bar" | "sidebar" | "card" | "surface" | "banner-warn" | "banner-bad" | "banner-ok"
//                                            QFrame and QWidget containers
//   role = "muted" | "secondary" | "heading" | "brand" | "title" | "mono" | "bad" | "warn"
//                                            QLabel
#pragma once

#include <QString>

class QWidget;

namespace attest::gui {

class Theme;

QString buildStyleSheet(const Theme& theme);

// Sets the property "role" and lets the sheet look again.
void setRole(QWidget* widget, const char* role);

} // namespace attest::gui
