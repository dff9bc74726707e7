#include "gui/library/library_page.h"

#include "gui/app/error_text.h"
#include "gui/app/navigator.h"
#include "gui/app/settings.h"
#include "gui/app/store.h"
#include "gui/jobs/job_queue.h"
#include "gui/jobs/progress_card.h"
#include "gui/library/document_actions.h"
#include "gui/library/document_commands.h"
#include "gui/library/library_empty.h"
#include "gui/library/library_header.h"
#include "gui/library/library_model.h"
#include "gui/library/library_state.h"
#include "gui/library/library_table.h"
#include "gui/library/library_text.h"
#include "gui/library/welcome_view.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "gui/widgets/empty_state.h"

#include <QAction>
#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <chrono>
#include <utility>

namespace attest::gui {

namespace {

using namespace std::chrono_literals;

constexpr int kRefreshPauseMs = 250;
constexpr auto kTypingPause = 120ms;
constexpr std::int64_t kMostHits = 500;
const QString kHint = QStringLiteral("library/samplesHint");

} // namespace

LibraryPage::LibraryPage(AppContext& app,
                         LibraryState& state,
                         DocumentCommands& commands,
                         QWidget* parent)
    : Page(parent)
    , app_(app)
    , state_(state)
    , commands_(commands)
    , model_(new LibraryModel(app.settings.reviewThreshold(), this))
    , table_(new LibraryTable(app, *model_, this))
    , header_(new LibraryHeader(app, *model_, this))
    , stack_(new QStackedWidget(this))
    , empty_(new EmptyState(app.theme, this))
    , hint_(makeHint())
    , actions_(new DocumentActions(app, state, commands, *model_, *table_))
    , itemsTimer_(kRefreshPauseMs) {
    auto* blank = new QWidget(stack_); // until the first answer is there: milliseconds
    stack_->addWidget(blank);
    stack_->addWidget(table_);
    stack_->addWidget(empty_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header_);
    layout->addWidget(hint_);
    layout->addWidget(stack_, 1);
    layout->addWidget(makeFoot());
    addAction(actions_->exportRuns); // works from the header's buttons too
    searchTimer_.setSingleShot(true);
    searchTimer_.setInterval(kTypingPause);
    wire();
    itemsTimer_.request();
}

void LibraryPage::wire() {
    const auto refresh = [this] {
        itemsTimer_.request();
    };
    connect(&itemsTimer_, &RefreshTimer::due, this, &LibraryPage::refresh);
    connect(&app_.store, &Store::documentsChanged, this, refresh);
    connect(&app_.store, &Store::reviewsChanged, this, refresh);
    connect(&app_.store, &Store::jobsChanged, this, refresh);
    connect(&app_.jobs, &JobQueue::jobEnded, this, refresh);
    connect(&app_.jobs, &JobQueue::statusChanged, this, &LibraryPage::followJob);
    connect(&app_.settings, &Settings::changed, this, [this] {
        if (model_->threshold() != app_.settings.reviewThreshold()) {
            model_->setThreshold(app_.settings.reviewThreshold());
            itemsTimer_.request();
        }
    });
    connect(&searchTimer_, &QTimer::timeout, this, &LibraryPage::askSearch);
    connect(&state_, &LibraryState::searchTextChanged, this, &LibraryPage::searchTextChanged);
    connect(&state_, &LibraryState::countsChanged, this, [this] {
        emit statusTextChanged();
        refreshView();
    });
    connect(header_, &LibraryHeader::filtersChanged, this, &LibraryPage::applyFilter);
    connect(header_, &LibraryHeader::exportAsked, actions_->exportRuns, &QAction::trigger);
    connect(header_, &LibraryHeader::restoreAllAsked, this, [this] {
        commands_.restore(model_->shownIds());
    });
    connect(header_, &LibraryHeader::emptyTrashAsked, this, [this] {
        commands_.deleteForGood(model_->shownIds());
    });
    connect(model_, &LibraryModel::renameRequested, &commands_, &DocumentCommands::rename);
    connect(model_, &QAbstractItemModel::modelReset, this, &LibraryPage::refreshView);
    connect(model_, &QAbstractItemModel::dataChanged, this, &LibraryPage::refreshHeader);
    connect(table_, &LibraryTable::rowsSelected, this, &LibraryPage::refreshScope);
    connect(table_, &LibraryTable::typed, this, [this](const QString& text) {
        state_.setSearchText(text);
        emit state_.searchTyped();
    });
    connect(table_, &LibraryTable::searchLeft, this, [this] { state_.setSearchText({}); });
}

QFrame* LibraryPage::makeHint() {
    auto* hint = new QFrame(this);
    setRole(hint, "banner-accent");
    auto* text =
        new QLabel(tr("These documents are fictitious. Press Enter on one, or double-click "
                      "it, to review what was read beside its page."),
                   hint);
    text->setWordWrap(true);
    auto* done = new QPushButton(tr("Got it"), hint);
    done->setToolTip(tr("Hide this note"));
    auto* layout = new QHBoxLayout(hint);
    layout->setContentsMargins(
        measure::kEdge, measure::kInside, measure::kInside, measure::kInside);
    layout->addWidget(text, 1);
    layout->addWidget(done);
    hint->setVisible(app_.settings.value(kHint, false).toBool());
    connect(done, &QPushButton::clicked, this, [this] {
        app_.settings.setValue(kHint, false);
        hint_->hide();
    });
    return hint;
}

QWidget* LibraryPage::makeFoot() {
    // The room around the card goes away with it.
    auto* foot = new QWidget(this);
    setRole(foot, "surface");
    auto* card = new ProgressCard(app_, foot);
    auto* layout = new QHBoxLayout(foot);
    layout->setContentsMargins(measure::kEdge, measure::kInside, measure::kEdge, measure::kEdge);
    layout->addWidget(card);
    foot->setVisible(!card->isHidden());
    card->installEventFilter(this);
    return foot;
}

bool LibraryPage::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ShowToParent || event->type() == QEvent::HideToParent) {
        if (auto* card = qobject_cast<ProgressCard*>(watched)) {
            card->parentWidget()->setVisible(event->type() == QEvent::ShowToParent);
        }
    }
    return Page::eventFilter(watched, event);
}

