#include "gui/library/library_item.h"

#include "gui/library/library_text.h"

#include <QCollator>
#include <QLocale>

#include <utility>

namespace attest::gui {

namespace {

QCollator makeCollator() {
    // The C locale knows no numbers in names.
    const QLocale user;
    QCollator collator(user.language() == QLocale::C ? QLocale(QLocale::English) : user);
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    return collator;
}

LibraryItem makeItemWith(const QCollator& collator, storage::LibraryRow row) {
    const QString name = QString::fromStdString(row.fileName);
    QString place = QString::fromStdString(row.collection);
    const QString folder = QString::fromStdString(row.folder);
    if (!folder.isEmpty() && folder != place) {
        place += (place.isEmpty() ? QString() : QStringLiteral(" / ")) + folder;
    }
    if (place.isEmpty()) {
        place = kindText(row.kind) + QStringLiteral(" · ") + byteText(row.byteSize);
    }
    QString title = QString::fromStdString(row.templateTitle);
    QCollatorSortKey key = collator.sortKey(name);
    return {std::move(row), name, std::move(place), std::move(title), std::move(key)};
}

} // namespace

LibraryItem makeItem(storage::LibraryRow row) {
    return makeItemWith(makeCollator(), std::move(row));
}

Result<std::vector<LibraryItem>>
loadItems(storage::Database& db, ItemSet set, double reviewThreshold) {
    storage::LibraryFilter filter;
    filter.list = set == ItemSet::Trashed ? storage::SmartList::Trash : storage::SmartList::All;
    filter.reviewThreshold = reviewThreshold;
    ATTEST_TRY_ASSIGN(auto rows, storage::listLibrary(db, filter));

    const QCollator collator = makeCollator();
    std::vector<LibraryItem> items;
    items.reserve(rows.size());
    for (storage::LibraryRow& row : rows) {
        items.push_back(makeItemWith(collator, std::move(row)));
    }
    return items;
}

bool belongsTo(storage::SmartList list, storage::DocumentState state) {
    using storage::DocumentState;
    switch (list) {
    case storage::SmartList::Inbox:
        return state == DocumentState::New || state == DocumentState::Waiting ||
               state == DocumentState::Running || state == DocumentState::Cancelled;
    case storage::SmartList::ToReview:
        return state == DocumentState::ToReview;
    case storage::SmartList::Reviewed:
        return state == DocumentState::Reviewed;
    case storage::SmartList::Failed:
        return state == DocumentState::Failed || state == DocumentState::NoText;
    case storage::SmartList::All:
    case storage::SmartList::Trash:
        return true;
    }
    return true;
}

} // namespace attest::gui
