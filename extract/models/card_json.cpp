#include "extract/model_card.h"
#include "extract/text/json_reading.h"

#include <nlohmann/json.hpp>

namespace attest::extract {

namespace {

using nlohmann::json;

std::uint64_t numberAt(const json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number()) {
        return 0;
    }
    return found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

} // namespace

std::string cardToJson(const ModelCard& card) {
    const json object = {{"name", card.name},
                         {"architecture", card.architecture},
                         {"weightType", card.weightType},
                         {"fileBytes", card.fileBytes},
                         {"parameterCount", card.parameterCount},
                         {"contextLength", card.contextLength},
                         {"chatFormat", card.chatFormat},
                         {"formatProblem", card.formatProblem},
                         {"chosenFormat", card.chosenFormat},
                         {"licence", card.licence},
                         {"licenceText", card.licenceText},
                         {"memoryBytes", card.memoryBytes}};
    return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

ModelCard cardFromJson(std::string_view text) {
    const json object = json::parse(text, nullptr, false);
    ModelCard card;
    if (!object.is_object()) {
        return card;
    }
    card.name = textAt(object, "name");
    card.architecture = textAt(object, "architecture");
    card.weightType = textAt(object, "weightType");
    card.fileBytes = numberAt(object, "fileBytes");
    card.parameterCount = numberAt(object, "parameterCount");
    card.contextLength = numberAt(object, "contextLength");
    card.chatFormat = textAt(object, "chatFormat");
    card.formatProblem = textAt(object, "formatProblem");
    card.chosenFormat = textAt(object, "chosenFormat");
    card.licence = textAt(object, "licence");
    card.licenceText = textAt(object, "licenceText");
    card.memoryBytes = numberAt(object, "memoryBytes");
    return card;
}

} // namespace attest::extract
