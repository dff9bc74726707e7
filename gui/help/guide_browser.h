// Shows docs/guide.md with its pictures as wide as the text.
#pragma once

#include <QTextBrowser>

namespace attest::gui {

class GuideBrowser final : public QTextBrowser {
    Q_OBJECT

public:
    using QTextBrowser::QTextBrowser;

    // Pictures that are not installed leave no hole.
    void showGuide(int pictureWidth);

    QVariant loadResource(int type, const QUrl& name) override;

private:
    int pictureWidth_ = 0;
};

} // namespace attest::gui
