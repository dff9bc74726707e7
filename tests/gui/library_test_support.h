// Libraries of any size for tests of the list: real rows, made through the storage functions.
#pragma once

#include "storage/database.h"
#include "storage/library_list.h"
#include "storage/result_store.h"

#include <cstdint>
#include <string>
#include <vector>

namespace attest::gui {

// `count` notes "letter<n>.txt" in two collections, added one minute apart, the last one newest.
std::vector<std::int64_t> addNotes(storage::Database& db, int count);

// A run with one value per confidence: fields "field_1", …; below 0.9 they are to review.
std::int64_t addRun(storage::Database& db,
                    std::int64_t documentId,
                    const std::string& templateId,
                    const std::vector<double>& confidences);

} // namespace attest::gui
