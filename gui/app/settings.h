// What the user chose for this workstation: kept in the desktop's settings file, not in the
// library.
#pragma once

#include "gui/theme/theme.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QVariant>

#include <cstddef>
#include <memory>

class QSettings;

namespace attest::gui {

// Lives on the GUI thread. Every setter saves at once and emits changed().
class Settings final : public QObject {
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Settings)

public:
    // `file` empty: the user's own settings. Tests and --settings name a file.
    explicit Settings(const QString& file);
    ~Settings() override;

    ThemeMode themeMode() const;
    void setThemeMode(ThemeMode mode);

    double textScale() const; // 0.8 … 2.0
    void setTextScale(double scale);

    QString language() const; // "en", "de"; empty: as the desktop
    void setLanguage(const QString& language);

    std::size_t threads() const; // 0: as the machine has
    void setThreads(std::size_t threads);

    // Values with a lower confidence (storage::confidenceOf) ask for a person.
    double reviewThreshold() const; // 0.5 … 1, 0.9 at first
    void setReviewThreshold(double threshold);

    QString reviewer() const; // name on every decision; the login name at first
    void setReviewer(const QString& name);

    QString lastTemplate() const; // id of the template chosen in the library
    void setLastTemplate(const QString& id);

    // Begins extraction as soon as documents are added.
    bool extractsOnAdd() const;
    void setExtractsOnAdd(bool extracts);

    bool wasWelcomed() const; // the first-run page has been left
    void setWelcomed(bool welcomed);

    // Anything else a page remembers: splitters, columns, last folders. Keys "page/name".
    QVariant value(const QString& key, const QVariant& otherwise = {}) const;
    void setValue(const QString& key, const QVariant& value);

signals:
    void changed();

private:
    std::unique_ptr<QSettings> settings_;
};

} // namespace attest::gui
