// `attest models logits`: what a model computes, for comparison with other programs.
#pragma once

#include "cli/command.h"

namespace attest::cli {

// Adds the command to `models`.
void addLogits(CLI::App& models, Context& context);

} // namespace attest::cli
