// Lays widgets out in lines, as words of a text: for rows of buttons that have to fit any width.
#pragma once

#include <QLayout>

#include <vector>

namespace attest::gui {

class FlowLayout final : public QLayout {
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FlowLayout)

public:
    explicit FlowLayout(QWidget* parent);
    ~FlowLayout() override;

    // The last item goes to the right edge when all fit into one line.
    void setSpread(bool isSpread) { isSpread_ = isSpread; }

    void addItem(QLayoutItem* item) override;
    int count() const override;
    QLayoutItem* itemAt(int index) const override;
    QLayoutItem* takeAt(int index) override;

    bool hasHeightForWidth() const override { return true; }

    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect& area) override;

private:
    int place(const QRect& area, bool isTrial) const;

    std::vector<QLayoutItem*> items_;
    bool isSpread_ = false;
};

} // namespace attest::gui
