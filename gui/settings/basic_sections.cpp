// General, appearance, review and export: a few controls each, bound to Settings.
#include "gui/app/navigator.h"
#include "gui/app/restart.h"
#include "gui/app/settings.h"
#include "gui/app/store.h"
#include "gui/settings/sections.h"
#include "gui/settings/settings_section.h"
#include "gui/theme/style_sheet.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>

#include <cmath>

namespace attest::gui {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("attest::gui::SettingsPage", text);
}

// Calls `show` now and after every change of the settings.
template <typename Show>
void follow(Settings& settings, QObject* context, Show show) {
    show();
    QObject::connect(&settings, &Settings::changed, context, show);
}

void selectData(QComboBox* box, const QVariant& data) {
    const QSignalBlocker blocker(box);
    box->setCurrentIndex(std::max(0, box->findData(data)));
}

} // namespace

SettingsSection* makeGeneralSection(AppContext& app, QWidget* parent) {
    auto* section =
        new SettingsSection(QStringLiteral("general"), tr("General"), QString(), parent);
    Settings& settings = app.settings;

    auto* choice = new QWidget;
    auto* choiceLayout = new QHBoxLayout(choice);
    choiceLayout->setContentsMargins(0, 0, 0, 0);
    choiceLayout->setSpacing(measure::kInside);
    auto* restart = new QPushButton(tr("Restart now"));
    setRole(restart, "primary");
    restart->setToolTip(tr("Closes the window and opens it again in the new language"));
    restart->hide();
    auto* language = new QComboBox;
    language->addItem(tr("As the desktop"), QString());
    language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    language->addItem(QStringLiteral("Deutsch"), QStringLiteral("de"));
    language->setAccessibleName(tr("Language"));
    language->setToolTip(tr("Language of the window"));
    choiceLayout->addWidget(restart);
    choiceLayout->addWidget(language);
    section->addRow(tr("Language"),
                    tr("Of the window, not of the documents. A new one shows after a restart; "
                       "waiting documents go on afterwards."),
                    choice);

    auto* welcome = new QPushButton(tr("Show the first page again"));
    section->addRow(tr("First steps"),
                    tr("The page with the sample documents, as after the installation."),
                    welcome);
    auto* guide = new QPushButton(tr("Open the guide"));
    guide->setToolTip(tr("Guide and keyboard shortcuts (F1)"));
    section->addRow(tr("Help"), tr("A short guide with pictures, and every key."), guide);

    follow(settings, language, [=, &settings] { selectData(language, settings.language()); });
    QObject::connect(language, &QComboBox::activated, section, [=, &settings] {
        const QString chosen = language->currentData().toString();
        restart->setVisible(restart->isVisible() || chosen != settings.language());
        settings.setLanguage(chosen);
    });
    QObject::connect(restart, &QPushButton::clicked, section, [&app] {
        requestRestart(argumentsWith(QCoreApplication::arguments(),
                                     QStringLiteral("--library"),
                                     QString::fromStdString(app.store.folder().string())));
    });
    QObject::connect(welcome, &QPushButton::clicked, section, [&app] {
        app.settings.setWelcomed(false);
        app.navigator.openLibrary(storage::SmartList::All);
    });
    QObject::connect(
        guide, &QPushButton::clicked, section, [&app] { app.navigator.openPage(PageId::Help); });
    section->setRestore([&settings] { settings.setLanguage({}); });
    return section;
}

