// An answer as bytes on the wire, with the fields that every one of them has.
#pragma once
#include <string>

#include "base/clock.h"
#include "web/message.h"

namespace vermilion::web {

enum class After { keep_alive, close };
enum class Body { sent, withheld };  // withheld: the answer to HEAD

// Security fields always; Cache-Control: no-store unless the response says otherwise.
[[nodiscard]] Bytes answer_bytes(const Response& response, After after, Body body, Instant now);
// What a refusal of the guard looks like: plain text, for whoever writes clients.
[[nodiscard]] Response refusal_response(int status, const std::string& why);

}  // namespace vermilion::web
