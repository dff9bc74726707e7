#include "gui/help/help_page.h"

#include "extract/pipeline.h"
#include "gui/help/guide_browser.h"
#include "gui/help/key_table.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"

#include <QHBoxLayout>
#include <QTabWidget>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextList>
#include <QVBoxLayout>

#include <string>

namespace attest::gui {

namespace {

constexpr int kReadingWidth = 860; // longer lines are hard to read

QString keysHtml(const Theme& theme) {
    QString html;
    for (const KeyGroup& group : keyTable(theme)) {
        html +=
            QStringLiteral("<h3>%1</h3><table cellpadding=\"4\">").arg(group.title.toHtmlEscaped());
        for (const KeyRow& row : group.rows) {
            html += QStringLiteral("<tr><td width=\"190\"><b>%1</b></td><td>%2</td></tr>")
                        .arg(row.key.toHtmlEscaped(), row.what.toHtmlEscaped());
        }
        html += QStringLiteral("</table>");
    }
    return html;
}

QString aboutMarkdown() {
    const auto engine = extract::engineVersion();
    const QString version = QString::fromUtf8(engine.data(), static_cast<qsizetype>(engine.size()));
    return HelpPage::tr("## Attest %1\n\n"
                        "Reads documents on this machine and writes tables whose every value says "
                        "where it stands. Nothing leaves the machine: Settings, Privacy checks "
                        "that.\n\n")
               .arg(version) +
           HelpPage::tr(
               "### Licences\n\n"
               "Attest is free software under the GNU General Public License, version 3, "
               "without any warranty. It uses, unchanged and as packaged by the system:\n\n"
               "- Qt %1: LGPL 3\n"
               "- Poppler, in the separate program attest-reader: GPL 2 or 3\n"
               "- SQLite: public domain\n"
               "- ICU: Unicode licence\n"
               "- libseccomp: LGPL 2.1\n"
               "- uchardet: MPL 1.1\n"
               "- nlohmann JSON: MIT\n"
               "- libxlsxwriter: BSD 2-clause\n"
               "- RE2: BSD 3-clause\n"
               "- CLI11, in the command line tool: BSD 3-clause\n\n"
               "The bundled model's licence stands in its file; Models shows it.\n")
               .arg(QString::fromLatin1(qVersion()));
}

// Air between paragraphs; setMarkdown() leaves none.
void setSpacing(QTextDocument& document, const Theme& theme) {
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        QTextBlockFormat format = block.blockFormat();
        const bool isHeading = format.headingLevel() > 0;
        const bool isItem = block.textList() != nullptr;
        format.setTopMargin(theme.px(isHeading ? 20 : isItem ? 3 : 6));
        format.setBottomMargin(theme.px(isItem ? 3 : 6));
        format.setLineHeight(130, QTextBlockFormat::ProportionalHeight);
        QTextCursor(block).setBlockFormat(format);
    }
}

} // namespace

HelpPage::HelpPage(AppContext& app, QWidget* parent)
    : Page(parent)
    , app_(app)
    , tabs_(new QTabWidget)
    , guide_(new GuideBrowser)
    , keys_(new QTextBrowser)
    , about_(new QTextBrowser) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(tabs_);
    tabs_->setDocumentMode(true);
    tabs_->setAccessibleName(tr("Help"));
    const std::pair<QTextBrowser*, QString> pages[] = {
        {guide_, tr("Guide")}, {keys_, tr("Keys")}, {about_, tr("About")}};
    for (const auto& [browser, title] : pages) {
        browser->setAccessibleName(title);
        browser->setOpenLinks(false); // there is nothing outside to open
        browser->document()->setDocumentMargin(2 * measure::kEdge);
        auto* sheet = new QWidget;
        setRole(sheet, "surface");
        auto* sheetLayout = new QHBoxLayout(sheet);
        sheetLayout->setContentsMargins(0, 0, 0, 0);
        sheetLayout->addWidget(browser, 1);
        sheetLayout->addStretch(0);
        sheet->setFocusProxy(browser);
        tabs_->addTab(sheet, title);
    }
    refresh();
    connect(&app_.theme, &Theme::changed, this, &HelpPage::refresh);
}

void HelpPage::activate() {
    tabs_->currentWidget()->setFocus();
}

void HelpPage::refresh() {
    guide_->showGuide(app_.theme.px(kReadingWidth - 80));
    keys_->setHtml(keysHtml(app_.theme));
    about_->setMarkdown(aboutMarkdown());
    setSpacing(*guide_->document(), app_.theme);
    setSpacing(*about_->document(), app_.theme);
    for (QTextBrowser* browser : {static_cast<QTextBrowser*>(guide_), keys_, about_}) {
        browser->setMaximumWidth(app_.theme.px(kReadingWidth));
    }
}

} // namespace attest::gui
