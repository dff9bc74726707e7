// Every control can be reached and named by a screen reader.
#include "window/window_test_support.h"

#include "gui/widgets/page.h"
#include "support/catch.h"

#include <QAbstractScrollArea>
#include <QAccessible>
#include <QApplication>
#include <QTest>
#include <QWidget>

#include <set>

namespace attest::gui {

namespace {

QString nameOf(QWidget* widget) {
    QAccessibleInterface* shown = QAccessible::queryAccessibleInterface(widget);
    return shown != nullptr ? shown->text(QAccessible::Name).trimmed() : QString();
}

// Scroll areas' viewports, tab bars inside tab widgets and the like are named by what holds them.
bool isPartOfControl(const QWidget* widget) {
    const auto* area = qobject_cast<const QAbstractScrollArea*>(widget->parentWidget());
    return widget->objectName().startsWith(QLatin1String("qt_")) ||
           (area != nullptr && area->viewport() == widget);
}

} // namespace

TEST_CASE("Every control of every page has a name", "[window][accessibility]") {
    QAccessible::setActive(true);
    WindowTest test;
    test.extract(test.copyOfSample("referral_note.txt"), "medications");
    test.summarize(test.copyOfSample("referral_note.txt"));
    emit test.store().documentsChanged();

    for (const PageId id : {PageId::Library,
                            PageId::Review,
                            PageId::Results,
                            PageId::Templates,
                            PageId::Models,
                            PageId::Evaluation,
                            PageId::Jobs,
                            PageId::Settings,
                            PageId::Help}) {
        if (id == PageId::Review) {
            const std::int64_t document = test.runOf("referral_note.txt").documentId;
            test.navigator().openReview({document, 0, {}, {document}});
        } else {
            test.navigator().openPage(id);
        }
        QTest::qWait(300);

        const auto widgets = test.window().findChildren<QWidget*>();
        for (QWidget* widget : widgets) {
            const bool isControl = widget->isVisible() && widget->focusPolicy() != Qt::NoFocus &&
                                   !isPartOfControl(widget);
            if (isControl) {
                CAPTURE(static_cast<int>(id),
                        widget->metaObject()->className(),
                        widget->objectName().toStdString(),
                        widget->parentWidget()->metaObject()->className());
                CHECK_FALSE(nameOf(widget).isEmpty());
            }
        }
    }
}

TEST_CASE("Tab goes through the library page and comes round", "[window][accessibility]") {
    WindowTest test;
    std::set<QWidget*> visited;
    QTest::qWait(200);

    for (int i = 0; i < 60; ++i) {
        test.press(Qt::Key_Tab);
        QWidget* focus = QApplication::focusWidget();
        REQUIRE(focus != nullptr);
        if (!visited.insert(focus).second) {
            break;
        }
    }

    CHECK(visited.size() >= 6);
    CHECK(visited.size() < 60);
}

} // namespace attest::gui
