#include "gui/review/review_words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace attest::gui {

using storage::Verdict;

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(ReviewWords)
};

QString quoted(const QString& text) {
    return QStringLiteral("“%1”").arg(text);
}

QString joined(const QStringList& parts) {
    return parts.join(QStringLiteral(" · "));
}

QString pageText(const SourceSpan& span) {
    return Words::tr("page %1").arg(QLocale().toString(span.pageIndex + 1));
}

Verdict verdictOf(const ReviewField& field) {
    return field.review ? field.review->verdict : Verdict::None;
}

// With normal form: "50 mg", "< 5", "2024-03-04".
QString normalText(const storage::FinalValue& value) {
    QStringList parts;
    if (!value.comparator.empty()) {
        parts << fromUtf8(value.comparator);
    }
    parts << fromUtf8(value.normalised.value_or(""));
    return parts.join(QLatin1Char(' '));
}

PillWords confidencePill(const ReviewModel& model, std::size_t index) {
    const double confidence = storage::confidenceOf(*model.fields()[index].machine);
    const bool isLow = model.needsReview(index);
    return {(isLow ? QStringLiteral("? ") : QStringLiteral("✓ ")) + confidenceText(confidence),
            isLow ? Tone::Warn : Tone::Ok};
}

PillWords pillOf(const ReviewModel& model, std::size_t index) {
    const ReviewField& field = model.fields()[index];
    switch (verdictOf(field)) {
    case Verdict::Accepted:
        return {Words::tr("✓ accepted"), Tone::Ok};
    case Verdict::Corrected:
        return field.machine ? PillWords{Words::tr("✎ corrected"), Tone::Accent}
                             : PillWords{Words::tr("✎ added"), Tone::Accent};
    case Verdict::Rejected:
        return {Words::tr("✗ rejected"), Tone::Bad};
    case Verdict::NotStated:
        return {Words::tr("– not stated"), Tone::Neutral};
    case Verdict::None:
    case Verdict::RowAdded:
    case Verdict::RowDeleted:
        break;
    }
    if (field.machine) {
        return confidencePill(model, index);
    }
    return model.needsReview(index) ? PillWords{Words::tr("? to fill in"), Tone::Warn}
                                    : PillWords{Words::tr("– empty"), Tone::Neutral};
}

// Where the same record says it elsewhere: the same anchor, another item.
QString statedElsewhere(const ReviewModel& model, std::size_t index) {
    const ReviewField& field = model.fields()[index];
    const ReviewRecord& own = model.records()[field.record];
    if (own.group.empty()) {
        return {};
    }
    const std::string title = model.titleOf(own);
    if (title.empty()) {
        return {};
    }
    for (const ReviewRecord& other : model.records()) {
        if (other.group != own.group || other.instance == own.instance || other.isDeleted ||
            model.titleOf(other) != title) {
            continue;
        }
        for (const std::size_t i : other.fields) {
            const storage::FinalValue value = model.finalValue(i);
            if (model.fields()[i].asked == field.asked && value.text && value.span) {
                return Words::tr("%1 is stated on %2")
                    .arg(quoted(fromUtf8(*value.text)), pageText(*value.span));
            }
        }
    }
    return {};
}

QString kindText(const AskedField& asked) {
    return asked.kind == extract::FieldKind::Judged ? Words::tr("judged") : Words::tr("read");
}

// "corrected by anna", "not documented (ND), says anna".
QString decisionText(const storage::Review& review) {
    const QString who = fromUtf8(review.reviewer);
    switch (review.verdict) {
    case Verdict::Corrected:
        return review.span ? Words::tr("pointed out by %1").arg(who)
                           : Words::tr("typed by %1").arg(who);
    case Verdict::Rejected:
        return Words::tr("rejected by %1").arg(who);
    case Verdict::NotStated:
        return Words::tr("%1, says %2").arg(reasonText(review.reason).toLower(), who);
    case Verdict::Accepted:
        return Words::tr("accepted by %1").arg(who);
    case Verdict::None:
    case Verdict::RowAdded:
    case Verdict::RowDeleted:
        return {};
    }
    return {};
}

} // namespace

