// As base/precompiled.h, with the parser of the command line, which costs each file here more than all else.
#pragma once
#include <CLI/CLI.hpp>

#include "base/precompiled.h"