void LibraryPage::activate() {
    const ItemFilter before = shownFilter_;
    applyFilter();
    if (before.list != shownFilter_.list || before.collection != shownFilter_.collection) {
        table_->clearSelection();
        table_->scrollToTop();
    }
    itemsTimer_.request();
    if (qobject_cast<QLineEdit*>(QApplication::focusWidget()) == nullptr) {
        wantsFocus_ = true;
        if (welcome_ != nullptr && stack_->currentWidget() == welcome_) {
            welcome_->addButton()->setFocus();
        } else {
            table_->setFocus();
        }
    }
}

QString LibraryPage::statusText() const {
    if (!state_.isCounted()) {
        return {};
    }
    const storage::LibraryCounts& counts = state_.counts();
    return documentCountText(counts.all) + QStringLiteral(" · ") + byteText(counts.documentBytes);
}

ItemSet LibraryPage::wantedSet() const {
    const bool isTrash =
        app_.navigator.libraryList() == storage::SmartList::Trash && state_.searchText().isEmpty();
    return isTrash ? ItemSet::Trashed : ItemSet::Kept;
}

ItemFilter LibraryPage::wantedFilter() const {
    ItemFilter filter;
    filter.list = app_.navigator.libraryList();
    filter.collection = app_.navigator.libraryCollection();
    if (filter.list != storage::SmartList::Trash) {
        header_->addTo(filter);
    }
    return filter;
}

void LibraryPage::applyFilter() {
    shownFilter_ = wantedFilter();
    if (!isLoaded_) {
        return;
    }
    if (wantedSet() != loadedSet_) {
        askItems(); // the list changes when its rows are there
        return;
    }
    model_->setFilter(shownFilter_);
    refreshView();
}

void LibraryPage::refresh() {
    if (table_->isEditing()) { // a list that jumps would take the name away from the person typing
        itemsTimer_.done();
        itemsTimer_.request();
        return;
    }
    askItems();
    if (!state_.searchText().isEmpty()) {
        askSearch();
    }
}

void LibraryPage::askItems() {
    const std::uint64_t question = ++itemsAsked_;
    const ItemSet set = wantedSet();
    app_.store.read(
        this,
        [set, threshold = app_.settings.reviewThreshold()](storage::Database& db) {
            return loadItems(db, set, threshold);
        },
        [this, question, set](Result<std::vector<LibraryItem>> items) {
            if (question == itemsAsked_) {
                if (items.ok()) {
                    takeItems(set, std::move(items).value());
                } else {
                    app_.navigator.showToast({errorText(items.error()), {}, {}});
                }
                itemsTimer_.done();
            }
        });
}

void LibraryPage::takeItems(ItemSet set, std::vector<LibraryItem> items) {
    const bool isFirst = !isLoaded_;
    isLoaded_ = true;
    loadedSet_ = set;
    shownFilter_ = wantedFilter();
    model_->setItems(std::move(items), shownFilter_);
    refreshView();
    if (isFirst && isVisible() && stack_->currentWidget() == table_ &&
        qobject_cast<QLineEdit*>(QApplication::focusWidget()) == nullptr) {
        table_->setFocus();
    }
    emit loaded();
}

void LibraryPage::searchTextChanged() {
    if (state_.searchText().isEmpty()) {
        searchTimer_.stop();
        ++searchAsked_; // what is under way is for nobody
        table_->setSearchOrder(false);
        model_->setFindings(std::nullopt);
        applyFilter();
        return;
    }
    searchTimer_.start();
}

void LibraryPage::askSearch() {
    if (state_.searchText().isEmpty()) {
        return;
    }
    if (wantedSet() != loadedSet_) {
        askItems(); // reads are answered in order: the rows are there before the hits
    }
    const std::uint64_t question = ++searchAsked_;
    app_.store.read(
        this,
        [text = state_.searchText().toStdString()](storage::Database& db) {
            return storage::searchLibrary(db, text, kMostHits);
        },
        [this, question](const Result<std::vector<storage::SearchHit>>& hits) {
            if (question != searchAsked_) {
                return; // the person has typed on
            }
            if (hits.ok()) {
                takeHits(hits.value());
            } else {
                app_.navigator.showToast({errorText(hits.error()), {}, {}});
            }
        });
}