QString fromUtf8(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString fieldTitle(std::string_view name) {
    QString title = fromUtf8(name);
    title.replace(QLatin1Char('_'), QLatin1Char(' ')).replace(QLatin1Char('/'), QLatin1Char(' '));
    if (!title.isEmpty()) {
        title[0] = title[0].toUpper();
    }
    return title;
}

QString itemTitle(std::string_view group) {
    QString title = fieldTitle(group).toLower();
    if (title.endsWith(QLatin1String("oses"))) { // diagnoses
        title.chop(2);
        return title + QLatin1String("is");
    }
    if (title.endsWith(QLatin1String("ies"))) {
        title.chop(3);
        return title + QLatin1Char('y');
    }
    if (title.endsWith(QLatin1Char('s')) && !title.endsWith(QLatin1String("ss"))) {
        title.chop(1);
    }
    return title;
}

QString reasonText(std::string_view code) {
    if (code == "ND") {
        return Words::tr("Not documented");
    }
    if (code == "UNK") {
        return Words::tr("Documented as unknown");
    }
    if (code == "NEG") {
        return Words::tr("Stated negative");
    }
    if (code == "NA") {
        return Words::tr("Not applicable");
    }
    if (code == "ILL") {
        return Words::tr("Illegible");
    }
    return code == "NOPAGE" ? Words::tr("Page or section is missing") : fromUtf8(code);
}

QString confidenceText(double confidence) {
    // Never rounded up over what it is: 0.9999 is not 1.
    return QLocale::c().toString(std::floor(confidence * 100) / 100, 'f', 2);
}

QString timeText(std::int64_t seconds) {
    return QLocale().toString(QDateTime::fromSecsSinceEpoch(seconds), QLocale::ShortFormat);
}

ValueWords valueWords(const ReviewModel& model,
                      std::size_t index,
                      const std::vector<storage::PageRecord>& pages) {
    const ReviewField& field = model.fields()[index];
    const AskedField& asked = model.askedOf(field);
    const storage::FinalValue value = model.finalValue(index);
    const Verdict verdict = verdictOf(field);

    ValueWords words;
    words.title = fieldTitle(asked.name);
    words.pill = pillOf(model, index);
    words.isFlagged = field.review && field.review->isFlagged;
    words.isMuted = !value.text;
    if (value.text) {
        words.value = fromUtf8(*value.text);
    } else if (verdict == Verdict::NotStated) {
        words.value = Words::tr("not stated");
    } else if (verdict == Verdict::Rejected) {
        words.value = Words::tr("no value");
    } else {
        words.value = field.machine ? Words::tr("not stated") : Words::tr("nothing yet");
    }
    const bool isReplaced = verdict == Verdict::Corrected || verdict == Verdict::Rejected ||
                            verdict == Verdict::NotStated;
    if (isReplaced && field.machine && field.machine->text != value.text) {
        words.machineValue =
            field.machine->text ? fromUtf8(*field.machine->text) : Words::tr("not stated");
    }

    QStringList lead;
    if (isReplaced) {
        lead << decisionText(*field.review);
    } else if (field.machine) {
        lead << kindText(asked);
    } else {
        lead << Words::tr("added by a person");
    }
    if (value.span) {
        lead << pageText(*value.span);
        const Snippet snippet = snippetOf(pages, *value.span);
        words.before = fromUtf8(snippet.before);
        words.bold = fromUtf8(snippet.value);
        words.after = fromUtf8(snippet.after);
        if (asked.kind == extract::FieldKind::Judged && !words.bold.isEmpty()) {
            lead << Words::tr("evidence");
        }
    } else if (!value.text && !isReplaced) {
        // There is no place to name; say what was asked, or where else it is said.
        const QString elsewhere = statedElsewhere(model, index);
        if (!elsewhere.isEmpty()) {
            lead = QStringList{elsewhere};
        } else if (!asked.description.empty()) {
            lead = QStringList{fromUtf8(asked.description)};
        }
    }
    words.lead = joined(lead);
    return words;
}

ValueWords computedWords(const ReviewModel& model, std::size_t index) {
    const AskedField& asked = model.askedOf(model.fields()[index]);
    const storage::FinalValue value = model.finalValue(index);
    ValueWords words;
    if (!value.text || !value.normalised) {
        return words;
    }
    switch (asked.normalise) {
    case extract::Normalise::Date:
        words.title = Words::tr("Date");
        break;
    case extract::Normalise::Number:
        words.title = Words::tr("Number");
        break;
    case extract::Normalise::Quantity:
    case extract::Normalise::None:
        words.title = Words::tr("Quantity");
        break;
    }
    words.value = normalText(value);
    QStringList lead{Words::tr("from %1").arg(quoted(fromUtf8(*value.text)))};
    if (!value.unit.empty()) {
        words.value += QStringLiteral(" · ") + fromUtf8(value.unit);
        lead << Words::tr("unit %1").arg(fromUtf8(value.unit));
    }
    const bool isMachines = value.machine && verdictOf(model.fields()[index]) != Verdict::Corrected;
    if (isMachines && value.machine->isNormAmbiguous) {
        lead << Words::tr("the text allows another reading");
        words.pill = {Words::tr("? computed"), Tone::Warn};
    } else {
        words.pill = {Words::tr("computed"), Tone::Neutral};
    }
    words.lead = joined(lead);
    return words;
}

RecordWords recordWords(const ReviewModel& model, std::size_t index) {
    const ReviewRecord& record = model.records()[index];
    RecordWords words;
    if (record.group.empty()) {
        words.title = Words::tr("Single fields");
    } else {
        const std::string title = model.titleOf(record);
        words.title = title.empty()
                          ? Words::tr("%1 %2").arg(
                                fieldTitle(itemTitle(record.group).toStdString()),
                                QLocale().toString(static_cast<qlonglong>(record.instance + 1)))
                          : fromUtf8(title);
    }
    if (record.placeCount > 1) {
        words.places = Words::tr("%n places", nullptr, static_cast<int>(record.placeCount));
    }
    words.isStruck = record.isDeleted;
    const int toReview = model.toReviewCount(record);
    const auto decided = std::count_if(record.fields.begin(),
                                       record.fields.end(),
                                       [&model](std::size_t i) { return model.isDecided(i); });
    const auto accepted =
        std::count_if(record.fields.begin(), record.fields.end(), [&model](std::size_t i) {
            return verdictOf(model.fields()[i]) == Verdict::Accepted;
        });
    const auto all = static_cast<std::ptrdiff_t>(record.fields.size());
    if (record.isDeleted) {
        words.pill = {Words::tr("✗ deleted"), Tone::Bad};
    } else if (toReview > 0) {
        words.pill = {Words::tr("%n to review", nullptr, toReview), Tone::Warn};
    } else if (accepted == all) {
        words.pill = {Words::tr("✓ accepted"), Tone::Ok};
    } else if (decided == all) {
        words.pill = {Words::tr("✓ reviewed"), Tone::Ok};
    } else if (record.isAdded) {
        words.pill = {Words::tr("✎ added"), Tone::Accent};
    } else {
        words.pill = {Words::tr("%1 of %2 decided").arg(decided).arg(all), Tone::Neutral};
    }
    return words;
}

QString valueHistory(const ReviewModel& model, std::size_t index) {
    const ReviewField& field = model.fields()[index];
    const AskedField& asked = model.askedOf(field);
    QStringList lines;
    if (!asked.description.empty()) {
        lines << fieldTitle(asked.name) + QStringLiteral(": ") + fromUtf8(asked.description);
    }
    if (field.machine) {
        lines << Words::tr("Machine: %1")
                     .arg(field.machine->text ? fromUtf8(*field.machine->text)
                                              : Words::tr("not stated"));
        const QString sure = confidenceText(storage::confidenceOf(*field.machine));
        lines << (field.machine->confidence ? Words::tr("confidence %1, calibrated").arg(sure)
                                            : Words::tr("raw %1, not calibrated").arg(sure));
        if (field.machine->isAmbiguousPlace) {
            lines << Words::tr("The same words stand in more than one place");
        }
    }
    if (field.review) {
        const storage::Review& review = *field.review;
        const QString decision = decisionText(review);
        if (!decision.isEmpty()) {
            lines << Words::tr("%1, %2").arg(decision, timeText(review.reviewedAt));
        }
        if (review.verdict == Verdict::Corrected) {
            lines << Words::tr("Now: %1").arg(fromUtf8(review.text.value_or("")));
        }
        if (review.isFlagged) {
            lines << Words::tr("Flagged by %1").arg(fromUtf8(review.reviewer));
        }
        if (!review.note.empty()) {
            lines << Words::tr("Note: %1").arg(fromUtf8(review.note));
        }
    } else {
        lines << Words::tr("Nobody has decided yet");
    }
    return lines.join(QLatin1Char('\n'));
}

QString spokenValue(const ReviewModel& model, std::size_t index) {
    const ReviewField& field = model.fields()[index];
    const ValueWords words = valueWords(model, index, {});
    QStringList sentences{words.title + QStringLiteral(": ") + words.value};
    if (!words.machineValue.isEmpty()) {
        sentences << Words::tr("The machine read %1").arg(words.machineValue);
    }
    if (!words.lead.isEmpty()) {
        sentences << words.lead;
    }
    if (field.machine && !model.isDecided(index)) {
        const QString sure = confidenceText(storage::confidenceOf(*field.machine));
        const QString confidence = field.machine->confidence
                                       ? Words::tr("confidence %1").arg(sure)
                                       : Words::tr("raw confidence %1").arg(sure);
        sentences << (model.needsReview(index) ? Words::tr("To review, %1").arg(confidence)
                                               : confidence);
    } else {
        sentences << words.pill.text.section(QLatin1Char(' '), 1);
    }
    if (words.isFlagged) {
        sentences << Words::tr("Flagged");
    }
    return sentences.join(QStringLiteral(". "));
}

QString spokenRecord(const ReviewModel& model, std::size_t index) {
    const RecordWords words = recordWords(model, index);
    QStringList parts{words.title};
    if (!words.places.isEmpty()) {
        parts << words.places;
    }
    parts << words.pill.text;
    return parts.join(QStringLiteral(", "));
}

} // namespace attest::gui
