// Models: what is there, whether it fits this machine, how fast it is, and what it is used for.
#pragma once

#include "gui/app/context.h"
#include "gui/models/model_catalog.h"
#include "gui/widgets/page.h"

#include <QStringList>

#include <functional>
#include <optional>

class QListWidget;

namespace attest::gui {

class Banner;
class ModelDetails;
class ModelImport;

class ModelsPage final : public Page {
    Q_OBJECT

public:
    // `work` outlives the page.
    ModelsPage(AppContext& app, ModelImport& work, QWidget* parent);

    void activate() override;
    QString statusText() const override;

    // As from the button and a drop: sound ones are listed, the others refused with the reason.
    void importModels(const QStringList& paths);

    const ModelCatalog& catalog() const { return catalog_; }

private:
    void reload();
    void refresh();
    void showDetails();
    void chooseFiles();
    void removeCurrent();
    void chooseFormat(const QString& path, const QString& name);
    void refuse(const QString& path, const QString& reason);
    void write(std::function<Result<void>(storage::Database&)> change);
    const ModelEntry* current() const;

    AppContext& app_;
    ModelImport& work_;
    ModelCatalog catalog_;
    QString wanted_; // path to select when it appears
    QListWidget* list_;
    Banner* banner_;
    ModelDetails* details_;
};

} // namespace attest::gui
