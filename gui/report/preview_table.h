// The first lines of a table, as they will be written.
#pragma once

class QWidget;

namespace attest::extract {
struct PreviewTable;
} // namespace attest::extract

namespace attest::gui {

class Theme;

QWidget* makePreviewTable(const extract::PreviewTable& table, const Theme& theme, QWidget* parent);

} // namespace attest::gui
