#include "gui/settings/privacy_checks.h"

#include <QCoreApplication>
#include <QFile>
#include <QSet>
#include <QStringList>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <unistd.h>

namespace attest::gui {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("attest::gui::PrivacyChecks", text);
}

// Begins of library names: HTTP, TLS, SSH and the network modules of toolkits.
constexpr const char* kNetworkNames[] = {"libQt5Network",
                                         "libQt6Network",
                                         "libQt6WebEngine",
                                         "libQt6WebSockets",
                                         "libcares",
                                         "libcurl",
                                         "libgnutls",
                                         "libmbedtls",
                                         "libneon",
                                         "libnghttp",
                                         "libnss3",
                                         "libnssutil",
                                         "libsmbclient",
                                         "libsoup",
                                         "libssh",
                                         "libssl"};

QString readFile(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QStringList mappedFiles(const QString& maps) {
    QSet<QString> names;
    for (const QStringView line : QStringView(maps).split(QLatin1Char('\n'))) {
        const qsizetype slash = line.indexOf(QLatin1Char('/'));
        const qsizetype last = line.lastIndexOf(QLatin1Char('/'));
        if (slash >= 0 && line.contains(QLatin1String(".so"))) {
            names.insert(line.mid(last + 1).toString());
        }
    }
    QStringList sorted(names.begin(), names.end());
    sorted.sort();
    return sorted;
}

PrivacyCheck checkLibraries() {
    const QString maps = readFile(QStringLiteral("/proc/self/maps"));
    const QStringList network = networkLibraries(maps);
    const auto count = mappedFiles(maps).size();
    PrivacyCheck check;
    check.claim = tr("No network library is loaded");
    check.holds = !maps.isEmpty() && network.isEmpty();
    check.found = maps.isEmpty() ? tr("The list of libraries cannot be read here.")
                  : network.isEmpty()
                      ? tr("%1 libraries are loaded; none of them speaks to a network.").arg(count)
                      : tr("Brought in by the desktop: %1. The next checks decide.")
                            .arg(network.join(QLatin1String(", ")));
    return check;
}

PrivacyCheck checkFilter() {
    const QString status = readFile(QStringLiteral("/proc/self/status"));
    const QString mode = statusValue(status, QStringLiteral("Seccomp"));
    const QString filters = statusValue(status, QStringLiteral("Seccomp_filters"));
    PrivacyCheck check;
    check.claim = tr("The kernel filters this program's system calls");
    check.holds = mode == QLatin1String("2");
    check.found = tr("Seccomp: %1, filters: %2, no new privileges: %3.")
                      .arg(mode.isEmpty() ? tr("unknown") : mode,
                           filters.isEmpty() ? tr("unknown") : filters,
                           statusValue(status, QStringLiteral("NoNewPrivs")));
    return check;
}

PrivacyCheck checkSocket(const char* family, int domain) {
    PrivacyCheck check;
    check.claim = tr("%1 sockets are refused").arg(QLatin1String(family));
    errno = 0;
    const int socket = ::socket(domain, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int code = errno;
    if (socket >= 0) {
        ::close(socket); // never connected
        check.found = tr("A socket was given, and closed again unused.");
        return check;
    }
    check.holds = code == EACCES;
    check.found = tr("Tried just now: %1.").arg(QString::fromLocal8Bit(std::strerror(code)));
    return check;
}

} // namespace

QStringList networkLibraries(const QString& maps) {
    QStringList found;
    for (const QString& name : mappedFiles(maps)) {
        const bool isNetwork =
            std::any_of(std::begin(kNetworkNames), std::end(kNetworkNames), [&](const char* begin) {
                return name.startsWith(QLatin1String(begin));
            });
        if (isNetwork) {
            found.append(name);
        }
    }
    return found;
}

QString statusValue(const QString& status, const QString& key) {
    for (const QStringView line : QStringView(status).split(QLatin1Char('\n'))) {
        if (line.startsWith(key) && line.mid(key.size()).startsWith(QLatin1Char(':'))) {
            return line.mid(key.size() + 1).trimmed().toString();
        }
    }
    return {};
}

std::vector<PrivacyCheck> checkPrivacy() {
    return {checkLibraries(),
            checkFilter(),
            checkSocket("IPv4", AF_INET),
            checkSocket("IPv6", AF_INET6)};
}

} // namespace attest::gui
