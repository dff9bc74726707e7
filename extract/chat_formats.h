// The chat formats that a person can choose for a model, whatever its file says.
#pragma once

#include <string>
#include <vector>

namespace attest::extract {

struct NamedChatFormat {
    std::string name;  // "mistral-v3"
    std::string title; // for people: "Mistral"; several names may share one
};

std::vector<NamedChatFormat> chatFormats();
std::vector<std::string> chatFormatNames();

} // namespace attest::extract
