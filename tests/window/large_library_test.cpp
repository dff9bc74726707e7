// Five thousand documents are an ordinary library.
#include "window/window_test_support.h"

#include "base/sha256.h"
#include "storage/library_list.h"
#include "support/catch.h"

#include <QAbstractItemModel>
#include <QApplication>
#include <QLineEdit>
#include <QTest>
#include <QTreeView>

namespace attest::gui {

namespace {

constexpr int kDocuments = 5000;

// The table that shows the library.
QTreeView* libraryTable(MainWindow& window) {
    for (QTreeView* table : window.findChildren<QTreeView*>()) {
        if (table->isVisible()) {
            return table;
        }
    }
    return nullptr;
}

} // namespace

TEST_CASE("A library of 5,000 documents is listed whole and narrowed as one types", "[window]") {
    WindowTest test;
    std::vector<storage::NewSource> sources;
    for (int i = 0; i < kDocuments; ++i) {
        storage::NewSource source;
        source.fileName = "letter-" + std::to_string(i) + ".txt";
        source.kind = "text";
        source.content = "Letter number " + std::to_string(i);
        source.sha256 = sha256Hex(source.content);
        source.byteSize = static_cast<std::int64_t>(source.content.size());
        sources.push_back(std::move(source));
    }
    test.inLibrary([&](storage::Database& db) {
        return storage::registerSources(db, sources, 1'790'000'000);
    });

    emit test.store().documentsChanged();

    REQUIRE(waitUntil([&] {
        QTreeView* table = libraryTable(test.window());
        return table != nullptr && table->model()->rowCount() == kDocuments;
    }));
    test.press(Qt::Key_F, Qt::ControlModifier);
    auto* box = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    REQUIRE(box != nullptr);
    test.type(QStringLiteral("letter-4321"));
    CHECK(waitUntil([&] {
        QTreeView* table = libraryTable(test.window());
        return table != nullptr && table->model()->rowCount() == 1;
    }));
}

} // namespace attest::gui
