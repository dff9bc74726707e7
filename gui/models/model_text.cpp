#include "gui/models/model_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace attest::gui {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("attest::gui::ModelsPage", text);
}

} // namespace

FitText fitText(const ModelEntry& entry) {
    if (!entry.isThere) {
        return {tr("! File missing"), Tone::Bad};
    }
    if (entry.lacksFormat()) {
        return {tr("? Chat format"), Tone::Warn};
    }
    switch (extract::memoryFit(entry.card)) {
    case extract::MemoryFit::Fits:
        return {tr("✓ Fits"), Tone::Ok};
    case extract::MemoryFit::Tight:
        return {tr("? Tight"), Tone::Warn};
    case extract::MemoryFit::TooBig:
        return {tr("! Too big"), Tone::Bad};
    }
    return {};
}

QString formatText(const extract::NamedChatFormat& format) {
    return QStringLiteral("%1 (%2)").arg(QString::fromStdString(format.title),
                                         QString::fromStdString(format.name));
}

QString byteText(std::uint64_t bytes) {
    return QLocale().formattedDataSize(
        static_cast<qint64>(bytes), 1, QLocale::DataSizeTraditionalFormat);
}

QString parameterText(std::uint64_t count) {
    const double millions = static_cast<double>(count) / 1e6;
    return millions < 1000 ? tr("%1 million").arg(QLocale().toString(millions, 'f', 1))
                           : tr("%1 billion").arg(QLocale().toString(millions / 1000, 'f', 1));
}

QString speedText(const extract::ModelSpeed& speed) {
    if (speed.answerTokensPerSecond <= 0) {
        return tr("not measured yet");
    }
    return tr("reads %1 and writes %2 tokens a second")
        .arg(QLocale().toString(speed.promptTokensPerSecond, 'f', 0),
             QLocale().toString(speed.answerTokensPerSecond, 'f', 1));
}

} // namespace attest::gui
