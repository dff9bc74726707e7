#include "base/sha256.h"
#include "extract/resources.h"
#include "gui/gui_test_support.h"
#include "gui/templates/draft_edit.h"
#include "gui/templates/draft_lint.h"
#include "gui/templates/draft_state.h"
#include "gui/templates/field_tree.h"
#include "gui/templates/json_view.h"
#include "gui/templates/template_editor.h"
#include "gui/templates/templates_page.h"
#include "gui/templates/try_pane.h"
#include "gui/templates/value_forms.h"
#include "gui/templates/versions_view.h"
#include "storage/template_store.h"
#include "support/catch.h"

#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <string>

using namespace attest;
using namespace attest::gui;
using extract::DraftField;
using extract::FieldKind;
using extract::TemplateDraft;

namespace {

TemplateDraft builtIn(const std::string& id) {
    const auto text = extract::templateText(id);
    REQUIRE(text.ok());
    auto draft = extract::parseDraft(text.value(), id);
    REQUIRE(draft.ok());
    return std::move(draft).value();
}

bool hasIssue(const TemplateDraft& draft, DraftPath path, bool isError) {
    const auto issues = lintDraft(draft);
    return std::any_of(issues.begin(), issues.end(), [&](const DraftIssue& issue) {
        return issue.path == path && issue.isError == isError;
    });
}

bool hasErrors(const TemplateDraft& draft) {
    const auto issues = lintDraft(draft);
    return std::any_of(
        issues.begin(), issues.end(), [](const DraftIssue& issue) { return issue.isError; });
}

std::size_t fieldCount(const TemplateDraft& draft) {
    std::size_t count = draft.fields.size();
    for (const DraftField& field : draft.fields) {
        count += field.kind == FieldKind::Group ? field.fields.size() : 0;
    }
    return count;
}

const GalleryEntry* entryOf(const TemplatesPage& page, const std::string& id) {
    for (const GalleryEntry& entry : page.gallery()) {
        if (entry.record.id == id) {
            return &entry;
        }
    }
    return nullptr;
}

// Opens a copy of a built-in template for editing.
void duplicate(TemplatesPage& page, const std::string& id) {
    REQUIRE(waitUntil([&] { return page.gallery().size() >= 12; }));
    page.select(id);
    page.duplicateCurrent();
    REQUIRE(waitUntil([&] {
        return page.editor().state().draft().id == id + "-2" && !page.editor().state().isReadOnly();
    }));
}

} // namespace

TEST_CASE("built-in templates have no errors", "[gui][templates]") {
    const auto known = extract::builtInTemplates();
    REQUIRE(known.ok());
    for (const extract::Template& each : known.value()) {
        CAPTURE(each.id());
        CHECK_FALSE(hasErrors(builtIn(each.id())));
    }
}

TEST_CASE("lint stands at the field it is about", "[gui][templates]") {
    TemplateDraft draft = builtIn("medications"); // one group: drug, dose, …, status
    draft.fields[0].fields[2].name = draft.fields[0].fields[1].name;
    CHECK(hasIssue(draft, {0, 2}, true));

    draft = builtIn("medications");
    draft.fields[0].fields[3].name.clear();
    CHECK(hasIssue(draft, {0, 3}, true));

    draft = builtIn("medications");
    const auto status = std::find_if(draft.fields[0].fields.begin(),
                                     draft.fields[0].fields.end(),
                                     [](const auto& field) { return field.name == "status"; });
    const int statusIndex = int(status - draft.fields[0].fields.begin());
    status->choices.clear();
    CHECK(hasIssue(draft, {0, statusIndex}, true));
    status->choices = {"a|b"}; // only the parser knows that
    CHECK(hasIssue(draft, {0, statusIndex}, true));
    status->choices = {"a", "b"};
    status->isNullable = false;
    CHECK(hasIssue(draft, {0, statusIndex}, false)); // no way out: a hint
    CHECK_FALSE(hasErrors(draft));
    draft.fields[0].fields[1].pattern = "^[0-9";
    CHECK(hasIssue(draft, {0, 1}, true));

    draft = builtIn("invoice");
    DraftField person;
    person.name = "patient_name";
    person.description = "Whose invoice it is.";
    draft.fields.insert(draft.fields.begin(), person);
    CHECK(hasIssue(draft, {0, -1}, false));
    draft.fields[0].isIdentifier = true;
    CHECK_FALSE(hasIssue(draft, {0, -1}, false));

    CHECK(hasIssue(TemplateDraft{}, {}, true));
}

