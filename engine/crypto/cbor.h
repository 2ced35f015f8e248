// Whether bytes are CBOR whose lengths the bytes bear out, before a library that reserves what a length promises reads them.
//
// Why      libcbor, which libfido2 reads with, fills an array of as many entries as its head names: five bytes took the machine's memory.
// Shape    A sequence of definite items, nested eight deep at most; CTAP allows four and no indefinite ones.
// Threads  A pure function.
// Source   RFC 8949 section 3; CTAP 2.1 section 8 (canonical CBOR).
#pragma once
#include <string_view>

namespace vermilion::crypto {

[[nodiscard]] bool is_bounded_cbor(std::string_view sequence);

}  // namespace vermilion::crypto
