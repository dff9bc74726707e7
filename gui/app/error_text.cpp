#include "gui/app/error_text.h"

#include <QCoreApplication>

namespace attest::gui {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("attest::gui::errorText", text);
}

} // namespace

QString errorAdvice(ErrorCode code) {
    switch (code) {
    case ErrorCode::Cancelled:
        return tr("Cancelled; nothing was changed.");
    case ErrorCode::NotFound:
        return tr("Something that is needed is not there. Check that the file was not moved.");
    case ErrorCode::InvalidInput:
        return tr("The content is damaged or not what it should be.");
    case ErrorCode::Unsupported:
        return tr("This version of Attest cannot work with it.");
    case ErrorCode::OutOfResources:
        return tr("Memory or disk space ran out. Free some and try again.");
    case ErrorCode::Io:
        return tr("The system refused to read or write. Check the disk and the permissions.");
    case ErrorCode::Storage:
        return tr("The library could not do this. If it happens again, restore a backup in "
                  "Settings.");
    }
    return {};
}

QString errorText(const Error& error) {
    return errorAdvice(error.code) + QLatin1Char('\n') + QString::fromStdString(error.message);
}

} // namespace attest::gui