TEST_CASE("fields move, come and go without being lost", "[gui][templates]") {
    std::mt19937 random(7);
    const auto number = [&](int from, int to) {
        return std::uniform_int_distribution<int>(from, to)(random);
    };
    TemplateDraft draft = builtIn("laboratory_results");
    for (int step = 0; step < 2000; ++step) {
        const std::size_t before = fieldCount(draft);
        const DraftPath a{number(-1, 8), number(-1, 6)};
        const DraftPath b{number(-1, 8), number(-1, 6)};
        CAPTURE(step, a.field, a.inner, b.field, b.inner);
        switch (number(0, 3)) {
        case 0:
            moveField(draft, a, number(-3, 3));
            REQUIRE(fieldCount(draft) == before);
            break;
        case 1:
            moveFieldTo(draft, a, b);
            REQUIRE(fieldCount(draft) == before);
            break;
        case 2:
            if (before < 40) {
                const DraftPath added = addField(draft, a, FieldType(number(0, 6)), true);
                REQUIRE(fieldAt(draft, added) != nullptr);
            }
            break;
        default:
            if (before > 8) {
                removeField(draft, a);
            }
            break;
        }
        // Whatever was done, names stay distinct within a list.
        const auto again = extract::parseDraft(extract::writeDraft(draft), "moved");
        if (!again.ok()) {
            REQUIRE(again.error().message.find("twice") == std::string::npos);
        }
    }
}

TEST_CASE("undo and redo go through every change of a draft", "[gui][templates]") {
    DraftState state(nullptr);
    const TemplateDraft first = builtIn("medications");
    state.reset(first, first, false);
    for (int i = 0; i < 5; ++i) {
        state.change(QStringLiteral("add"), {}, [](TemplateDraft& draft) {
            return addField(draft, {}, FieldType::Date);
        });
    }
    for (const char* title : {"A", "An", "Ann"}) { // typing is one step
        state.change(QStringLiteral("title"), QStringLiteral("title"), [&](TemplateDraft& draft) {
            draft.title = title;
            return DraftPath{};
        });
    }
    const TemplateDraft last = state.draft();
    CHECK(state.undoStack().count() == 6);
    CHECK(state.isModified());

    while (state.undoStack().canUndo()) {
        state.undoStack().undo();
    }
    CHECK(state.draft() == first);
    CHECK_FALSE(state.isModified());
    while (state.undoStack().canRedo()) {
        state.undoStack().redo();
    }
    CHECK(state.draft() == last);
}

TEST_CASE("fields and JSON follow one another", "[gui][templates]") {
    TestApp app;
    TemplatesPage page(app.context(), nullptr);
    duplicate(page, "invoice");
    DraftState& state = page.editor().state();
    JsonView& json = page.editor().json();

    page.editor().fields().addField(FieldType::Choice);
    CHECK(json.text().toPlainText().contains(QStringLiteral("\"field\"")));

    QString text = json.text().toPlainText();
    text.replace(QStringLiteral("\"field\""), QStringLiteral("\"payment_method\""));
    json.text().setPlainText(text);
    REQUIRE(json.apply());
    CHECK(std::any_of(state.draft().fields.begin(), state.draft().fields.end(), [](const auto& f) {
        return f.name == "payment_method";
    }));

    const TemplateDraft before = state.draft();
    json.text().setPlainText(QStringLiteral("{\"type\": \"object\", \"pattern\": 1}"));
    CHECK_FALSE(json.apply());
    CHECK(json.hasProblem());
    CHECK(state.draft() == before); // the fields keep the last that made sense
}

