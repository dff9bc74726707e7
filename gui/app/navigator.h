// How pages ask for one another without knowing one another.
#pragma once

#include "gui/widgets/toast.h"
#include "storage/library_list.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

namespace attest::gui {

enum class PageId { Library, Review, Results, Templates, Models, Evaluation, Jobs, Settings, Help };

struct ReviewTarget {
    std::int64_t documentId = 0;
    std::int64_t runId = 0; // 0: the newest run of the document
    QString pointer; // value to select; empty: where the person left, else the first to review
    std::vector<std::int64_t> documents; // what J and K go through, in order; empty: only this one
};

struct ExportTarget {
    QString templateId;            // empty: the one chosen last
    std::set<std::int64_t> runIds; // empty: all
};

// Lives on the GUI thread. The main window brings the page to the front and calls its activate(),
// which reads here what was asked for.
class Navigator final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    // `collection` empty: of all collections.
    void openLibrary(storage::SmartList list, const QString& collection = {}) {
        libraryList_ = list;
        libraryCollection_ = collection;
        emit pageRequested(PageId::Library);
    }

    void openReview(ReviewTarget target) {
        reviewTarget_ = std::move(target);
        emit pageRequested(PageId::Review);
    }

    void openResults(const QString& templateId) {
        templateId_ = templateId;
        emit pageRequested(PageId::Results);
    }

    void openTemplates(const QString& templateId) {
        templateId_ = templateId;
        emit pageRequested(PageId::Templates);
    }

    // `section` is a section's object name; empty: the first.
    void openSettings(const QString& section) {
        settingsSection_ = section;
        emit pageRequested(PageId::Settings);
    }

    void openPage(PageId page) { emit pageRequested(page); }

    void openExport(ExportTarget target) { emit exportRequested(target); }

    // The page that was there before.
    void goBack() { emit backRequested(); }

    void showToast(Toast toast) { emit toastRequested(toast); }

    storage::SmartList libraryList() const { return libraryList_; }

    const QString& libraryCollection() const { return libraryCollection_; }

    const ReviewTarget& reviewTarget() const { return reviewTarget_; }

    const QString& templateId() const { return templateId_; } // of results and templates

    const QString& settingsSection() const { return settingsSection_; }

signals:
    void pageRequested(attest::gui::PageId page);
    void backRequested();
    void exportRequested(const attest::gui::ExportTarget& target);
    void toastRequested(const attest::gui::Toast& toast);

    void addFilesRequested();  // the file dialog
    void addFolderRequested(); // the folder dialog
    void pasteNoteRequested(); // the note dialog
    void samplesRequested();   // adds the sample documents and extracts them
    // Dropped or given to the program: documents and folders, and models and templates among them.
    void filesOffered(const QStringList& paths);

private:
    storage::SmartList libraryList_ = storage::SmartList::All;
    QString libraryCollection_;
    ReviewTarget reviewTarget_;
    QString templateId_;
    QString settingsSection_;
};

} // namespace attest::gui
