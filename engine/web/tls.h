// What the server shows in a TLS handshake: its context, and a certificate of its own when the office has none yet.
//
// Errors   invalid "bad-certificate" when the pair cannot be read or does not belong together.
// Threads  The context is shared by all workers; making it is for one.
// Source   RFC 8446, RFC 7301 (ALPN); findings-stack.md §1.3.
#pragma once
#include <Poco/Net/Context.h>

#include "base/disk.h"

namespace vermilion::web {

struct CertificatePaths {
  Path certificate;
  Path key;
};

// The pair in the folder, made when it is missing or its time is over.
[[nodiscard]] CertificatePaths own_certificate(Disk& disk, const Path& folder);
// TLS 1.2 and 1.3, forward secrecy only, ALPN "http/1.1", no renegotiation.
[[nodiscard]] Poco::Net::Context::Ptr tls_context(const CertificatePaths& paths);

}  // namespace vermilion::web