SettingsSection* makeAppearanceSection(AppContext& app, QWidget* parent) {
    auto* section =
        new SettingsSection(QStringLiteral("appearance"), tr("Appearance"), QString(), parent);
    Settings& settings = app.settings;

    auto* theme = new QComboBox;
    theme->addItem(tr("As the desktop"), static_cast<int>(ThemeMode::System));
    theme->addItem(tr("Light"), static_cast<int>(ThemeMode::Light));
    theme->addItem(tr("Dark"), static_cast<int>(ThemeMode::Dark));
    section->addRow(
        tr("Theme"), tr("Pages keep their colours; in the dark theme they are dimmed."), theme);

    auto* size = new QWidget;
    auto* sizeLayout = new QHBoxLayout(size);
    sizeLayout->setContentsMargins(0, 0, 0, 0);
    sizeLayout->setSpacing(measure::kInside);
    auto* slider = new QSlider(Qt::Horizontal);
    slider->setRange(8, 20); // tenths
    slider->setPageStep(2);
    slider->setTickPosition(QSlider::TicksBelow);
    slider->setTickInterval(2);
    slider->setMinimumWidth(140);
    slider->setAccessibleName(tr("Text size"));
    slider->setToolTip(tr("80 to 200 % (left and right arrow)"));
    auto* percent = new QSpinBox;
    percent->setRange(80, 200);
    percent->setSingleStep(10);
    percent->setSuffix(QStringLiteral(" %"));
    percent->setKeyboardTracking(false);
    percent->setAccessibleName(tr("Text size in percent"));
    percent->setToolTip(tr("80 to 200 % (up and down arrow)"));
    sizeLayout->addWidget(slider, 1);
    sizeLayout->addWidget(percent);
    section->addRow(tr("Text size"), tr("Of the whole window, at once."), size);

    follow(settings, section, [=, &settings] {
        const QSignalBlocker blockers[] = {QSignalBlocker(slider), QSignalBlocker(percent)};
        selectData(theme, static_cast<int>(settings.themeMode()));
        slider->setValue(static_cast<int>(std::lround(settings.textScale() * 10)));
        percent->setValue(static_cast<int>(std::lround(settings.textScale() * 100)));
    });
    QObject::connect(theme, &QComboBox::activated, section, [=, &settings] {
        settings.setThemeMode(static_cast<ThemeMode>(theme->currentData().toInt()));
    });
    QObject::connect(slider, &QSlider::valueChanged, section, [&settings](int tenths) {
        settings.setTextScale(tenths / 10.0);
    });
    QObject::connect(percent, &QSpinBox::valueChanged, section, [&settings](int value) {
        settings.setTextScale(value / 100.0);
    });
    section->setRestore([&settings] {
        settings.setThemeMode(ThemeMode::System);
        settings.setTextScale(1);
    });
    return section;
}

SettingsSection* makeReviewSection(AppContext& app, QWidget* parent) {
    auto* section = new SettingsSection(QStringLiteral("review"), tr("Review"), QString(), parent);
    Settings& settings = app.settings;

    auto* reviewer = new QLineEdit;
    reviewer->setMinimumWidth(180);
    reviewer->setMaxLength(80);
    section->addRow(tr("Reviewer"),
                    tr("The name that is kept with every decision and exported as reviewed_by."),
                    reviewer);
    auto* threshold = new QDoubleSpinBox;
    threshold->setRange(0.5, 1);
    threshold->setSingleStep(0.01);
    threshold->setDecimals(2);
    threshold->setKeyboardTracking(false);
    section->addRow(
        tr("Ask a person below"),
        tr("Values whose confidence is lower are to be reviewed. It says how often such "
           "values are right where that was measured for the model, as for the one that "
           "comes with the program; else it is the model's own probability."),
        threshold);

    follow(settings, section, [=, &settings] {
        const QSignalBlocker blocker(threshold);
        threshold->setValue(settings.reviewThreshold());
        if (!reviewer->hasFocus()) {
            reviewer->setText(settings.reviewer());
        }
    });
    QObject::connect(reviewer, &QLineEdit::editingFinished, section, [=, &settings] {
        settings.setReviewer(reviewer->text());
        reviewer->setText(settings.reviewer());
    });
    QObject::connect(threshold, &QDoubleSpinBox::valueChanged, section, [&settings](double value) {
        settings.setReviewThreshold(value);
    });
    section->setRestore([&settings] {
        settings.setReviewer({});
        settings.setReviewThreshold(0.9);
    });
    return section;
}

SettingsSection* makeExportSection(AppContext& app, QWidget* parent) {
    auto* section = new SettingsSection(
        QStringLiteral("export"),
        tr("Export"),
        tr("The export window remembers what was chosen last for each profile. The same profiles "
           "are there on the command line: attest export --profile excel."),
        parent);
    auto* open = new QPushButton(tr("Open export…"));
    open->setToolTip(tr("Chooses profile, columns and place of an export"));
    section->addRow(tr("Export now"), tr("With a preview of the first lines."), open);
    QObject::connect(
        open, &QPushButton::clicked, section, [&app] { app.navigator.openExport({}); });
    return section;
}

} // namespace attest::gui
