// Images of a document's pages, drawn one after another on a thread of its own in the order in
// which they are wanted.
#pragma once

#include "base/error.h"
#include "extract/page_renderer.h"
#include "gui/pages/stored_text_image.h"
#include "gui/pages/tile.h"
#include "storage/document_store.h"

#include <QImage>
#include <QObject>
#include <QSize>
#include <QTimer>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace attest::gui {

struct TileRequest {
    TileKey key;
    QSize page; // pixels of the whole page
};

// What becomes of the file.
struct PageFileState {
    enum class Kind { Shown, NoFile, Changed, Unreadable };

    Kind kind = Kind::NoFile;
    std::optional<Error> error;           // Unreadable
    bool isTextMissing = false;           // there are no fonts for what the document does not bring
    std::vector<extract::PageSize> sizes; // Shown
};

// Lives on the GUI thread; the destructor waits for the page that is being drawn to give way.
class PageImages final : public QObject {
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PageImages)

public:
    struct Source {
        std::filesystem::path pdf; // empty: the stored text is drawn
        std::string sha256;        // empty: not compared
        std::shared_ptr<const std::vector<storage::PageRecord>> pages;
        StoredTextLook look; // images are multiplied with its paper
    };

    PageImages();
    ~PageImages() override;

    // What was wanted before is forgotten, and its images do not come any more.
    void setSource(Source source);

    // That of the last setSource().
    const QColor& paper() const { return paper_; }

    // In place of all that was wanted before, most urgent first. What is being drawn and not wanted
    // any more is finished when that takes a moment only.
    void setWanted(std::vector<TileRequest> wanted);

signals:
    void opened(const attest::gui::PageFileState& state); // once per setSource()
    void drawn(const attest::gui::TileKey& key, const QImage& image);
    void pageUndrawable(std::size_t page, const QString& why); // its stored text is drawn instead

private:
    struct Worker; // what only the thread touches

    void work(const std::stop_token& stop);
    void open(Worker& worker);
    void draw(Worker& worker, const TileRequest& request, const std::stop_token& stop);
    void dropStale();

    // Runs on the GUI thread unless the source has changed by then.
    template <typename F>
    void tell(std::uint64_t generation, F f);

    QColor paper_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::shared_ptr<const Source> source_; // guarded by mutex_, as all down to thread_
    std::uint64_t generation_ = 0;         // one more per setSource()
    std::vector<TileRequest> wanted_;      // the last one first
    std::set<TileKey> onTheWay_;           // drawn, but not told yet
    std::optional<TileKey> current_;       // being drawn
    bool isCurrentWanted_ = false;
    std::chrono::steady_clock::time_point since_; // when that began
    std::stop_source stopCurrent_{std::nostopstate};
    QTimer staleTimer_;
    std::jthread thread_; // last: joined before the rest is destroyed
};

} // namespace attest::gui
