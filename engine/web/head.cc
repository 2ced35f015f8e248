#include "web/head.h"

#include <algorithm>

namespace vermilion::web {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

// Thrown and caught in this file: a refusal may be found at any depth.
struct Refused {
  Refusal refusal;
};
[[noreturn]] void refuse(int status, const char* why) { throw Refused{{status, why}}; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_token(char c) {
  return is_digit(c) || is_letter(c) ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}
bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t') || byte == 0x7f;
}
bool is_hex(char c) { return is_digit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) { return lower(c); });
  return result;
}

std::string_view without_blanks(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

// A path of visible ASCII; '%' only before two hexadecimal digits.
void require_target(std::string_view target, const HeadLimits& limits) {
  if (target.size() > limits.target_bytes) refuse(431, "the target is too long");
  if (target.empty() || target[0] != '/') refuse(400, "the target is not a path");
  for (std::size_t i = 0; i < target.size(); ++i) {
    const char c = target[i];
    if (c <= 0x20 || c >= 0x7f ||
        std::string_view("\"#<>\\^`{|}").find(c) != std::string_view::npos)
      refuse(400, "the target holds a character that must be percent-encoded");
    if (c == '%' && (i + 2 >= target.size() || !is_hex(target[i + 1]) || !is_hex(target[i + 2])))
      refuse(400, "a '%' in the target is not followed by two hexadecimal digits");
  }
}

void read_request_line(std::string_view line, const HeadLimits& limits, Head& head) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last || line.find(' ', first + 1) != last)
    refuse(400, "the request line is not METHOD PATH VERSION");
  const auto method = line.substr(0, first);
  if (method.empty() || !std::all_of(method.begin(), method.end(), is_token))
    refuse(400, "the method is not a token");
  if (line.substr(last + 1) != "HTTP/1.1")
    refuse(400, "the version is not the one that is spoken here, 1.1");
  head.method = method;
  head.target = line.substr(first + 1, last - first - 1);
  require_target(head.target, limits);
  if (method != "GET" && method != "HEAD" && method != "POST")
    refuse(405, "only GET, HEAD and POST are known here");
}

void read_field(std::string_view line, Head& head) {
  const auto colon = line.find(':');
  const auto name = line.substr(0, colon);
  if (colon == std::string_view::npos || name.empty() ||
      !std::all_of(name.begin(), name.end(), is_token))
    refuse(400, "a field is not NAME: VALUE");
  const auto value = without_blanks(line.substr(colon + 1));
  if (std::any_of(value.begin(), value.end(), is_control))
    refuse(400, "a field holds a control character");
  head.fields.emplace_back(lower(name), value);
}

// The one value of a field; nothing when it is absent.
std::optional<std::string_view> single(const Head& head, std::string_view name, const char* twice) {
  std::optional<std::string_view> found;
  for (const auto& [key, value] : head.fields) {
    if (key != name) continue;
    if (found) refuse(400, twice);
    found = value;
  }
  return found;
}

void check_host(const Head& head) {
  const auto host = single(head, "host", "Host stands there twice");
  const auto good = [](char c) {
    return is_digit(c) || is_letter(c) ||
           std::string_view("-._:[]").find(c) != std::string_view::npos;
  };
  if (!host || host->empty() || !std::all_of(host->begin(), host->end(), good))
    refuse(400, "Host is missing or no host name");
}

std::uint64_t length_from(std::string_view text, std::uint64_t most) {
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit))
    refuse(400, "Content-Length is not a number");
  std::uint64_t length = 0;
  for (const char c : text) {
    length = length * 10 + static_cast<std::uint64_t>(c - '0');
    if (length > most) refuse(413, "the body is too large");
  }
  return length;
}

void read_body_kind(const HeadLimits& limits, Head& head) {
  const auto length = single(head, "content-length", "Content-Length stands there twice");
  const auto coding = single(head, "transfer-encoding", "Transfer-Encoding stands there twice");
  if (length && coding) refuse(400, "Content-Length and Transfer-Encoding exclude each other");
  if (coding) {
    if (lower(*coding) != "chunked") refuse(400, "the only transfer coding known here is chunked");
    head.body = BodyKind::chunked;
  } else if (length) {
    head.length =
        length_from(*length, head.is_multipart() ? limits.upload_bytes : limits.body_bytes);
    if (head.length > 0) head.body = BodyKind::sized;
  }
  if (head.body != BodyKind::none && head.method != "POST")
    refuse(400, "only POST may have a body");
}

void read_connection(Head& head) {
  for (const auto& [name, value] : head.fields) {
    if (name != "connection") continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const auto comma = rest.find(',');
      if (lower(without_blanks(rest.substr(0, comma))) == "close") head.keep_alive = false;
      rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    }
  }
  const auto expected = single(head, "expect", "Expect stands there twice");
  if (!expected) return;
  if (lower(*expected) != "100-continue") refuse(417, "the only expectation known is 100-continue");
  head.expects_continue = head.body != BodyKind::none;
}

Head read_head(std::string_view bytes, const HeadLimits& limits) {
  if (bytes.size() > limits.head_bytes) refuse(431, "the head is too long");
  Head head;
  bool first = true;
  for (;;) {
    const auto end = bytes.find(kLineEnd);
    if (end == std::string_view::npos) refuse(400, "the head does not end");
    const auto line = bytes.substr(0, end);
    bytes.remove_prefix(end + kLineEnd.size());
    if (line.empty()) break;
    if (first) {
      read_request_line(line, limits, head);
    } else {
      if (head.fields.size() == limits.fields) refuse(431, "there are too many fields");
      read_field(line, head);
    }
    first = false;
  }
  if (first || !bytes.empty()) refuse(400, "this is no head");
  check_host(head);
  read_body_kind(limits, head);
  read_connection(head);
  return head;
}

}  // namespace

bool Head::is_multipart() const { return field("content-type").starts_with("multipart/form-data"); }

std::string_view Head::field(std::string_view name) const {
  for (const auto& [key, value] : fields) {
    if (key == name) return value;
  }
  return {};
}

ParsedHead parse_head(std::string_view bytes, const HeadLimits& limits) {
  try {
    return {read_head(bytes, limits), {}};
  } catch (const Refused& refused) {
    return {std::nullopt, refused.refusal};
  }
}

HeadEnd find_head_end(std::string_view arrived, const HeadLimits& limits) {
  if (!arrived.empty() && !is_letter(arrived[0])) return {{}, Refusal{400, "this is no request"}};
  for (std::size_t i = 0; i < arrived.size(); ++i) {
    if (arrived[i] == '\0') return {{}, Refusal{400, "there is a NUL in the head"}};
    if (arrived[i] != '\n') continue;
    if (i == 0 || arrived[i - 1] != '\r') return {{}, Refusal{400, "a line does not end in CRLF"}};
    if (i >= 3 && arrived[i - 2] == '\n') return {i + 1, {}};
  }
  if (arrived.size() > limits.head_bytes) return {{}, Refusal{431, "the head is too long"}};
  return {};
}

}  // namespace vermilion::web
