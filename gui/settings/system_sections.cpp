// Models, privacy and advanced: what the machine gives and what can be checked.
#include "extract/pipeline.h"
#include "gui/app/error_text.h"
#include "gui/app/navigator.h"
#include "gui/app/settings.h"
#include "gui/app/store.h"
#include "gui/settings/privacy_checks.h"
#include "gui/settings/sections.h"
#include "gui/settings/settings_section.h"
#include "gui/theme/style_sheet.h"
#include "gui/theme/theme.h"
#include "gui/widgets/pill.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSettings>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QThread>
#include <QVBoxLayout>

namespace attest::gui {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("attest::gui::SettingsPage", text);
}

QLabel* wrapped(const QString& text, const char* role) {
    auto* label = new QLabel(text);
    setRole(label, role);
    label->setWordWrap(true);
    return label;
}

// The checks as rows of claim, what was found, and a pill; looked up again by the button.
class PrivacyTable final : public QWidget {
public:
    PrivacyTable(const Theme& theme, QWidget* parent)
        : QWidget(parent), theme_(theme), rows_(new QVBoxLayout), when_(new QLabel) {
        auto* layout = new QVBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(measure::kEdge);
        rows_->setSpacing(measure::kEdge);
        layout->addLayout(rows_);
        auto* foot = new QHBoxLayout;
        auto* again = new QPushButton(tr("Check again"));
        again->setToolTip(tr("Looks everything up anew"));
        setRole(when_, "secondary");
        foot->addWidget(again);
        foot->addWidget(when_, 1);
        layout->addLayout(foot);
        connect(again, &QPushButton::clicked, this, &PrivacyTable::check);
        check();
    }

private:
    void check() {
        while (QLayoutItem* item = rows_->takeAt(0)) {
            delete item->widget();
            delete item;
        }
        for (const PrivacyCheck& check : checkPrivacy()) {
            auto* row = new QWidget;
            auto* line = new QHBoxLayout(row);
            line->setContentsMargins(0, 0, 0, 0);
            auto* texts = new QVBoxLayout;
            texts->setSpacing(2);
            texts->addWidget(wrapped(check.claim, "heading"));
            texts->addWidget(wrapped(check.found, "secondary"));
            auto* pill = new Pill(theme_);
            pill->setState(check.holds ? tr("✓ holds") : tr("! does not hold"),
                           check.holds ? Tone::Ok : Tone::Bad);
            line->addLayout(texts, 1);
            line->addWidget(pill, 0, Qt::AlignRight | Qt::AlignVCenter);
            row->setAccessibleName(check.claim);
            row->setAccessibleDescription(check.found);
            rows_->addWidget(row);
        }
        when_->setText(
            tr("Checked at %1")
                .arg(QLocale().toString(QDateTime::currentDateTime().time(), QLocale::LongFormat)));
    }

    const Theme& theme_;
    QVBoxLayout* rows_;
    QLabel* when_;
};

// Path rows that can be selected and copied.
QWidget* placesTable(const std::vector<std::pair<QString, QString>>& places) {
    auto* table = new QWidget;
    auto* grid = new QGridLayout(table);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(measure::kBetween);
    grid->setVerticalSpacing(measure::kInside);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const auto& [what, where] : places) {
        auto* path = wrapped(where, "mono");
        path->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        path->setAccessibleName(what + QStringLiteral(": ") + where);
        auto* name = wrapped(what, "muted");
        name->setAlignment(Qt::AlignTop);
        grid->addWidget(name, row, 0);
        grid->addWidget(path, row, 1);
        ++row;
    }
    grid->setColumnMinimumWidth(0, 150);
    return table;
}

QString settingsFile() {
    const QStringList arguments = QCoreApplication::arguments();
    const qsizetype given = arguments.indexOf(QStringLiteral("--settings"));
    return given > 0 && given + 1 < arguments.size() ? arguments[given + 1]
                                                     : QSettings().fileName();
}

} // namespace

