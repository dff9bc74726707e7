#pragma once

#include "base/result.h"

#include <cstddef>
#include <filesystem>
#include <vector>

namespace attest::extract {

// Whether a workbook that was just written is whole: every part unpacks with its checksum and ends
// as its XML should, and sheet n has rows[n] rows. libxlsxwriter does not notice when its temporary
// files are cut off by a full disk.
// Errors: OutOfResources (it is not whole).
// Source: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 to 4.3.16 and 4.5.3 (ZIP64).
Result<void> checkXlsx(const std::filesystem::path& path, const std::vector<std::size_t>& rows);

} // namespace attest::extract
