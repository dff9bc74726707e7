// The unpackers of all weight types into panels, see panel_unpacker.h. For files compiled for an
// instruction set only.
#pragma once

#include "engine/kernels/panel_few_bit_types.h"
#include "engine/kernels/panel_k_types.h"
#include "engine/kernels/panel_simple_types.h"
#include "engine/kernels/panel_table_types.h"
