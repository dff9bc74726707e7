#include "gui/window/pages.h"

#include "gui/app/navigator.h"
#include "gui/evaluate/evaluation_page.h"
#include "gui/help/help_page.h"
#include "gui/import/import_desk.h"
#include "gui/jobs/job_queue.h"
#include "gui/jobs/jobs_page.h"
#include "gui/library/library_setup.h"
#include "gui/models/model_import.h"
#include "gui/models/models_page.h"
#include "gui/report/export_dialog.h"
#include "gui/results/results_page.h"
#include "gui/review/review_page.h"
#include "gui/settings/settings_page.h"
#include "gui/templates/templates_page.h"
#include "gui/window/main_window.h"

#include <QApplication>

namespace attest::gui {

void addPages(MainWindow& window, AppContext& app) {
    window.addPage(PageId::Review, [&app](QWidget* parent) { return new ReviewPage(app, parent); });
    window.addPage(PageId::Settings,
                   [&app](QWidget* parent) { return new SettingsPage(app, parent); });
    addLibrary(window, app);
    auto* desk = new ImportDesk(app, &window);
    desk->start();
    QObject::connect(
        desk, &ImportDesk::templatesOffered, &window, [&app, &window](const QStringList& paths) {
            app.navigator.openPage(PageId::Templates);
            qobject_cast<TemplatesPage*>(window.page(PageId::Templates))->importTemplates(paths);
        });
    window.addPage(PageId::Templates,
                   [&app](QWidget* parent) { return new TemplatesPage(app, parent); });
    window.addPage(PageId::Help, [&app](QWidget* parent) { return new HelpPage(app, parent); });
    auto* models = new ModelImport(app.store, &window);
    window.addPage(PageId::Models, [&app, models](QWidget* parent) {
        return new ModelsPage(app, *models, parent);
    });
    QObject::connect(
        desk,
        &ImportDesk::modelsOffered,
        &window,
        [&app, &window, models](const QStringList& paths) {
            app.navigator.openPage(PageId::Models);
            qobject_cast<ModelsPage*>(window.page(PageId::Models))->importModels(paths);
        });
    QObject::connect(&app.navigator,
                     &Navigator::exportRequested,
                     &window,
                     [&app, &window](const ExportTarget& target) {
                         (new ExportDialog(app, target, &window))->open();
                     });
    // Somebody who works in another window is told that the documents are read.
    QObject::connect(
        &app.jobs, &JobQueue::finished, &window, [&window] { QApplication::alert(&window); });
    window.addPage(PageId::Results,
                   [&app](QWidget* parent) { return new ResultsPage(app, parent); });
    window.addPage(PageId::Evaluation,
                   [&app](QWidget* parent) { return new EvaluationPage(app, parent); });
    window.addPage(PageId::Jobs, [&app](QWidget* parent) { return new JobsPage(app, parent); });
}

} // namespace attest::gui