SettingsSection* makeModelsSection(AppContext& app, QWidget* parent) {
    auto* section =
        new SettingsSection(QStringLiteral("models"), tr("Models and speed"), QString(), parent);
    Settings& settings = app.settings;
    const int most = std::max(1, QThread::idealThreadCount());

    auto* threads = new QSpinBox;
    threads->setRange(0, most);
    threads->setSpecialValueText(tr("Automatic"));
    threads->setKeyboardTracking(false);
    section->addRow(tr("Threads"),
                    tr("This machine runs %1 at once. Fewer leave more of it to other programs; "
                       "the next document uses the new number.")
                        .arg(most),
                    threads);
    auto* open = new QPushButton(tr("Open models"));
    open->setToolTip(tr("Lists the models, adds others and chooses which is used for what"));
    section->addRow(tr("Which model is used"), tr("For all templates, or for one."), open);

    const auto refresh = [threads, &settings] {
        const QSignalBlocker blocker(threads);
        threads->setValue(static_cast<int>(settings.threads()));
    };
    refresh();
    QObject::connect(&settings, &Settings::changed, section, refresh);
    QObject::connect(threads, &QSpinBox::valueChanged, section, [&settings](int value) {
        settings.setThreads(static_cast<std::size_t>(value));
    });
    QObject::connect(
        open, &QPushButton::clicked, section, [&app] { app.navigator.openPage(PageId::Models); });
    section->setRestore([&settings] { settings.setThreads(0); });
    return section;
}

SettingsSection* makePrivacySection(AppContext& app, QWidget* parent) {
    auto* section = new SettingsSection(
        QStringLiteral("privacy"),
        tr("Privacy"),
        tr("Attest has no network code: no accounts, no updates, no statistics, no crash reports. "
           "This page does not ask you to believe that. It checks this running program."),
        parent);
    section->beginGroup(tr("Checked now, in this process"));
    section->addWide(new PrivacyTable(app.theme, section),
                     tr("network library seccomp socket offline check"));
    section->beginGroup(tr("How it is built"));
    section->addWide(
        wrapped(tr("PDFs are opened only by a separate program, attest-reader. Before it sees the "
                   "first byte it gives up files, network and new processes for good; a crafted "
                   "PDF can at worst stop that program."),
                "muted"),
        tr("reader sandbox PDF"));
    section->addWide(
        wrapped(tr("The kernel's filter is set at the start, before any document is read, and "
                   "holds for everything Attest starts. It cannot be taken off again."),
                "muted"),
        tr("seccomp filter"));
    section->beginGroup(tr("What is stored where"));
    const QString library = QString::fromStdString(app.store.folder().string());
    section->addWide(
        placesTable({{tr("Texts, results, decisions"), library + QStringLiteral("/library.sqlite")},
                     {tr("Backups of it"), library + QStringLiteral("/backups")},
                     {tr("Your documents"), tr("stay where they are; Attest only reads them")},
                     {tr("Window and choices"), settingsFile()},
                     {tr("Exports"), tr("only where you save them")}}),
        tr("stored where paths files"));
    section->beginGroup(tr("Logs"));
    section->addWide(
        wrapped(tr("Attest writes no log files. Messages name files, pages and places, never the "
                   "text of a document. The audit trail in the library records who decided what "
                   "and when, by number, chained by SHA-256, without document text."),
                "muted"),
        tr("log audit"));
    return section;
}

SettingsSection* makeAdvancedSection(AppContext& app, QWidget* parent) {
    auto* section =
        new SettingsSection(QStringLiteral("advanced"), tr("Advanced"), QString(), parent);
    const auto engine = extract::engineVersion();
    section->addWide(
        placesTable({{tr("Version"),
                      QString::fromUtf8(engine.data(), static_cast<qsizetype>(engine.size()))},
                     {tr("Settings file"), settingsFile()},
                     {tr("Qt"), QString::fromLatin1(qVersion())},
                     {tr("Process"), QString::number(QCoreApplication::applicationPid())}}),
        tr("version settings file about"));
    auto* about = new QPushButton(tr("Licences and guide"));
    about->setToolTip(tr("Version, licences, guide and keys (F1)"));
    section->addRow(tr("About Attest"), QString(), about);
    auto* reset = new QPushButton(tr("Forget the window's layout"));
    reset->setToolTip(tr("Takes effect at the next start"));
    section->addRow(
        tr("Layout"), tr("Size and place of the window, as after the installation."), reset);
    QObject::connect(
        about, &QPushButton::clicked, section, [&app] { app.navigator.openPage(PageId::Help); });
    QObject::connect(reset, &QPushButton::clicked, section, [&app] {
        app.settings.setValue(QStringLiteral("window/geometry"), QByteArray());
        app.navigator.showToast({tr("The layout is forgotten at the next start"), {}, {}});
    });
    return section;
}

} // namespace attest::gui
