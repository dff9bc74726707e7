// What could not be added and why.
#pragma once

class QWidget;

namespace attest::gui {

struct ImportReport;

void openRefusedDialog(QWidget* parent, const ImportReport& report);

} // namespace attest::gui
