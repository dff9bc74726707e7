// The current page's text for screen readers.
#pragma once

#include <QAccessibleInterface>
#include <QAccessibleTextInterface>
#include <QAccessibleWidget>

namespace attest::gui {

class PageView;

// Offsets are UTF-16 positions in the stored text of the current page.
class PageViewAccessible final : public QAccessibleWidget, public QAccessibleTextInterface {
public:
    // Makes Qt's accessibility tree use this class for every PageView. May be called again.
    static void install();

    explicit PageViewAccessible(PageView* view);

    void* interface_cast(QAccessible::InterfaceType type) override;
    QString text(QAccessible::Text which) const override;
    QAccessible::State state() const override;

    void selection(int index, int* start, int* end) const override;
    int selectionCount() const override;
    void addSelection(int start, int end) override;
    void removeSelection(int index) override;
    void setSelection(int index, int start, int end) override;
    int cursorPosition() const override;
    void setCursorPosition(int position) override;
    QString text(int start, int end) const override;
    int characterCount() const override;
    QRect characterRect(int offset) const override;
    int offsetAtPoint(const QPoint& point) const override;
    void scrollToSubstring(int start, int end) override;
    QString attributes(int offset, int* start, int* end) const override;

private:
    PageView& view() const;
};

} // namespace attest::gui
