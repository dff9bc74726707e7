// Whether a model is right as often as it says: values by how sure it was of them.
#pragma once

#include "extract/evaluate.h"

#include <QWidget>

class QLabel;
class QTableWidget;

namespace attest::gui {

class Theme;

class ConfidenceView final : public QWidget {
    Q_OBJECT

public:
    ConfidenceView(const Theme& theme, QWidget* parent);

    void fill(const extract::Evaluation& evaluation);

    QTableWidget& table() const { return *table_; }

private:
    const Theme& theme_;
    QLabel* summary_;
    QTableWidget* table_;
};

} // namespace attest::gui
