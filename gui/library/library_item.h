// A document as the list holds it, with what sorting and painting would otherwise compute again and
// again.
#pragma once

#include "base/result.h"
#include "storage/library_list.h"

#include <QCollatorSortKey>
#include <QString>

#include <vector>

namespace attest::storage {
class Database;
} // namespace attest::storage

namespace attest::gui {

struct LibraryItem {
    storage::LibraryRow row;
    QString name;
    QString place; // "Anticoagulation audit / 2026"; without a collection "PDF · 12 kB"
    QString templateTitle;
    QCollatorSortKey nameKey; // letter9 before letter10, case does not matter
};

enum class ItemSet { Kept, Trashed };

LibraryItem makeItem(storage::LibraryRow row);

// Every document of the set, newest first. Any thread that owns `db`. Errors: Storage, Io.
Result<std::vector<LibraryItem>>
loadItems(storage::Database& db, ItemSet set, double reviewThreshold);

// Whether a document of ItemSet::Kept belongs to the list: storage::SmartList says which states.
bool belongsTo(storage::SmartList list, storage::DocumentState state);

} // namespace attest::gui
