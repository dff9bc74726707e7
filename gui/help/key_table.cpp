#include "gui/help/key_table.h"

#include "gui/review/review_actions.h"

#include <QCoreApplication>
#include <QKeySequence>
#include <QWidget>

namespace attest::gui {

namespace {

// As the keyboard has it: "Del", "Entf".
QString keyName(const QKeySequence& key) {
    return key.toString(QKeySequence::NativeText);
}

QString tr(const char* text) {
    return QCoreApplication::translate("attest::gui::KeyTable", text);
}

} // namespace

std::vector<KeyGroup> keyTable(const Theme& theme) {
    std::vector<KeyGroup> groups = {
        {tr("Everywhere"),
         {{QStringLiteral("Ctrl+O"), tr("Add files")},
          {QStringLiteral("Ctrl+Shift+O"), tr("Add a folder")},
          {QStringLiteral("Ctrl+Shift+V"), tr("Paste text as a note")},
          {QStringLiteral("Ctrl+R"), tr("Extract what waits or is selected")},
          {QStringLiteral("Ctrl+F"), tr("Search texts and values, or settings")},
          {QStringLiteral("Ctrl+Shift+P"), tr("All commands, by typing")},
          {QStringLiteral("Alt+1 … Alt+4"), tr("All documents, inbox, to review, reviewed")},
          {QStringLiteral("Alt+5 … Alt+9"), tr("Results, templates, models, jobs, evaluation")},
          {QStringLiteral("Ctrl+,"), tr("Settings")},
          {QStringLiteral("F1"), tr("This page")},
          {QStringLiteral("F11"), tr("Full screen")},
          {QStringLiteral("Ctrl+Q"), tr("Quit; waiting documents go on at the next start")}}},
        {tr("Library"),
         {{QStringLiteral("Enter"), tr("Review")},
          {tr("Space"), tr("Look at the page")},
          {QStringLiteral("F2"), tr("Rename")},
          {QStringLiteral("Ctrl+E"), tr("Export")},
          {QStringLiteral("Ctrl+Shift+C"), tr("Copy path")},
          {keyName(Qt::Key_Delete), tr("Move to the trash; Ctrl+Z takes it back")},
          {keyName(Qt::SHIFT | Qt::Key_Delete), tr("In the trash: delete for good")}}}};
    QWidget scratch; // the actions of the review are made for a page
    const ReviewActions review(&scratch, theme);
    for (const KeySection& section : review.sections()) {
        KeyGroup group{tr("Review: %1").arg(section.title), {}};
        for (const KeyLine& line : section.lines) {
            group.rows.push_back({line.keys, line.text});
        }
        groups.push_back(std::move(group));
    }
    groups.push_back({tr("Results"),
                      {{QStringLiteral("Enter"), tr("Open the review at that value")},
                       {QStringLiteral("F2"), tr("Edit the value")},
                       {QStringLiteral("Ctrl+C"), tr("Copy the selected cells")},
                       {QStringLiteral("Ctrl+Shift+C"), tr("Copy the whole table")},
                       {QStringLiteral("Ctrl+E"), tr("Export what is shown")},
                       {QStringLiteral("Ctrl+Z, Ctrl+Shift+Z"), tr("Undo and redo")}}});
    groups.push_back({tr("Templates"),
                      {{QStringLiteral("Ctrl+N"), tr("New template")},
                       {QStringLiteral("Ctrl+S"), tr("Save as a new version")},
                       {QStringLiteral("Ctrl+Return"), tr("Try on a document")},
                       {QStringLiteral("Alt+↑, Alt+↓"), tr("Move the field")},
                       {tr("Insert, Delete"), tr("Add and remove a field")},
                       {QStringLiteral("Ctrl+Z, Ctrl+Shift+Z"), tr("Undo and redo")}}});
    groups.push_back({tr("Jobs"),
                      {{QStringLiteral("Ctrl+P"), tr("Pause and go on")},
                       {tr("Ctrl+↑"), tr("Move to the top")},
                       {QStringLiteral("Ctrl+R"), tr("Try again")},
                       {keyName(Qt::Key_Delete), tr("Cancel; what is finished stays")}}});
    return groups;
}

} // namespace attest::gui
