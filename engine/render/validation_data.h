// What a later check of the signatures needs, kept within the PDF: certificates and revocation lists in the catalogue's /DSS.
//
// Shape    /DSS {/Certs, /CRLs}: arrays of unfiltered streams, DER. No /VRI: it would say which signature each belongs to, which
//          certificates and lists tell by themselves, and it is optional. The catalogue's /Extensions names ESIC level 1.
// Limits   Reading: 100 certificates, 100 lists, 32 MiB of them once decompressed; a PDF of any origin. Each list may be looked at with
//          each certificate.
// Errors   Reading throws invalid "pdf-unreadable".
// Source   ETSI EN 319 142-1 5.4.2; ISO 32000-2 12.8.4.3; docs-src/adr/0022-long-term-validation.md.
#pragma once
#include <string_view>
#include <vector>

#include "base/bytes.h"

class QPDFObjectHandle;

namespace vermilion::render {

class IncrementalUpdate;

struct ValidationData {
  std::vector<Bytes> certificates;  // DER
  std::vector<Bytes> crls;          // DER
  [[nodiscard]] bool empty() const { return certificates.empty() && crls.empty(); }
};

// What the file holds already stays and is not added twice.
void add_validation_data(IncrementalUpdate& update, const ValidationData& data);

[[nodiscard]] ValidationData read_validation_data(std::string_view pdf);

// Within this layer: the streams of one of the two arrays, as long as `left` bytes are left for them.
constexpr std::size_t most_bytes_kept = std::size_t{32} << 20;
[[nodiscard]] std::vector<Bytes> kept_streams(QPDFObjectHandle list, std::size_t& left);

}  // namespace vermilion::render
