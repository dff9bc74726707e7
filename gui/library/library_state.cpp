#include "gui/library/library_state.h"

#include "gui/app/settings.h"
#include "gui/app/store.h"
#include "gui/jobs/job_queue.h"
#include "storage/setting_store.h"

#include <algorithm>
#include <utility>

namespace attest::gui {

namespace {

constexpr int kPauseMs = 250;

struct Counted {
    storage::LibraryCounts counts;
    qint64 models = 0;
};

} // namespace

LibraryState::LibraryState(AppContext& app, QObject* parent)
    : QObject(parent), app_(app), countsTimer_(kPauseMs), templatesTimer_(kPauseMs) {
    connect(&countsTimer_, &RefreshTimer::due, this, &LibraryState::askCounts);
    connect(&templatesTimer_, &RefreshTimer::due, this, &LibraryState::askTemplates);
    const auto recount = [this] {
        countsTimer_.request();
    };
    connect(&app.store, &Store::documentsChanged, this, recount);
    connect(&app.store, &Store::reviewsChanged, this, recount);
    connect(&app.store, &Store::jobsChanged, this, recount);
    connect(&app.store, &Store::modelsChanged, this, recount);
    connect(&app.jobs, &JobQueue::jobEnded, this, recount);
    connect(&app.jobs, &JobQueue::statusChanged, this, &LibraryState::jobCountChanged);
    connect(&app.store, &Store::templatesChanged, this, [this] { templatesTimer_.request(); });
    countsTimer_.request();
    templatesTimer_.request();
}

qint64 LibraryState::jobCount() const {
    const storage::JobCounts& counts = app_.jobs.status().counts;
    return counts.waiting + counts.running;
}

const CatalogEntry* LibraryState::chosenTemplate() const {
    if (templates_.empty()) {
        return nullptr;
    }
    const std::string wanted = app_.settings.lastTemplate().toStdString();
    const auto found = std::find_if(templates_.begin(), templates_.end(), [&](const auto& choice) {
        return choice.record.id == wanted;
    });
    return found == templates_.end() ? &templates_.front() : &*found;
}

void LibraryState::chooseTemplate(const QString& id) {
    app_.settings.setLastTemplate(id);
    emit templateChosen();
}

void LibraryState::setSearchText(const QString& text) {
    const QString trimmed = text.trimmed();
    if (trimmed != searchText_) {
        searchText_ = trimmed;
        emit searchTextChanged();
    }
}

void LibraryState::setScope(LibraryScope scope) {
    scope_ = std::move(scope);
    emit scopeChanged();
}

const std::vector<std::int64_t>& LibraryState::toExtract() const {
    static const std::vector<std::int64_t> kNone;
    if (scope_.isTrash) {
        return kNone;
    }
    return scope_.selected.empty() ? scope_.fresh : scope_.selected;
}

void LibraryState::askCounts() {
    const auto work =
        [threshold = app_.settings.reviewThreshold()](storage::Database& db) -> Result<Counted> {
        Counted counted;
        ATTEST_TRY_ASSIGN(counted.counts, storage::libraryCounts(db, threshold));
        ATTEST_TRY_ASSIGN(const auto models, storage::userModels(db));
        counted.models = qint64(models.size()) + 1; // and the bundled one
        return counted;
    };
    app_.store.read(this, work, [this](Result<Counted> counted) {
        if (counted.ok()) {
            counts_ = std::move(counted.value().counts);
            modelCount_ = counted.value().models;
            isCounted_ = true;
            emit countsChanged();
        }
        countsTimer_.done();
    });
}

void LibraryState::askTemplates() {
    listTemplates(app_.store, this, [this](Result<std::vector<CatalogEntry>> loaded) {
        if (loaded.ok()) {
            templates_ = std::move(loaded).value();
            emit templatesChanged();
            emit templateChosen();
        }
        templatesTimer_.done();
    });
}

} // namespace attest::gui
