// One table from error codes to sentences that say what to do.
#pragma once

#include "base/error.h"

#include <QString>

namespace attest::gui {

// "The disk is full. Free some space and try again.\n<details>"; details are the error's message.
QString errorText(const Error& error);

// The first sentence only.
QString errorAdvice(ErrorCode code);

} // namespace attest::gui
