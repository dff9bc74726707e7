#include "gui/app/settings.h"

#include <QSettings>

#include <algorithm>

namespace attest::gui {

namespace {

const QString kTheme = QStringLiteral("appearance/theme");
const QString kTextScale = QStringLiteral("appearance/textScale");
const QString kLanguage = QStringLiteral("appearance/language");
const QString kThreads = QStringLiteral("models/threads");
const QString kReviewThreshold = QStringLiteral("review/threshold");
const QString kReviewer = QStringLiteral("review/reviewer");
const QString kLastTemplate = QStringLiteral("library/template");
const QString kExtractsOnAdd = QStringLiteral("library/extractsOnAdd");
const QString kWelcomed = QStringLiteral("welcomed");

constexpr double kDefaultThreshold = 0.9;

} // namespace

Settings::Settings(const QString& file)
    : settings_(file.isEmpty() ? std::make_unique<QSettings>()
                               : std::make_unique<QSettings>(file, QSettings::IniFormat)) {}

Settings::~Settings() = default;

ThemeMode Settings::themeMode() const {
    const QString name = value(kTheme).toString();
    return name == QLatin1String("light")  ? ThemeMode::Light
           : name == QLatin1String("dark") ? ThemeMode::Dark
                                           : ThemeMode::System;
}

void Settings::setThemeMode(ThemeMode mode) {
    setValue(kTheme,
             mode == ThemeMode::Light  ? QStringLiteral("light")
             : mode == ThemeMode::Dark ? QStringLiteral("dark")
                                       : QStringLiteral("system"));
}

double Settings::textScale() const {
    return std::clamp(value(kTextScale, 1.0).toDouble(), 0.8, 2.0);
}

void Settings::setTextScale(double scale) {
    setValue(kTextScale, std::clamp(scale, 0.8, 2.0));
}

QString Settings::language() const {
    return value(kLanguage).toString();
}

void Settings::setLanguage(const QString& language) {
    setValue(kLanguage, language);
}

std::size_t Settings::threads() const {
    return value(kThreads, 0).toUInt();
}

void Settings::setThreads(std::size_t threads) {
    setValue(kThreads, static_cast<unsigned>(threads));
}

double Settings::reviewThreshold() const {
    return std::clamp(value(kReviewThreshold, kDefaultThreshold).toDouble(), 0.5, 1.0);
}

void Settings::setReviewThreshold(double threshold) {
    setValue(kReviewThreshold, std::clamp(threshold, 0.5, 1.0));
}

QString Settings::reviewer() const {
    const QString name = value(kReviewer).toString().trimmed();
    return name.isEmpty() ? qEnvironmentVariable("USER", QStringLiteral("reviewer")) : name;
}

void Settings::setReviewer(const QString& name) {
    setValue(kReviewer, name.trimmed());
}

QString Settings::lastTemplate() const {
    return value(kLastTemplate, QStringLiteral("medications")).toString();
}

void Settings::setLastTemplate(const QString& id) {
    setValue(kLastTemplate, id);
}

bool Settings::extractsOnAdd() const {
    return value(kExtractsOnAdd, true).toBool();
}

void Settings::setExtractsOnAdd(bool extracts) {
    setValue(kExtractsOnAdd, extracts);
}

bool Settings::wasWelcomed() const {
    return value(kWelcomed, false).toBool();
}

void Settings::setWelcomed(bool welcomed) {
    setValue(kWelcomed, welcomed);
}

QVariant Settings::value(const QString& key, const QVariant& otherwise) const {
    return settings_->value(key, otherwise);
}

void Settings::setValue(const QString& key, const QVariant& value) {
    if (settings_->value(key) == value) {
        return;
    }
    settings_->setValue(key, value);
    emit changed();
}

} // namespace attest::gui
