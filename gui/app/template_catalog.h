// The templates a person can choose from: the built-in ones and their own.
#pragma once

#include "base/result.h"
#include "storage/result_store.h"

#include <QObject>
#include <QString>

#include <functional>
#include <vector>

namespace attest::gui {

class Store;

struct CatalogEntry {
    storage::TemplateRecord record;
    QString layout; // "rows", "record", "summary"
    bool isBuiltIn = false;
};

// Built-in ones first, then the user's own, each by title. An own template with the id of a
// built-in one stands in its place. Templates that no longer parse are left out. Answers on the GUI
// thread, while `context` lives.
void listTemplates(Store& store,
                   QObject* context,
                   std::function<void(Result<std::vector<CatalogEntry>>)> then);

// Errors: NotFound.
void findTemplateRecord(Store& store,
                        QObject* context,
                        const QString& id,
                        std::function<void(Result<storage::TemplateRecord>)> then);

// kRunSummary for the layout "summary", else kRunExtraction.
QString runKindOf(const storage::TemplateRecord& record);

} // namespace attest::gui
