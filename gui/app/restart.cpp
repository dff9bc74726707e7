#include "gui/app/restart.h"

#include <QCoreApplication>
#include <QVariant>

#include <cstdio>
#include <unistd.h>
#include <vector>

namespace attest::gui {

namespace {

constexpr const char* kProperty = "restartArguments";

// Options that stay, and whether they have a value.
constexpr const char* kKept[] = {"--library", "--settings", "--theme", "--text-scale", "--size"};

bool isKept(const QString& name) {
    for (const char* kept : kKept) {
        if (name == QLatin1String(kept)) {
            return true;
        }
    }
    return false;
}

} // namespace

QStringList
argumentsWith(const QStringList& arguments, const QString& option, const QString& value) {
    QStringList next{arguments.value(0)};
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        const QString& word = arguments[i];
        const qsizetype equals = word.indexOf(QLatin1Char('='));
        const QString name = equals < 0 ? word : word.left(equals);
        if (!isKept(name)) {
            continue;
        }
        const QString given = equals < 0 ? arguments.value(++i) : word.mid(equals + 1);
        if (name != option) {
            next << name << given;
        }
    }
    next << option << value;
    return next;
}

void requestRestart(const QStringList& arguments) {
    QCoreApplication::instance()->setProperty(kProperty, arguments);
    QCoreApplication::exit(0);
}

QStringList requestedRestart() {
    return QCoreApplication::instance()->property(kProperty).toStringList();
}

void startAgain(const QString& program, const QStringList& arguments) {
    std::vector<QByteArray> words;
    for (const QString& argument : arguments) {
        words.push_back(argument.toLocal8Bit());
    }
    std::vector<char*> pointers;
    for (QByteArray& word : words) {
        pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    ::execv(program.toLocal8Bit().constData(), pointers.data());
    std::perror("attest-gui: cannot start again");
}

} // namespace attest::gui
