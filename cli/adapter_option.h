// The option `--lora FILE[:scale]`.
#pragma once

#include "extract/adapters.h"

#include <CLI/App.hpp>

#include <string_view>
#include <vector>

namespace attest::cli {

// What stands behind the last colon is the scale if it is a number; "C:adapter.gguf" has none.
extract::AdapterChoice parseAdapter(std::string_view text);

// May be given several times; `choices` must live as long as the command.
void addAdapterOption(CLI::App& command, std::vector<extract::AdapterChoice>& choices);

} // namespace attest::cli
