// The chat formats that this build knows, by name.
#pragma once

#include "engine/chat/recipe.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace attest::engine {

// The empty thought of most models that can think.
inline constexpr std::string_view kEmptyThought = "<think>\n\n</think>\n\n";

// The format that is chosen by `name`: "llama3"; nullopt where there is none.
std::optional<ChatRecipe> namedRecipe(std::string_view name);

// All names, in the order in which people are shown them.
std::vector<std::string_view> recipeNames();
std::string joinedRecipeNames(); // "attest, bitnet, …"

} // namespace attest::engine
