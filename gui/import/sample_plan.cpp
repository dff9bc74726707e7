#include "gui/import/sample_plan.h"

#include "extract/resources.h"

#include <QFile>

namespace attest::gui {

namespace {

struct Sample {
    const char* templateId;
    const char* file;
};

constexpr Sample kSamples[] = {
    {"medications", "discharge_letter.pdf"},
    {"medications", "medication_list.pdf"},
    {"medications", "patient_record.pdf"},
    {"medications", "referral_note.txt"},
    {"medications", "scanned_page.pdf"}, // shows what a scan without text looks like
    {"laboratory_results", "lab_report.pdf"},
    {"laboratory_results", "lab_report_two_columns.pdf"},
    {"invoice", "invoice.pdf"},
};

} // namespace

std::vector<SampleGroup> samplePlan() {
    std::vector<SampleGroup> groups;
    const auto resources = extract::resourceFolder();
    if (!resources.ok()) {
        return groups;
    }
    const QString folder =
        QString::fromStdString((resources.value() / "samples").string()) + QLatin1Char('/');
    for (const Sample& sample : kSamples) {
        const QString file = folder + QLatin1String(sample.file);
        if (!QFile::exists(file)) {
            continue;
        }
        const QString id = QLatin1String(sample.templateId);
        if (groups.empty() || groups.back().templateId != id) {
            groups.push_back({id, {}});
        }
        groups.back().files.append(file);
    }
    return groups;
}

} // namespace attest::gui
