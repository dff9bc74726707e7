#include "gui/review/review_actions.h"

#include "gui/theme/theme.h"
#include "gui/widgets/key_button.h"

#include <QCoreApplication>
#include <QStringList>
#include <QWidget>

#include <initializer_list>

namespace attest::gui {

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(ReviewActions)
};

QAction* makeAction(QWidget* page,
                    const QString& text,
                    const QString& tip,
                    const QList<QKeySequence>& keys) {
    auto* action = new QAction(text, page);
    action->setToolTip(tip);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    page->addAction(action);
    return action;
}

KeyLine line(const QAction* action) {
    QStringList keys;
    for (const QKeySequence& key : action->shortcuts()) {
        // The plus of "Ctrl++" is a key, not a joint.
        const QString text = key == QKeySequence(Qt::CTRL | Qt::Key_Plus) ? QStringLiteral("Ctrl +")
                                                                          : keyCapText(key);
        if (!keys.contains(text) && !text.contains(QLatin1String("Enter")) &&
            text != QLatin1String("Shift ?")) {
            keys << text;
        }
    }
    return {keys.join(Words::tr(" or ")), action->toolTip()};
}

QList<QKeySequence> keys(std::initializer_list<QKeySequence> list) {
    return QList<QKeySequence>(list);
}

} // namespace

