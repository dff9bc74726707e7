// Tries the draft on a document of the library: values at the left, with those of the try before,
// the page with their places at the right.
#pragma once

#include "extract/pipeline.h"
#include "gui/app/context.h"
#include "storage/library_list.h"

#include <QWidget>

#include <map>
#include <memory>
#include <vector>

class QComboBox;
class QProgressBar;
class QPushButton;
class QTreeWidget;

namespace attest::gui {

class Banner;
class DraftState;
class KeyButton;
class PageView;
class TryRun;

class TryPane final : public QWidget {
    Q_OBJECT

public:
    TryPane(AppContext& app, DraftState& state, QWidget* parent);

    // Starts a try of the draft as it is; does nothing while one runs or the draft has errors.
    void start();

    // Another template: what was found before is no longer comparable.
    void clear();

    const extract::ExtractionResult* result() const { return result_.get(); }

signals:
    void ended(); // finished, failed or cancelled

private:
    void loadDocuments();
    void run(const storage::LibraryRow& document);
    void showResult(const std::shared_ptr<extract::ExtractionResult>& result);
    void showState();
    QWidget* makeBar();

    AppContext& app_;
    DraftState& state_;
    TryRun* run_;
    std::vector<storage::LibraryRow> documents_;
    std::shared_ptr<extract::ExtractionResult> result_;
    std::map<std::string, QString> before_; // by pointer, of the try before
    storage::LibraryRow tried_;
    QComboBox* document_;
    KeyButton* try_;
    QPushButton* cancel_;
    QProgressBar* progress_;
    Banner* banner_;
    QTreeWidget* values_;
    PageView* page_;
};

} // namespace attest::gui