TEST_CASE("the form of a value is chosen by its name or written, and both are undone",
          "[gui][templates]") {
    TestApp app;
    TemplatesPage page(app.context(), nullptr);
    duplicate(page, "invoice");
    DraftState& state = page.editor().state();
    const auto combos = page.editor().findChildren<QComboBox*>();
    const auto editable = std::find_if(
        combos.begin(), combos.end(), [](const QComboBox* combo) { return combo->isEditable(); });
    REQUIRE(editable != combos.end());
    QComboBox& form = **editable;
    const auto indexOf = [&](const std::string& name) {
        const auto& fields = state.draft().fields;
        return int(std::find_if(fields.begin(),
                                fields.end(),
                                [&](const DraftField& field) { return field.name == name; }) -
                   fields.begin());
    };
    const auto patternOf = [&](const std::string& name) {
        return state.draft().fields[std::size_t(indexOf(name))].pattern;
    };

    state.select({indexOf("iban"), -1});
    CHECK(form.currentText() == QStringLiteral("IBAN")); // the built-in pattern has a name
    state.select({indexOf("total_gross"), -1});
    CHECK(form.currentText() == QStringLiteral("Amount of money"));
    state.select({indexOf("invoice_number"), -1});
    CHECK(form.currentText() == QStringLiteral("Any"));

    const int digit = form.findText(QStringLiteral("Holds a digit"));
    form.setCurrentIndex(digit);
    emit form.activated(digit);
    CHECK(patternOf("invoice_number") == "[0-9]");
    form.lineEdit()->setText({});
    QTest::keyClicks(form.lineEdit(), QStringLiteral("^RE-[0-9]+$"));
    CHECK(patternOf("invoice_number") == "^RE-[0-9]+$");
    state.undoStack().undo();
    CHECK(patternOf("invoice_number") == "[0-9]");
    state.undoStack().undo();
    CHECK(patternOf("invoice_number").empty());
    CHECK(form.currentText() == QStringLiteral("Any"));
}

TEST_CASE("every form in a built-in template has a name in the editor", "[gui][templates]") {
    std::set<std::string> named;
    for (const ValueForm& form : valueForms()) {
        named.insert(form.pattern.toStdString());
    }
    const auto known = extract::builtInTemplates();
    REQUIRE(known.ok());
    std::size_t count = 0;
    const auto check = [&](const DraftField& field) {
        CAPTURE(field.name);
        CHECK(named.count(field.pattern) == 1);
        count += field.pattern.empty() ? 0U : 1U;
    };
    for (const extract::Template& each : known.value()) {
        for (const DraftField& field : builtIn(each.id()).fields) {
            check(field);
            std::for_each(field.fields.begin(), field.fields.end(), check);
        }
    }
    CHECK(count == 9);
}

TEST_CASE("saving makes versions, and an old one is taken up again", "[gui][templates]") {
    TestApp app;
    TemplatesPage page(app.context(), nullptr);
    duplicate(page, "medications");
    DraftState& state = page.editor().state();
    const auto rename = [&](const char* title) {
        state.change(QStringLiteral("title"), {}, [&](TemplateDraft& draft) {
            draft.title = title;
            return DraftPath{};
        });
    };
    for (int version = 1; version <= 3; ++version) {
        rename(("Version " + std::to_string(version)).c_str());
        page.saveCurrent();
        REQUIRE(waitUntil([&] {
            const GalleryEntry* entry = entryOf(page, "medications-2");
            return entry != nullptr && !entry->isNew && entry->record.version == version &&
                   !state.isModified();
        }));
    }
    const auto versions = app.inLibrary(
        [](storage::Database& db) { return storage::templateVersions(db, "medications-2"); });
    REQUIRE(versions.size() == 3);
    CHECK(versions.front().version == 3);
    CHECK(versions.back().title == "Version 1");
    CHECK(sha256Hex(versions.front().json) == versions.front().sha256);

    VersionsView& view = page.editor().versions();
    REQUIRE(waitUntil([&] { return view.versions().size() == 3; }));
    auto* list = view.findChild<QListWidget*>();
    list->setCurrentRow(2);
    view.restoreSelected();
    CHECK(state.draft().title == "Version 1");
    page.saveCurrent();
    REQUIRE(waitUntil([&] {
        const GalleryEntry* entry = entryOf(page, "medications-2");
        return entry != nullptr && entry->record.version == 4;
    }));
}

