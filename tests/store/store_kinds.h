// The implementations of Store that contract_test.cc is run over. Each is a fixture: a fresh store, open() as often as wanted, a clock.
#pragma once
#include "store/store_fixture.h"

#define STORE_KINDS StoreFixture
