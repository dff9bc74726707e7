#include "gui/templates/value_forms.h"

#include <QCoreApplication>

namespace attest::gui {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("attest::gui::ValueForms", text);
}

} // namespace

std::vector<ValueForm> valueForms() {
    return {
        {tr("Any"), {}},
        {tr("Holds a digit"), QStringLiteral("[0-9]")},
        {tr("Number"), QStringLiteral("^[-+]?[0-9]([0-9.,' ]*[0-9])?$")},
        {tr("Number, perhaps with its unit"),
         QStringLiteral(R"(^[-+]?[0-9]([0-9.,'/ ]*[0-9])?( ?[^0-9 ,;:]{1,12})?$)")},
        {tr("Amount of money"),
         QStringLiteral(
             R"(^[-+(]*([^0-9 ,;:]{1,4} ?)?[-+(]* ?[0-9]([0-9.,' ]*[0-9-])?\)?( ?[^0-9 ,;:]{1,4})?$)")},
        {tr("Percentage"), QStringLiteral("^[-+]?[0-9]{1,3}([.,][0-9]+)? ?%?$")},
        {tr("IBAN"), QStringLiteral("^[A-Z]{2} ?[0-9]{2}( ?[A-Z0-9]){10,30}$")},
        {tr("E-mail address"), QStringLiteral(R"(^[^@ ]+@[^@ ]+\.[^@ ]+$)")},
    };
}

} // namespace attest::gui
