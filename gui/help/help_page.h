// Help: the guide, every key, and what Attest is made of.
#pragma once

#include "gui/app/context.h"
#include "gui/widgets/page.h"

class QTabWidget;
class QTextBrowser;

namespace attest::gui {

class GuideBrowser;

class HelpPage final : public Page {
    Q_OBJECT

public:
    HelpPage(AppContext& app, QWidget* parent);

    void activate() override;

private:
    void refresh();

    AppContext& app_;
    QTabWidget* tabs_;
    GuideBrowser* guide_;
    QTextBrowser* keys_;
    QTextBrowser* about_;
};

} // namespace attest::gui
