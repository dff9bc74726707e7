#include "gui/templates/versions_view.h"

#include "gui/app/error_text.h"
#include "gui/app/store.h"
#include "gui/templates/draft_state.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "storage/template_store.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace attest::gui {

VersionsView::VersionsView(AppContext& app, DraftState& state, QWidget* parent)
    : QWidget(parent)
    , app_(app)
    , state_(state)
    , list_(new QListWidget)
    , text_(new QPlainTextEdit)
    , restore_(new QPushButton(tr("Take this version up again")))
    , note_(new QLabel(tr("Results keep the version they came from."))) {
    setRole(note_, "muted");
    note_->setWordWrap(true);
    setRole(list_, "navigation");
    list_->setAccessibleName(tr("Versions"));
    list_->setToolTip(tr("Versions, newest first"));
    text_->setReadOnly(true);
    text_->setTabChangesFocus(true);
    text_->setAccessibleName(tr("The version as JSON"));
    text_->setToolTip(tr("The version as JSON"));
    text_->setLineWrapMode(QPlainTextEdit::NoWrap);
    restore_->setToolTip(tr("Puts it into the editor; saving makes it the newest version"));
    auto* left = new QVBoxLayout;
    left->addWidget(note_);
    left->addWidget(list_, 1);
    left->addWidget(restore_);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(measure::kEdge, measure::kEdge, measure::kEdge, measure::kEdge);
    layout->setSpacing(measure::kEdge);
    layout->addLayout(left, 1);
    layout->addWidget(text_, 2);
    connect(list_, &QListWidget::currentRowChanged, this, &VersionsView::showSelected);
    connect(restore_, &QPushButton::clicked, this, &VersionsView::restoreSelected);
    const auto restyle = [this] {
        QFont mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        mono.setPixelSize(app_.theme.px(12));
        text_->setFont(mono);
    };
    restyle();
    connect(&app_.theme, &Theme::changed, this, restyle);
    showSelected();
}

void VersionsView::setTemplate(const std::string& id) {
    app_.store.read(
        this,
        [id](storage::Database& db) { return storage::templateVersions(db, id); },
        [this](Result<std::vector<storage::TemplateRecord>> found) {
            list_->clear();
            versions_.clear();
            note_->setText(found.ok() ? tr("Results keep the version they came from.")
                                      : errorText(found.error()));
            if (found.ok()) {
                versions_ = std::move(found).value();
            }
            for (const storage::TemplateRecord& version : versions_) {
                list_->addItem(tr("Version %1 · %2")
                                   .arg(version.version)
                                   .arg(QString::fromStdString(version.sha256.substr(0, 8))));
            }
            list_->setCurrentRow(versions_.empty() ? -1 : 0);
            showSelected();
        });
}

void VersionsView::showSelected() {
    const int row = list_->currentRow();
    const bool isThere = row >= 0 && static_cast<std::size_t>(row) < versions_.size();
    text_->setPlainText(isThere
                            ? QString::fromStdString(versions_[static_cast<std::size_t>(row)].json)
                            : tr("Not saved yet, and not used for any result."));
    restore_->setEnabled(isThere && !state_.isReadOnly());
}

void VersionsView::restoreSelected() {
    const int row = list_->currentRow();
    if (row < 0 || static_cast<std::size_t>(row) >= versions_.size()) {
        return;
    }
    const storage::TemplateRecord& version = versions_[static_cast<std::size_t>(row)];
    auto old = extract::parseDraft(version.json, version.title);
    if (!old.ok()) {
        note_->setText(errorText(old.error()));
        return;
    }
    state_.change(
        tr("Take up version %1").arg(version.version), {}, [&](extract::TemplateDraft& draft) {
            const std::string id = draft.id;
            const std::int64_t number = draft.version;
            draft = std::move(old).value();
            draft.id = id;
            draft.version = number;
            return DraftPath{};
        });
}

} // namespace attest::gui
