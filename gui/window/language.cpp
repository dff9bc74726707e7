#include "gui/window/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace attest::gui {

namespace {

// Texts are in one context in the file: the same words mean the same wherever they stand.
class WordTranslator final : public QTranslator {
public:
    using QTranslator::QTranslator;

    QString translate(const char*, const char* source, const char*, int n) const override {
        return QTranslator::translate("attest", source, nullptr, n);
    }
};

} // namespace

void installLanguage(QCoreApplication& app, const QString& language) {
    const QLocale::Language desktop = QLocale::system().language();
    const QString chosen = !language.isEmpty()          ? language
                           : desktop == QLocale::German ? QStringLiteral("de")
                                                        : QStringLiteral("en");
    // What Qt says itself: buttons of dialogs, the file dialog.
    auto* toolkit = new QTranslator(&app);
    if (toolkit->load(QStringLiteral("qtbase_") + chosen,
                      QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        QCoreApplication::installTranslator(toolkit);
    }
    auto* own = new WordTranslator(&app);
    if (own->load(QStringLiteral(":/translations/attest_%1.qm").arg(chosen))) {
        QCoreApplication::installTranslator(own);
    }
    if (!language.isEmpty()) {
        QLocale::setDefault(QLocale(language));
    }
}

} // namespace attest::gui
