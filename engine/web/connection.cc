#include "web/connection.h"

#include <Poco/Exception.h>

#include <array>

#include "web/answer.h"

namespace vermilion::web {
namespace {

constexpr std::chrono::milliseconds kLinger{1000};
constexpr std::size_t kLingerBytes = 4 * 1024 * 1024;

}  // namespace

Connection::Connection(Poco::Net::StreamSocket socket, std::string address,
                       const Surroundings& around)
    : around_(around),
      address_(std::move(address)),
      plain_(std::move(socket)),
      watch_(around_.watchdog, plain_.impl()->sockfd()),
      secure_(Poco::Net::SecureStreamSocket::attach(plain_, around_.tls)) {}

void Connection::serve() {
  try {
    plain_.setNoDelay(true);
    for (unsigned i = 0; i < around_.limits.requests; ++i) {
      if (serve_one(i == 0) == Next::end) break;
    }
    secure_.shutdown();
  } catch (const Poco::Exception&) {
    // The peer is gone, or the watchdog has ended it.
  }
}

Connection::Next Connection::serve_one(bool first) {
  const auto head = read_head(first);
  if (!head) return Next::end;
  const auto body = read_body(*head);
  if (!body) return Next::end;
  watch_.allow(std::chrono::hours(1));  // our own work is not the client's slowness
  const auto response = around_.application.answer(*head, *body, address_);
  const bool again = head->keep_alive && !around_.stopping;
  watch_.allow(around_.limits.answer);
  send(answer_bytes(response, again ? After::keep_alive : After::close,
                    head->method == "HEAD" ? Body::withheld : Body::sent, around_.clock.now()));
  return again ? Next::again : Next::end;
}

std::optional<Head> Connection::read_head(bool first) {
  bool waiting = !first && arrived_.empty();
  watch_.allow(waiting ? around_.limits.idle : around_.limits.handshake_and_head);
  for (;;) {
    const auto end = find_head_end(arrived_, around_.limits.head);
    if (end.refusal) return refuse(*end.refusal), std::nullopt;
    if (end.size) {
      const auto parsed =
          parse_head(std::string_view(arrived_).substr(0, *end.size), around_.limits.head);
      if (!parsed.head) return refuse(parsed.refusal), std::nullopt;
      arrived_.erase(0, *end.size);
      return parsed.head;
    }
    if (!receive()) return std::nullopt;
    if (waiting) watch_.allow(around_.limits.handshake_and_head);
    waiting = false;
  }
}

std::optional<Bytes> Connection::read_body(const Head& head) {
  if (head.body == BodyKind::none) return Bytes();
  const bool large = head.length > around_.limits.head.body_bytes;
  if (large && !around_.application.may_upload(head))
    return refuse({413, "the body is too large"}), std::nullopt;
  watch_.allow(large ? 4 * around_.limits.body : around_.limits.body);
  if (head.expects_continue) send("HTTP/1.1 100 Continue\r\n\r\n");
  if (head.body == BodyKind::chunked) return read_chunks();
  while (arrived_.size() < head.length) {
    if (!receive()) return std::nullopt;
  }
  auto body = arrived_.substr(0, static_cast<std::size_t>(head.length));
  arrived_.erase(0, body.size());
  return body;
}

std::optional<Bytes> Connection::read_chunks() {
  ChunkReader reader(around_.limits.head.body_bytes);
  for (;;) {
    arrived_.erase(0, reader.feed(arrived_));
    if (reader.refusal()) return refuse(*reader.refusal()), std::nullopt;
    if (reader.done()) return reader.take();
    if (!receive()) return std::nullopt;
  }
}

bool Connection::receive() {
  std::array<char, 8192> buffer{};
  const int size = secure_.receiveBytes(buffer.data(), static_cast<int>(buffer.size()));
  if (size <= 0) return false;
  arrived_.append(buffer.data(), static_cast<std::size_t>(size));
  return true;
}

void Connection::send(const Bytes& bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const auto piece = std::min<std::size_t>(bytes.size() - sent, 1 << 20);
    const int size = secure_.sendBytes(bytes.data() + sent, static_cast<int>(piece));
    if (size <= 0) throw Poco::IOException("the peer takes no more");
    sent += static_cast<std::size_t>(size);
  }
}

// Closing with unread bytes would reset the connection and take the answer with it: a little more is read and thrown away.
void Connection::refuse(const Refusal& refusal) {
  watch_.allow(kLinger);
  send(answer_bytes(refusal_response(refusal.status, refusal.why), After::close, Body::sent,
                    around_.clock.now()));
  secure_.shutdown();
  plain_.shutdownSend();
  std::array<char, 8192> buffer{};
  for (std::size_t drained = 0; drained < kLingerBytes;) {
    const int size = plain_.receiveBytes(buffer.data(), static_cast<int>(buffer.size()));
    if (size <= 0) break;
    drained += static_cast<std::size_t>(size);
  }
}

}  // namespace vermilion::web
