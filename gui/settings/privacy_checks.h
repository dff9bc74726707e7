// What can be seen from within about the promise that nothing leaves this machine. Everything is
// looked up now, nothing is remembered.
#pragma once

#include <QString>

#include <vector>

namespace attest::gui {

struct PrivacyCheck {
    QString claim; // "Network sockets are refused"
    bool holds = false;
    QString found; // what was looked at and seen
};

std::vector<PrivacyCheck> checkPrivacy();

// Names of the files mapped into a process that can speak to a network ("libcurl.so.4"), from the
// text of /proc/<pid>/maps; sorted, without doubles.
QStringList networkLibraries(const QString& maps);

// The value of `key` in the text of /proc/<pid>/status; empty when it is not there.
QString statusValue(const QString& status, const QString& key);

} // namespace attest::gui
