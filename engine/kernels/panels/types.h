// The unpackers of all weight types into panels, see panels/unpacker.h. For files compiled for an
// instruction set only.
#pragma once

#include "engine/kernels/panels/few_bit_types.h"
#include "engine/kernels/panels/k_types.h"
#include "engine/kernels/panels/simple_types.h"
#include "engine/kernels/panels/table_types.h"
