// Files may be dropped anywhere on the window; while they are held over it, it says what will
// happen to them.
#pragma once

#include "gui/app/context.h"

#include <QStringList>
#include <QWidget>

class QLabel;
class QMimeData;

namespace attest::gui {

// What a drag brings, judged by names only: nothing is read while the mouse moves.
struct DropOffer {
    QStringList paths; // local files and folders
    int documents = 0; // by name, besides folders
    int folders = 0;
    int models = 0;      // .gguf
    int templates = 0;   // .json
    QStringList refused; // extensions that Attest does not read
    int remote = 0;      // addresses on other machines

    bool isAcceptable() const { return documents + folders + models + templates > 0; }
};

DropOffer judgeDrop(const QMimeData& data);

// Covers its parent while a drag with files is over it. Emits Navigator::filesOffered on a drop.
class DropOverlay final : public QWidget {
    Q_OBJECT

public:
    DropOverlay(AppContext& app, QWidget* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void open(const DropOffer& offer);

    AppContext& app_;
    QLabel* title_;
    QLabel* text_;
    bool isAcceptable_ = false;
};

} // namespace attest::gui
