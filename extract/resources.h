// Where the program's own files are: built-in templates, bundled model, sample documents.
#pragma once

#include "base/result.h"
#include "extract/template.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace attest::extract {

// The resources folder: $ATTEST_RESOURCES, else share/attest of the installation this program runs
// from, else the resources folder of the source tree it was built in. Errors: NotFound.
Result<std::filesystem::path> resourceFolder();

// The model that comes with the program. Errors: NotFound.
Result<std::filesystem::path> bundledModel();

// Built-in templates, by id. Errors: those of resourceFolder() and Template::parse().
Result<std::vector<Template>> builtInTemplates();

// A template by built-in id ("medications") or by path of a file ("./my.json").
// Errors: NotFound (the message lists the built-in ids), and those of Template::parse().
Result<Template> findTemplate(std::string_view idOrPath);

// Text of a template file as it stands on disk, for `templates show`.
Result<std::string> templateText(std::string_view idOrPath);

} // namespace attest::extract
