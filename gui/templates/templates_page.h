// Templates: the gallery at the left, the editor of the chosen one at the right.
#pragma once

#include "gui/app/context.h"
#include "gui/templates/template_library.h"
#include "gui/widgets/page.h"

#include <QStringList>

#include <functional>
#include <string>
#include <vector>

class QListWidget;
class QTimer;

namespace attest::gui {

class Banner;
class TemplateEditor;

class TemplatesPage final : public Page {
    Q_OBJECT

public:
    TemplatesPage(AppContext& app, QWidget* parent);
    ~TemplatesPage() override;

    // Shows the template the Navigator names, else the one before.
    void activate() override;
    QString statusText() const override;

    // Files as from the dialog and a drop: each becomes a template of one's own, or is refused with
    // the reason.
    void importTemplates(const QStringList& paths);

    void createTemplate();
    void duplicateCurrent();
    void saveCurrent();
    void removeCurrent();
    void exportCurrentTo(const QString& path);

    const std::vector<GalleryEntry>& gallery() const { return gallery_; }

    TemplateEditor& editor() { return *editor_; }

    std::string currentId() const { return currentId_; }

    void select(const std::string& id);

private:
    void reload();
    void refresh();
    void showCurrent();
    void addDraft(extract::TemplateDraft draft);
    void keepDraft();
    void refuse(const QString& text);
    void write(std::function<Result<void>(storage::Database&)> change);
    const GalleryEntry* current() const;
    QWidget* makeGallery();

    AppContext& app_;
    std::vector<GalleryEntry> gallery_;
    std::string currentId_;
    std::string shownSha_; // of the entry in the editor
    QListWidget* list_;
    Banner* banner_;
    TemplateEditor* editor_;
    QTimer* keep_;
};

} // namespace attest::gui
