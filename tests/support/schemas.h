// JSON against the project's own schemas, schemas/<name>.schema.json.
//
// Threads  One.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"

// Every schema there is: "statement", "document-list" …
std::vector<std::string> schema_names();

// The schema itself.
vermilion::Json schema_json(const std::string& name);

// What does not fit, one "place: fault" each; empty when the value fits.
std::vector<std::string> schema_faults(const std::string& name, const vermilion::Json& value);
