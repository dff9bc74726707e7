// Settings: sections at the left, with a search over all of them, the chosen one at the right.
// Everything applies at once.
#pragma once

#include "gui/app/context.h"
#include "gui/widgets/page.h"

#include <vector>

class QLineEdit;
class QListWidget;
class QStackedWidget;

namespace attest::gui {

class SettingsSection;

class SettingsPage final : public Page {
    Q_OBJECT

public:
    SettingsPage(AppContext& app, QWidget* parent);

    // Shows the section the Navigator names.
    void activate() override;

    QString statusText() const override;

    // By object name: general, appearance, library, models, review, export, privacy, backup,
    // advanced. An unknown or empty name shows the first.
    void showSection(const QString& name);

    QString currentSection() const;

private:
    void add(SettingsSection* section);
    void search(const QString& query);

    AppContext& app_;
    QLineEdit* search_;
    QListWidget* list_;
    QStackedWidget* stack_;
    std::vector<SettingsSection*> sections_;
};

} // namespace attest::gui
