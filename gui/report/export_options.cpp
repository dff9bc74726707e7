#include "gui/report/export_options.h"

#include "gui/app/settings.h"

#include <QCoreApplication>
#include <QDir>
#include <QLocale>
#include <QStandardPaths>

namespace attest::gui {

namespace {

QString tr(const char* text, int n = -1) {
    return QCoreApplication::translate("attest::gui::ExportOptions", text, nullptr, n);
}

const QString kProfile = QStringLiteral("export/profile");
const QString kSeparator = QStringLiteral("export/separator");
const QString kDecimalComma = QStringLiteral("export/decimalComma");
const QString kProvenance = QStringLiteral("export/provenance");
const QString kReviewedOnly = QStringLiteral("export/reviewedOnly");
const QString kFolder = QStringLiteral("export/folder");

QString profileName(const ProfileWords& words) {
    if (!words.profile) {
        return QStringLiteral("pdf");
    }
    const std::string_view name = extract::toString(*words.profile);
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

bool hasDecimalComma() {
    return QLocale::system().decimalPoint() == QLatin1String(",");
}

} // namespace

std::vector<ProfileWords> profileWords() {
    using extract::ExportProfile;
    return {
        {ExportProfile::ExcelXlsx,
         tr("Excel workbook"),
         tr("One .xlsx with a sheet per table; dates and numbers typed, identifiers kept as text."),
         QStringLiteral("report.xlsx"),
         false},
        {ExportProfile::ExcelCsv,
         tr("Excel CSV"),
         tr("One .csv that spreadsheets open with a double click."),
         QStringLiteral("report.csv"),
         false},
        {ExportProfile::Analysis,
         tr("Analysis (R, Python)"),
         tr("A folder: a table per group, a long table with the place of every value, a data "
            "dictionary and a manifest."),
         QStringLiteral("analysis"),
         true},
        {ExportProfile::Redcap,
         tr("REDCap"),
         tr("A folder: records with repeating instruments and the data dictionary."),
         QStringLiteral("redcap"),
         true},
        {ExportProfile::JsonLines,
         tr("JSON Lines"),
         tr("One line per document with values, evidence and review."),
         QStringLiteral("report.jsonl"),
         false},
        {std::nullopt,
         tr("PDF report"),
         tr("For reading and signing: every value with the words it was read from, one document "
            "after the other."),
         QStringLiteral("report.pdf"),
         false},
    };
}

int rememberedProfile(const Settings& settings) {
    const QString name = settings.value(kProfile).toString();
    const auto words = profileWords();
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (profileName(words[i]) == name) {
            return static_cast<int>(i);
        }
    }
    return 0;
}

void rememberProfile(Settings& settings, const ProfileWords& words) {
    settings.setValue(kProfile, profileName(words));
}

extract::ExportRequest rememberedRequest(const Settings& settings) {
    extract::ExportRequest request;
    const QString separator =
        settings.value(kSeparator, hasDecimalComma() ? QStringLiteral(";") : QStringLiteral(","))
            .toString();
    request.separator = separator.isEmpty() ? ',' : separator.at(0).toLatin1();
    request.hasDecimalComma = settings.value(kDecimalComma, false).toBool();
    request.hasProvenance = settings.value(kProvenance, true).toBool();
    request.unreviewed = settings.value(kReviewedOnly, false).toBool()
                             ? extract::Unreviewed::LeaveOut
                             : extract::Unreviewed::Include;
    request.reviewThreshold = settings.reviewThreshold();
    return request;
}

void rememberRequest(Settings& settings, const extract::ExportRequest& request) {
    settings.setValue(kSeparator, QString(QLatin1Char(request.separator)));
    settings.setValue(kDecimalComma, request.hasDecimalComma);
    settings.setValue(kProvenance, request.hasProvenance);
    settings.setValue(kReviewedOnly, request.unreviewed == extract::Unreviewed::LeaveOut);
}

QString rememberedFolder(const Settings& settings) {
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const QString folder = settings.value(kFolder, documents).toString();
    return QDir(folder).exists() ? folder : QDir::homePath();
}

void rememberFolder(Settings& settings, const QString& folder) {
    settings.setValue(kFolder, folder);
}

QString countsText(const extract::ExportCounts& counts, extract::Unreviewed unreviewed) {
    const QLocale locale;
    QString text = tr("%n document(s)", static_cast<int>(counts.documents)) +
                   QStringLiteral(" · ") + tr("%n value(s)", static_cast<int>(counts.values));
    if (counts.unreviewedDocuments > 0) {
        const QString fate = unreviewed == extract::Unreviewed::LeaveOut
                                 ? tr("left out")
                                 : tr("included with the status PEND");
        text += QStringLiteral(" · ") +
                tr("%1 not finished by a person: %2")
                    .arg(locale.toString(qulonglong(counts.unreviewedDocuments)), fate);
    }
    return text;
}

} // namespace attest::gui