void LibraryPage::takeHits(const std::vector<storage::SearchHit>& hits) {
    Findings findings;
    findings.reserve(hits.size());
    for (const storage::SearchHit& hit : hits) {
        findings.emplace(hit.documentId,
                         FoundText{findings.size(), hit.pageIndex, parseSnippet(hit.snippet)});
    }
    table_->setSearchOrder(true);
    model_->setFindings(std::move(findings));
}

void LibraryPage::showEmpty(const EmptyReason& reason) {
    // Filling it again would take the focus from its buttons.
    const storage::LibraryCounts& counts = state_.counts();
    const QString said = QStringLiteral("%1|%2|%3|%4|%5|%6|%7|%8|%9")
                             .arg(int(reason.list))
                             .arg(reason.collection, reason.searchText)
                             .arg(reason.isFiltering)
                             .arg(counts.inbox)
                             .arg(counts.toReview)
                             .arg(counts.reviewed)
                             .arg(counts.all)
                             .arg(counts.trash);
    if (said != emptyShown_) {
        emptyShown_ = said;
        showEmptyList(*empty_, reason, app_, state_, *header_);
    }
}

void LibraryPage::followJob() {
    model_->setCurrentJob(app_.jobs.status().current);
}

void LibraryPage::refreshView() {
    if (!isLoaded_) {
        return;
    }
    const bool hasRows = model_->rowCount() > 0;
    // Both must say so: the rows here may be older than the counts.
    const bool isEmptyLibrary =
        state_.isCounted() && state_.counts().all == 0 && state_.counts().trash == 0 && !hasRows;
    const bool isWelcome = isEmptyLibrary && state_.searchText().isEmpty();
    QWidget* shown = table_;
    if (isWelcome) {
        if (welcome_ == nullptr) {
            welcome_ = new WelcomeView(app_, stack_);
            stack_->addWidget(welcome_);
            connect(welcome_, &WelcomeView::samplesAsked, this, [this] {
                app_.settings.setValue(kHint, true);
            });
        }
        shown = welcome_;
    } else if (!hasRows) {
        EmptyReason reason;
        reason.list = shownFilter_.list;
        reason.collection = shownFilter_.collection;
        reason.searchText = model_->isSearching() ? state_.searchText() : QString();
        reason.isFiltering = header_->isFiltering() && reason.list != storage::SmartList::Trash;
        showEmpty(reason);
        shown = empty_;
    } else if (!app_.settings.wasWelcomed()) {
        app_.settings.setWelcomed(true);
    }
    if (stack_->currentWidget() != shown) {
        const bool hadFocus =
            std::exchange(wantsFocus_, false) || stack_->isAncestorOf(QApplication::focusWidget());
        stack_->setCurrentWidget(shown);
        if (hadFocus && shown == table_) {
            table_->setFocus();
        } else if (hadFocus && isWelcome) {
            welcome_->addButton()->setFocus();
        }
    }
    header_->setVisible(!isWelcome);
    hint_->setVisible(hasRows && app_.settings.value(kHint, false).toBool());
    refreshHeader();
    refreshScope();
}

void LibraryPage::refreshHeader() {
    const bool isTrash = shownFilter_.list == storage::SmartList::Trash && !model_->isSearching();
    QStringList parts{documentCountText(model_->rowCount())};
    QString title =
        shownFilter_.collection.isEmpty() ? listTitle(shownFilter_.list) : shownFilter_.collection;
    if (model_->isSearching()) {
        title = tr("Found for “%1”").arg(state_.searchText());
        if (model_->rowCount() >= kMostHits) {
            parts[0] = tr("The best %1").arg(documentCountText(model_->rowCount()));
        }
    } else if (const std::int64_t fields = model_->fieldsToReview(); fields > 0) {
        const QString threshold = QLocale().toString(model_->threshold(), 'f', 2);
        parts << (fields == 1 ? tr("1 field below the threshold of %1").arg(threshold)
                              : tr("%1 fields below the threshold of %2")
                                    .arg(QLocale().toString(qint64(fields)), threshold));
    }
    header_->setTexts(title, parts.join(QStringLiteral(" · ")));
    header_->setCommands(isTrash, model_->rowCount() > 0);
}

void LibraryPage::refreshScope() {
    LibraryScope scope;
    scope.isTrash = shownFilter_.list == storage::SmartList::Trash && !model_->isSearching();
    scope.selected = table_->selectedIds();
    for (int row = 0; row < model_->rowCount(); ++row) {
        const storage::LibraryRow& shown = model_->item(row).row;
        if (shown.state == storage::DocumentState::New) {
            scope.fresh.push_back(shown.documentId);
        }
    }
    state_.setScope(std::move(scope));
    actions_->refresh();
}

} // namespace attest::gui
