// Which template each sample document was made for.
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace attest::gui {

struct SampleGroup {
    QString templateId;
    QStringList files; // absolute
};

// Empty when the sample documents are not installed.
std::vector<SampleGroup> samplePlan();

} // namespace attest::gui
