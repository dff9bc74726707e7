// What a list without documents says: each one what it is for and what to do next.
#pragma once

#include "gui/app/context.h"
#include "storage/library_list.h"

#include <QString>

namespace attest::gui {

class EmptyState;
class LibraryHeader;
class LibraryState;

struct EmptyReason {
    storage::SmartList list = storage::SmartList::All;
    QString collection;
    QString searchText;       // not empty: nothing was found
    bool isFiltering = false; // there are documents, but the filters hide them
};

// Fills `view`; its buttons use the navigator, `state` and `header`.
void showEmptyList(EmptyState& view,
                   const EmptyReason& reason,
                   AppContext& app,
                   LibraryState& state,
                   LibraryHeader& header);

} // namespace attest::gui
