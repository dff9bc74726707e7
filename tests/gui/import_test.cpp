#include "gui/gui_test_support.h"
#include "gui/import/drop_overlay.h"
#include "gui/import/folder_watcher.h"
#include "gui/import/importer.h"
#include "storage/library_list.h"
#include "storage/setting_store.h"
#include "support/catch.h"

#include <QMimeData>
#include <QTest>
#include <QUrl>

#include <fstream>

namespace attest::gui {

namespace {

std::filesystem::path write(const TestApp& app, const std::string& name, const std::string& bytes) {
    const std::filesystem::path file = app.folder() / "given" / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
    return file;
}

QString qt(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

ImportReport import(Importer& importer, const QStringList& paths, const ImportQuestion& question) {
    ImportReport report;
    bool isDone = false;
    QObject context;
    QObject::connect(&importer, &Importer::finished, &context, [&](const ImportReport& ended) {
        report = ended;
        isDone = true;
    });
    importer.addPaths(paths, question);
    REQUIRE(waitUntil([&] { return isDone; }));
    return report;
}

std::int64_t documentCount(TestApp& app) {
    return app.inLibrary([](storage::Database& db) { return storage::libraryCounts(db, 0.9); }).all;
}

DropOffer offerOf(const QList<QUrl>& urls) {
    QMimeData data;
    data.setUrls(urls);
    return judgeDrop(data);
}

} // namespace

TEST_CASE("Adding files says what is new, known and refused, and touches none", "[gui][import]") {
    TestApp app;
    Importer importer(app.context(), nullptr);
    const auto note = write(app, "ward/note.txt", "Aspirin 100 mg");
    write(app, "ward/copy.txt", "Aspirin 100 mg");
    write(app, "ward/march/other.md", "Metformin 500 mg");
    write(app, "ward/picture.png", "png");
    const auto binary = write(app, "letter.docx", std::string("PK\x03\x04\0\0", 6));
    const auto before = std::filesystem::last_write_time(note);

    const ImportReport report =
        import(importer, {qt(note.parent_path()), qt(binary), QStringLiteral("/no/such.pdf")}, {});

    CHECK(report.added.size() == 2);
    CHECK(report.known.size() == 1); // the copy has the same bytes
    REQUIRE(report.refused.size() == 2);
    CHECK(report.skipped.at(".png") == 1);
    CHECK(documentCount(app) == 2);
    CHECK(std::filesystem::last_write_time(note) == before);
    const auto rows =
        app.inLibrary([](storage::Database& db) { return storage::listLibrary(db, {}); });
    for (const storage::LibraryRow& row : rows) {
        CHECK(row.collection == "ward");
        CHECK(row.state == storage::DocumentState::New);
    }
}

TEST_CASE("Documents are asked when a template is named", "[gui][import]") {
    TestApp app;
    Importer importer(app.context(), nullptr);
    std::int64_t jobs = 0;
    QObject context;
    QObject::connect(
        &app.jobs(), &JobQueue::enqueued, &context, [&](qint64 added) { jobs += added; });
    ImportQuestion question;
    question.templateId = QStringLiteral("medications");

    const auto note = write(app, "note.txt", "Aspirin 100 mg");
    import(importer, {qt(note)}, question);

    REQUIRE(waitUntil([&] { return jobs == 1; }));
    const ImportReport again = import(importer, {qt(note)}, question);
    CHECK(again.added.empty());
    QTest::qWait(100);
    CHECK(jobs == 1); // a document that is known already is not asked again
}

TEST_CASE("A pasted note is a document of its own", "[gui][import]") {
    TestApp app;
    Importer importer(app.context(), nullptr);
    int finished = 0;
    std::size_t refused = 0;
    QObject context;
    QObject::connect(&importer, &Importer::finished, &context, [&](const ImportReport& report) {
        ++finished;
        refused += report.refused.size();
    });

    importer.addNote(QStringLiteral("Aspirin 100 mg"), QStringLiteral("Phone call"), {});
    importer.addNote(QStringLiteral(" \n "), {}, {});

    REQUIRE(waitUntil([&] { return finished == 2; }));
    CHECK(refused == 1);
    const auto rows =
        app.inLibrary([](storage::Database& db) { return storage::listLibrary(db, {}); });
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].fileName == "Phone call");
    CHECK(rows[0].path.empty());
}

TEST_CASE("A drag is judged by what it brings", "[gui][import]") {
    TestApp app;
    const auto folder = write(app, "ward/note.txt", "x").parent_path();

    const DropOffer mixed = offerOf({QUrl::fromLocalFile(qt(folder)),
                                     QUrl::fromLocalFile(QStringLiteral("/a/letter.PDF")),
                                     QUrl::fromLocalFile(QStringLiteral("/a/model.gguf")),
                                     QUrl::fromLocalFile(QStringLiteral("/a/mine.json")),
                                     QUrl::fromLocalFile(QStringLiteral("/a/text.pages")),
                                     QUrl(QStringLiteral("smb://server/share/letter.pdf"))});
    const DropOffer remote = offerOf({QUrl(QStringLiteral("https://example.org/a.pdf"))});
    QMimeData text;
    text.setText(QStringLiteral("file:///a/letter.pdf"));

    CHECK(mixed.isAcceptable());
    CHECK(mixed.folders == 1);
    CHECK(mixed.documents == 1);
    CHECK(mixed.models == 1);
    CHECK(mixed.templates == 1);
    CHECK(mixed.remote == 1);
    CHECK(mixed.refused == QStringList{QStringLiteral(".pages")});
    CHECK(mixed.paths.size() == 4);
    CHECK_FALSE(remote.isAcceptable());
    CHECK_FALSE(judgeDrop(text).isAcceptable());
}

TEST_CASE("A watched folder brings in what has settled, once, and not what was thrown away",
          "[gui][import]") {
    TestApp app;
    const auto first = write(app, "inbox/first.txt", "Aspirin 100 mg");
    app.inLibrary([&](storage::Database& db) {
        return storage::saveWatchedFolder(db, {first.parent_path().string(), "", true, 1});
    });
    Importer importer(app.context(), nullptr);
    FolderWatcher watcher(app.context(), importer, nullptr);

    watcher.reload();
    REQUIRE(waitUntil([&] { return documentCount(app) == 1; }));

    // A later file, in a new folder inside, written in two steps.
    const auto second = write(app, "inbox/ward/second.txt", "Metformin");
    QTest::qWait(1000);
    std::ofstream(second, std::ios::app) << " 500 mg";
    REQUIRE(waitUntil([&] { return documentCount(app) == 2; }, std::chrono::seconds(45)));
    const auto rows =
        app.inLibrary([](storage::Database& db) { return storage::listLibrary(db, {}); });
    for (const storage::LibraryRow& row : rows) {
        if (row.fileName == "second.txt") {
            CHECK(row.byteSize == 16); // whole, not the first half
        }
    }

    // What is in the trash stays there when the folder is looked at anew.
    app.inLibrary(
        [&](storage::Database& db) { return storage::moveToTrash(db, {rows[0].documentId}, 1); });
    FolderWatcher later(app.context(), importer, nullptr);
    later.reload();
    QTest::qWait(3000);
    CHECK(documentCount(app) == 1);
}

} // namespace attest::gui
