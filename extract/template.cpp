#include "extract/template.h"

#include "base/sha256.h"
#include "extract/template/schema_json.h"
#include "extract/template/template_parser.h"

#include <utility>

namespace attest::extract {

namespace {

constexpr std::size_t kMaxFieldsInPart = 8; // docs/prompt_format.md, "Parts"

} // namespace

Result<Template> Template::parse(std::string_view json, std::string_view source) {
    ATTEST_TRY_ASSIGN(const nlohmann::ordered_json root, readSchemaJson(json, source));
    ATTEST_TRY_ASSIGN(Template result, TemplateParser(source).parse(root));
    result.sha256_ = sha256Hex(json);
    return result;
}

std::vector<TemplatePart> Template::parts() const {
    std::vector<TemplatePart> singles;
    std::vector<TemplatePart> lists;
    for (const Field& field : fields_) {
        if (field.kind == FieldKind::Group || field.kind == FieldKind::List) {
            lists.push_back({title_, {field}});
            continue;
        }
        if (singles.empty() || singles.back().fields.size() == kMaxFieldsInPart) {
            singles.push_back({title_, {}});
        }
        singles.back().fields.push_back(field);
    }
    for (TemplatePart& list : lists) {
        singles.push_back(std::move(list));
    }
    return singles;
}

} // namespace attest::extract