ReviewActions::ReviewActions(QWidget* page, const Theme& theme) {
    const auto add =
        [page](const QString& text, const QString& tip, const QList<QKeySequence>& shortcuts) {
            return makeAction(page, text, tip, shortcuts);
        };
    back = add(Words::tr("Library"),
               Words::tr("Back to where you came from"),
               keys({Qt::ALT | Qt::Key_Left}));
    undo = add(
        Words::tr("Undo"), Words::tr("Take back the last decision"), keys({QKeySequence::Undo}));
    redo = add(Words::tr("Redo"),
               Words::tr("Make the decision again"),
               keys({Qt::CTRL | Qt::SHIFT | Qt::Key_Z, Qt::CTRL | Qt::Key_Y}));
    next = add(Words::tr("Next to review"),
               Words::tr("Accept the value and go to the next one to review"),
               keys({Qt::Key_Return, Qt::Key_Enter}));
    finish = add(Words::tr("Finish document"),
                 Words::tr("Finish this document and go to the next"),
                 keys({Qt::CTRL | Qt::Key_Return, Qt::CTRL | Qt::Key_Enter}));
    accept = add(Words::tr("Accept"), Words::tr("The value is right"), keys({Qt::Key_A}));
    edit = add(Words::tr("Edit"),
               Words::tr("Write what is right; Enter saves, Esc cancels"),
               keys({Qt::Key_E, Qt::Key_F2}));
    reject = add(
        Words::tr("Reject"), Words::tr("The value is wrong and there is none"), keys({Qt::Key_X}));
    notStated = add(Words::tr("Not stated"),
                    Words::tr("The document does not say; then 1 to 6 for the reason"),
                    keys({Qt::Key_N}));
    flag = add(Words::tr("Flag"), Words::tr("Flag the value, with a note"), keys({Qt::Key_F}));
    clear = add(Words::tr("Undecide"),
                Words::tr("Back to what the machine said, undecided"),
                keys({Qt::Key_Backspace}));
    previousPlace = add(Words::tr("Previous place"),
                        Words::tr("The place before, where the same words stand"),
                        keys({Qt::Key_Comma}));
    nextPlace = add(Words::tr("Next place"),
                    Words::tr("The next place where the same words stand"),
                    keys({Qt::Key_Period}));
    usePlace = add(Words::tr("Use this place"),
                   Words::tr("The value stands here, not where the machine found it"),
                   keys({Qt::Key_U}));
    assign = add(Words::tr("Use selection"),
                 Words::tr("Use the text selected on the page as the value"),
                 keys({}));
    addRow = add(Words::tr("Add row"),
                 Words::tr("Add an item that the machine missed"),
                 keys({Qt::Key_Insert}));
    deleteRow = add(Words::tr("Delete row"),
                    Words::tr("The whole item is wrong, or bring it back"),
                    keys({Qt::Key_Delete}));
    acceptShown = add(Words::tr("Accept shown"),
                      Words::tr("Accept all shown values above the threshold, as one step"),
                      keys({Qt::CTRL | Qt::SHIFT | Qt::Key_A}));
    nextDocument = add(Words::tr("Next document"), Words::tr("Next document"), keys({Qt::Key_J}));
    previousDocument =
        add(Words::tr("Previous document"), Words::tr("Previous document"), keys({Qt::Key_K}));
    skip = add(Words::tr("Skip document"),
               Words::tr("Go to the next document to review and leave this one as it is"),
               keys({Qt::Key_S, Qt::CTRL | Qt::Key_Space}));
    goToPage = add(Words::tr("Go to page"), Words::tr("Go to a page"), keys({Qt::Key_G}));
    find = add(Words::tr("Find"), Words::tr("Find in the document"), keys({QKeySequence::Find}));
    zoomIn = add(Words::tr("Larger"),
                 Words::tr("Show the page larger"),
                 keys({Qt::CTRL | Qt::Key_Plus, Qt::CTRL | Qt::Key_Equal}));
    zoomOut = add(
        Words::tr("Smaller"), Words::tr("Show the page smaller"), keys({Qt::CTRL | Qt::Key_Minus}));
    fitWidth = add(Words::tr("Fit width"),
                   Words::tr("As wide as there is room"),
                   keys({Qt::CTRL | Qt::Key_0}));
    otherPane = add(
        Words::tr("Other side"), Words::tr("Between the page and the fields"), keys({Qt::Key_F6}));
    help = add(Words::tr("Keys"),
               Words::tr("Show this sheet"),
               keys({QKeySequence(QStringLiteral("?")), QKeySequence(QStringLiteral("Shift+?"))}));
    const auto refreshIcons = [this, &theme] {
        undo->setIcon(theme.icon(QStringLiteral("undo")));
        redo->setIcon(theme.icon(QStringLiteral("redo")));
        find->setIcon(theme.icon(QStringLiteral("search")));
        help->setIcon(theme.icon(QStringLiteral("help")));
        zoomIn->setIcon(theme.icon(QStringLiteral("zoom-in")));
        zoomOut->setIcon(theme.icon(QStringLiteral("zoom-out")));
        fitWidth->setIcon(theme.icon(QStringLiteral("fit-width")));
        flag->setIcon(theme.icon(QStringLiteral("flag")));
    };
    refreshIcons();
    QObject::connect(&theme, &Theme::changed, page, refreshIcons);
}

std::vector<KeySection> ReviewActions::sections() const {
    return {
        {Words::tr("Fields"),
         {{Words::tr("↓ ↑, Tab, Shift Tab"), Words::tr("Next and previous field")},
          line(next),
          {Words::tr("← →"), Words::tr("Close and open a record")},
          line(flag),
          line(addRow),
          line(deleteRow),
          line(acceptShown)}},
        {Words::tr("Decide"),
         {line(accept),
          line(edit),
          line(reject),
          line(notStated),
          line(clear),
          line(undo),
          line(redo)}},
        {Words::tr("Place"),
         {line(previousPlace),
          line(nextPlace),
          line(usePlace),
          {keyCapText(QKeySequence(Qt::CTRL | Qt::Key_Return)),
           Words::tr("Use the text selected on the page")}}},
        {Words::tr("Page"),
         {line(goToPage),
          {Words::tr("PgUp, PgDn"), Words::tr("Previous and next page")},
          line(zoomIn),
          line(zoomOut),
          line(fitWidth),
          line(find),
          line(otherPane)}},
        {Words::tr("Documents"),
         {line(nextDocument), line(previousDocument), line(skip), line(finish), line(back)}},
    };
}

} // namespace attest::gui
