#include "extract/template/keyword_advice.h"

#include <array>
#include <utility>

namespace attest::extract {

namespace {

using Advice = std::pair<std::string_view, std::string_view>;

constexpr std::string_view kOneShape = "write the one shape that every answer has";
constexpr std::string_view kInline = "write the definition out where it is used";
constexpr std::string_view kDependent =
    "list every property; one that is not stated in the document is null";
constexpr std::string_view kNames = "list every property by its name under 'properties'";
constexpr std::string_view kClosed = "answers never have properties that are not listed; leave it "
                                     "out or write \"additionalProperties\": false";
constexpr std::string_view kDistinct = "items of a list are distinct by their anchor's place; mark "
                                       "it with \"x-attest\": {\"anchor\": true}";
constexpr std::string_view kNumbers =
    "copy numbers as they stand: {\"type\": [\"string\", \"null\"], \"x-attest\": {\"kind\": "
    "\"verbatim\", \"normalise\": \"number\"}}";
constexpr std::string_view kCopied =
    "the text is copied from the document as it stands; write 'pattern' for a form that it must "
    "have, and \"x-attest\": {\"normalise\": …} with \"number\", \"quantity\" or \"date\" for how "
    "it is read";

constexpr std::array kAdvice = {
    Advice{"$anchor", kInline},
    Advice{"$defs", kInline},
    Advice{"$dynamicAnchor", kInline},
    Advice{"$dynamicRef", kInline},
    Advice{"$recursiveRef", kInline},
    Advice{"$ref", kInline},
    Advice{"$vocabulary", "leave it out; templates use the 2020-12 vocabulary"},
    Advice{"additionalItems", "give every item the same shape under 'items'"},
    Advice{"additionalProperties", "write \"additionalProperties\": false or leave it out"},
    Advice{"allOf", "write all keywords into one schema"},
    Advice{"anyOf",
           "write \"type\": [\"string\", \"null\"] for a value that may be missing, or "
           "\"enum\" for a choice"},
    Advice{"const", "write \"enum\" with the one value"},
    Advice{"contains", "describe in 'description' which items are wanted"},
    Advice{"contentEncoding", kCopied},
    Advice{"contentMediaType", kCopied},
    Advice{"contentSchema", kCopied},
    Advice{"definitions", kInline},
    Advice{"dependencies", kDependent},
    Advice{"dependentRequired", kDependent},
    Advice{"dependentSchemas", kDependent},
    Advice{"else", kDependent},
    Advice{"exclusiveMaximum", "write 'maximum'"},
    Advice{"exclusiveMinimum", "write 'minimum'"},
    Advice{"format", kCopied},
    Advice{"if", kDependent},
    Advice{"maxContains", "write 'maxItems'"},
    Advice{"maxProperties", "every property is always there; leave it out"},
    Advice{"minContains", "write 'minItems'"},
    Advice{"minProperties", "every property is always there; leave it out"},
    Advice{"multipleOf", kNumbers},
    Advice{"not", "say what is wanted: 'enum' for a choice, 'description' for anything else"},
    Advice{"nullable", "write \"type\": [\"string\", \"null\"]"},
    Advice{"oneOf", kOneShape},
    Advice{"patternProperties", kNames},
    Advice{"prefixItems", "use a list of objects with a name for every part"},
    Advice{"propertyNames", kNames},
    Advice{"then", kDependent},
    Advice{"unevaluatedItems", "give every item the same shape under 'items'"},
    Advice{"unevaluatedProperties", kClosed},
    Advice{"uniqueItems", kDistinct},
};

// Keywords that templates have, in another kind of schema than where they were found.
constexpr std::array kMisplaced = {
    Advice{"$id", "it belongs to the root of the template"},
    Advice{"$schema", "it belongs to the root of the template"},
    Advice{"enum", "it belongs to a string; its values are strings and null"},
    Advice{"items", "it belongs to an array"},
    Advice{"maxItems", "it belongs to an array"},
    Advice{"maxLength", "it belongs to a string that is not an enum"},
    Advice{"maximum", kNumbers},
    Advice{"minItems", "it belongs to an array"},
    Advice{"minLength", "it belongs to a string that is not an enum"},
    Advice{"minimum", kNumbers},
    Advice{"pattern", "it belongs to a string that is copied from the document"},
    Advice{"properties", "it belongs to the root and to the items of a list of objects"},
    Advice{"required", "it belongs to the root and to the items of a list of objects"},
    Advice{"type", "write \"string\", [\"string\", \"null\"] or \"array\""},
    Advice{"x-attest", "it belongs to the root, to a list and to a string"},
};

} // namespace

std::string unsupportedKeyword(std::string_view keyword) {
    std::string message = "keyword '" + std::string(keyword) + "' is not supported";
    for (const Advice& known : kAdvice) {
        if (known.first == keyword) {
            return message + "; " + std::string(known.second);
        }
    }
    for (const Advice& known : kMisplaced) {
        if (known.first == keyword) {
            return message + " here; " + std::string(known.second);
        }
    }
    return message + "; leave it out, or put notes under '$comment'";
}

} // namespace attest::extract
