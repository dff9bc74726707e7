#include "gui/templates/draft_lint.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <set>

namespace attest::gui {

namespace {

using extract::DraftField;
using extract::FieldKind;

constexpr std::size_t kMostChoices = 12; // more are hard to keep apart for a small model

QString tr(const char* text) {
    return QCoreApplication::translate("attest::gui::DraftLint", text);
}

// Words of names that point to a person.
bool namesPerson(const QString& name) {
    static const QRegularExpression words(
        QStringLiteral("(^|_)(patient|mrn|name|birth|birthdate|dob|address|phone|email|ssn|"
                       "insurance|passport)(_|$)"));
    return words.match(name.toLower()).hasMatch();
}

bool isPortableName(const QString& name) {
    static const QRegularExpression portable(QStringLiteral("^[a-z][a-z0-9_]{0,25}$"));
    return portable.match(name).hasMatch();
}

class Linter {
public:
    explicit Linter(const extract::TemplateDraft& draft) : draft_(draft) {}

    std::vector<DraftIssue> run() {
        if (draft_.title.empty()) {
            error({}, tr("The template needs a title."));
        }
        if (draft_.fields.empty()) {
            error({}, tr("Add a field: a template without fields extracts nothing."));
        }
        checkList(draft_.fields, -1);
        // Everything else is the parser's business; its messages name the place.
        const auto parsed = extract::Template::parse(extract::writeDraft(draft_), "template");
        if (!parsed.ok() && !hasError_) {
            addParserError(QString::fromStdString(parsed.error().message));
        }
        std::stable_sort(issues_.begin(), issues_.end(), [](const auto& a, const auto& b) {
            return a.isError > b.isError;
        });
        return std::move(issues_);
    }

private:
    void error(DraftPath path, const QString& text) {
        issues_.push_back({path, true, text});
        hasError_ = true;
    }

    void hint(DraftPath path, const QString& text) { issues_.push_back({path, false, text}); }

    void checkList(const std::vector<DraftField>& fields, int group) {
        std::set<std::string> names;
        for (int i = 0; i < static_cast<int>(fields.size()); ++i) {
            const DraftField& field = fields[static_cast<std::size_t>(i)];
            const DraftPath path = group < 0 ? DraftPath{i, -1} : DraftPath{group, i};
            const QString name = QString::fromStdString(field.name);
            if (name.isEmpty()) {
                error(path, tr("The field needs a name."));
            } else if (!names.insert(field.name).second) {
                error(path, tr("There is already a field named “%1” here.").arg(name));
            } else if (!isPortableName(name)) {
                hint(path,
                     tr("Exports read best with names of small letters, digits and “_”, at most 26 "
                        "of them."));
            }
            checkField(field, path, name);
            if (field.kind == FieldKind::Group) {
                if (field.fields.empty()) {
                    error(path, tr("The group needs a field."));
                }
                checkList(field.fields, i);
            }
        }
    }

    void checkField(const DraftField& field, DraftPath path, const QString& name) {
        if (field.description.empty()) {
            hint(path, tr("A short description helps the model to find the right place."));
        }
        if (field.kind == FieldKind::Judged) {
            if (field.choices.empty()) {
                error(path, tr("List the values to choose from."));
            } else if (field.choices.size() > kMostChoices) {
                hint(path, tr("Many choices are hard to tell apart; up to 12 work best."));
            }
            const bool hasWayOut =
                field.isNullable ||
                std::any_of(
                    field.choices.begin(), field.choices.end(), [](const std::string& choice) {
                        return choice == "other" || choice == "unknown" || choice == "none";
                    });
            if (!field.choices.empty() && !hasWayOut) {
                hint(path,
                     tr("One of the choices is always taken. Add “other”, or let the field be "
                        "not stated."));
            }
        }
        const bool isUnit =
            name.endsWith(QLatin1String("unit")) || name.endsWith(QLatin1String("units"));
        if (isUnit && !hasNumberBeside(path)) {
            hint(path, tr("A unit without a number beside it: make the value a quantity instead."));
        }
        if (!field.isIdentifier && field.kind == FieldKind::Verbatim && path.inner < 0 &&
            namesPerson(name)) {
            hint(path,
                 tr("This looks like it names a person. Mark it as identifier, so that exports "
                    "ask before they write it."));
        }
    }

    bool hasNumberBeside(DraftPath path) const {
        const std::vector<DraftField>& fields =
            path.inner < 0 ? draft_.fields
                           : draft_.fields[static_cast<std::size_t>(path.field)].fields;
        return std::any_of(fields.begin(), fields.end(), [](const DraftField& field) {
            return field.normalise == extract::Normalise::Number ||
                   field.normalise == extract::Normalise::Quantity;
        });
    }

    // "template: /properties/a/enum: holds a choice twice"
    void addParserError(const QString& message) {
        QString text = message;
        DraftPath path;
        const QString head = QStringLiteral("template: ");
        if (text.startsWith(head)) {
            text.remove(0, head.size());
        }
        if (text.startsWith(QLatin1Char('/'))) {
            const qsizetype colon = text.indexOf(QStringLiteral(": "));
            const QString pointer = colon < 0 ? text : text.left(colon);
            path = pathOfPointer(draft_, pointer.toStdString());
            text = colon < 0 ? text : text.mid(colon + 2);
            const QString last = pointer.section(QLatin1Char('/'), -1);
            const DraftField* field = fieldAt(draft_, path);
            if (field == nullptr || last.toStdString() != field->name) {
                text = last + QStringLiteral(": ") + text;
            }
        }
        error(path, text);
    }

    const extract::TemplateDraft& draft_;
    std::vector<DraftIssue> issues_;
    bool hasError_ = false;
};

} // namespace

std::vector<DraftIssue> lintDraft(const extract::TemplateDraft& draft) {
    return Linter(draft).run();
}

} // namespace attest::gui
