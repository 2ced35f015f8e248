// What every test file includes, compiled once.
#pragma once
#include <catch2/catch.hpp>

#include "base/precompiled.h"
