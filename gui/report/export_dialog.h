// From reviewed values to files: profile, options, live preview, and what is in them before they
// are written.
#pragma once

#include "base/result.h"
#include "extract/export_profile.h"
#include "gui/app/context.h"
#include "gui/app/navigator.h"
#include "gui/app/task_thread.h"
#include "gui/report/export_options.h"

#include <QDialog>
#include <QTimer>

#include <set>
#include <stop_token>
#include <string>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QProgressBar;
class QPushButton;
class QTabWidget;
class QVBoxLayout;

namespace attest::gui {

// Lives on the GUI thread; previews and files are made on others.
class ExportDialog final : public QDialog {
    Q_OBJECT

public:
    ExportDialog(AppContext& app, const ExportTarget& target, QWidget* parent);
    ~ExportDialog() override;

    void reject() override;

signals:
    void written(const QString& target); // the file or folder

private:
    QWidget* makeProfiles();
    QWidget* makeOptions();
    QWidget* makeFooter();
    void fillTemplates(const QString& chosen);
    ProfileWords profile() const; // the chosen one
    extract::ExportRequest request() const;
    void changed(); // asks for a new preview soon
    void preview();
    void showPreview(const extract::ExportPreview& preview);
    void showIdentifiers(const extract::ExportCounts& counts);
    void showTrouble(const QString& text);
    void chooseTarget();
    void write();
    void finished(const Result<extract::ExportCounts>& counts, const QString& target);
    void setBusy(bool isBusy);

    AppContext& app_;
    std::set<std::int64_t> runIds_;
    std::set<std::string> leftOut_;
    QString askedTarget_; // exists and the user was asked whether to replace it
    int previewNumber_ = 0;
    bool isWriting_ = false;

    QListWidget* profiles_;
    QComboBox* template_;
    QLabel* profileText_;
    QComboBox* separator_;
    QCheckBox* decimalComma_;
    QCheckBox* provenance_;
    QCheckBox* reviewedOnly_;
    QWidget* identifierBox_;
    QVBoxLayout* identifiers_;
    QLabel* counts_;
    QLabel* trouble_;
    QTabWidget* tables_;
    QLineEdit* target_;
    QPushButton* choose_;
    QPushButton* cancel_;
    QPushButton* write_;
    QProgressBar* progress_;
    QTimer soon_;
    std::stop_source stop_;
    TaskThread thread_{TaskThread::AtEnd::DropWaiting}; // last: ends before what it uses
};

} // namespace attest::gui
