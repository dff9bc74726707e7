#include "extract/export/export_plan.h"

#include "extract/export/column_names.h"
#include "support/catch.h"

#include <set>
#include <string>

using namespace attest::extract;

namespace {

std::string verbatim(const std::string& name, const std::string& extra = "") {
    return "\"" + name +
           "\": {\"type\": [\"string\", \"null\"], \"x-attest\": {\"kind\": \"verbatim\"" + extra +
           "}}";
}

const std::string kAnchor =
    R"("name": {"type": "string", "x-attest": {"kind": "verbatim", "anchor": true}}, )";

std::string object(const std::string& properties, const std::string& required) {
    return "\"type\": \"object\", \"properties\": {" + properties + "}, \"required\": [" +
           required + "]";
}

Template parsed(const std::string& properties, const std::string& required) {
    const auto result =
        Template::parse("{\"$id\": \"attest:t\", \"title\": \"T\", \"description\": \"d\", "
                        "\"x-attest\": {\"version\": 1, \"layout\": \"record\"}, " +
                            object(properties, required) + "}",
                        "test");
    INFO((result.ok() ? std::string() : result.error().message));
    REQUIRE(result.ok());
    return result.value();
}

std::set<std::string> allNames(const ExportPlan& plan, size_t& count) {
    std::set<std::string> names;
    const auto add = [&](const PlannedGroup& group) {
        for (const PlannedField& field : group.fields) {
            for (const FieldColumn& column : field.columns) {
                names.insert(column.column.name);
                ++count;
                CAPTURE(column.column.name);
                CHECK(column.column.name.size() <= kMaxColumnName);
                CHECK(columnNameOf(column.column.name) == column.column.name);
            }
        }
    };
    add(plan.document);
    for (const PlannedGroup& group : plan.groups) {
        add(group);
    }
    return names;
}

} // namespace

TEST_CASE("names are lower-case ASCII that begins with a letter", "[extract][export_plan]") {
    CHECK(columnNameOf("drug") == "drug");
    CHECK(columnNameOf("Gr\u00f6\u00dfe (cm)") == "grosse_cm");
    CHECK(columnNameOf("\u0414\u0430\u0442\u0430") == "data");
    CHECK(columnNameOf("2nd  line") == "f_2nd_line");
    CHECK(columnNameOf("__x__") == "x");
    CHECK(columnNameOf("") == "field");
    CHECK(columnNameOf("=+-@") == "field");
    CHECK(columnNameOf(std::string(1000, 'a')) == std::string(26, 'a'));
    CHECK(columnNameOf("abcdefghijklmnopqrstuvwxy_z") == "abcdefghijklmnopqrstuvwxy");
    CHECK(columnNameOf("bad \xFF byte") == "bad_byte");
}

TEST_CASE("names that are taken get a number before their suffix", "[extract][export_plan]") {
    ColumnNames names;
    names.reserve("page");

    CHECK(names.add("page") == "page_2");
    CHECK(names.add("dose", "_unit") == "dose_unit");
    CHECK(names.add("dose", "_unit") == "dose_2_unit");
    CHECK(names.add("condition_at_discharge", "_status") == "condition_at_discha_status");
    CHECK(names.add("condition_at_discharges", "_status") == "condition_at_disc_2_status");
    CHECK(names.add(std::string(26, 'a')) == std::string(26, 'a'));
    CHECK(names.add(std::string(26, 'a')) == std::string(24, 'a') + "_2");
}

TEST_CASE("every column of a template has its own name", "[extract][export_plan]") {
    const std::string date = ", \"normalise\": \"date\"";
    const std::string quantity = ", \"normalise\": \"quantity\"";
    const std::string item =
        object(kAnchor + verbatim("date", date) + ", " + verbatim("dose", quantity) + ", " +
                   verbatim("page") + ", " + verbatim("instance"),
               "\"name\", \"date\", \"dose\", \"page\", \"instance\"");
    const Template asked = parsed(
        verbatim("date", date) + ", " + verbatim("dose_unit") + ", " + verbatim("record_id") +
            ", " + verbatim("Dose Unit") + ", " + verbatim("record_id_status") + ", " +
            "\"long\": {\"type\": \"array\", \"items\": {" + item + "}}, " +
            "\"history\": {\"type\": \"array\", \"items\": {" + item + "}}",
        "\"date\", \"dose_unit\", \"record_id\", \"Dose Unit\", \"record_id_status\", \"long\", "
        "\"history\"");

    const auto plan = planExport({asked}, {});

    REQUIRE(plan.ok());
    size_t count = 0;
    const auto names = allNames(plan.value(), count);
    CHECK(names.size() == count);
    CHECK(names.count("record_id") == 0);
    CHECK(names.count("page") == 0);
    CHECK(plan.value().groups[0].name == "group_long"); // long.csv is ours
    CHECK(plan.value().groups[1].name == "group_history");
    CHECK(plan.value().find("long", "date")->variable == "group_long_date");
    CHECK(plan.value().find("", "date")->variable == "document_date");
    CHECK(plan.value().find("", "nothing") == nullptr);

    SECTION("and keeps it when others are left out") {
        const auto fewer = planExport({asked}, {"date", "long"});
        REQUIRE(fewer.ok());
        CHECK(fewer.value().find("history", "date")->variable ==
              plan.value().find("history", "date")->variable);
        CHECK(fewer.value().find("", "date")->isLeftOut);
        CHECK(fewer.value().find("long", "dose")->isLeftOut);
        CHECK_FALSE(fewer.value().find("history", "dose")->isLeftOut);
    }
    CHECK_FALSE(planExport({asked}, {"nothing"}).ok());
    CHECK_FALSE(planExport({asked}, {""}).ok());
}
