// A client of our own server, for `vermilion --server`: one request over TLS, told as a browser would tell it but asking for JSON.
//
// Rule     https only, TLS 1.2 or 1.3; the server's certificate has to lead to an authority of the file given (or the machine's) and
//          to name the host. Nothing is sent before. Redirects are answers, not followed.
// Limits   10 seconds to connect, 60 for all of it, whatever dribbles in meanwhile; an answer of at most most_bytes.
// Errors   invalid "bad-server-address", "bad-authorities"; forbidden "server-untrusted"; unavailable "server-unreachable".
// Threads  Any; a watchdog thread lives for the time of the request.
#pragma once
#include "service/web_request.h"

namespace vermilion::web {

[[nodiscard]] service::WebAnswer ask_server(const service::WebRequest& request);

}  // namespace vermilion::web