TEST_CASE("a draft that was not saved is there after a restart", "[gui][templates]") {
    TestApp app;
    {
        TemplatesPage page(app.context(), nullptr);
        duplicate(page, "vital_signs");
        page.editor().state().change(QStringLiteral("t"), {}, [](TemplateDraft& draft) {
            draft.title = "Unfinished";
            return DraftPath{};
        });
    } // closing keeps it
    TemplatesPage again(app.context(), nullptr);
    REQUIRE(waitUntil([&] {
        const GalleryEntry* entry = entryOf(again, "vital_signs-2");
        return entry != nullptr && entry->record.title == "Unfinished";
    }));
    again.select("vital_signs-2");
    CHECK(again.editor().state().draft().title == "Unfinished");
    CHECK(again.editor().state().isModified());
}

TEST_CASE("templates are exported, imported, removed and brought back", "[gui][templates]") {
    TestApp app;
    TemplatesPage page(app.context(), nullptr);
    Toast toast;
    QObject::connect(&app.navigator(),
                     &Navigator::toastRequested,
                     &page,
                     [&toast](const Toast& shown) { toast = shown; });
    REQUIRE(waitUntil([&] { return page.gallery().size() >= 12; }));
    page.select("contract");
    const auto file = app.folder() / "mine.attest-template.json";
    page.exportCurrentTo(QString::fromStdString(file.string()));
    REQUIRE(std::filesystem::exists(file));
    const auto broken = app.folder() / "broken.json";
    std::ofstream(broken) << "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": 1}}}";

    page.importTemplates({QString::fromStdString(file.string()),
                          QString::fromStdString(broken.string()),
                          QString::fromStdString((app.folder() / "none.json").string())});
    REQUIRE(waitUntil([&] { return entryOf(page, "contract-2") != nullptr; }));
    REQUIRE(waitUntil([&] { return page.currentId() == "contract-2"; }));
    page.saveCurrent();
    REQUIRE(waitUntil([&] { return !entryOf(page, "contract-2")->isNew; }));

    page.removeCurrent();
    REQUIRE(waitUntil([&] { return entryOf(page, "contract-2") == nullptr; }));
    REQUIRE(toast.action);
    toast.action();
    REQUIRE(waitUntil([&] { return entryOf(page, "contract-2") != nullptr; }));
}

TEST_CASE("trying runs the draft with the real model and stores nothing", "[gui][templates]") {
    TestApp app;
    app.extract(samplePath("medication_list.pdf"), "medications");
    const auto runsBefore =
        app.inLibrary([](storage::Database& db) { return storage::latestRuns(db, {}); });
    TemplatesPage page(app.context(), nullptr);
    duplicate(page, "medications");
    TryPane& pane = page.editor().tryPane();
    int ended = 0;
    QObject::connect(&pane, &TryPane::ended, &page, [&ended] { ++ended; });

    REQUIRE(waitUntil(
        [&] {
            pane.start();
            return ended > 0;
        },
        std::chrono::seconds(120)));

    REQUIRE(pane.result() != nullptr);
    CHECK(pane.result()->values.size() > 5);
    CHECK(std::any_of(pane.result()->values.begin(),
                      pane.result()->values.end(),
                      [](const auto& value) { return value.span.has_value(); }));
    const auto runsAfter =
        app.inLibrary([](storage::Database& db) { return storage::latestRuns(db, {}); });
    CHECK(runsAfter.size() == runsBefore.size());
}
