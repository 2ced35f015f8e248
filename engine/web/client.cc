#include "web/client.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/URI.h>

#include "base/error.h"
#include "base/uri.h"
#include "web/message.h"
#include "web/watchdog.h"

namespace vermilion::web {
namespace {

namespace net = Poco::Net;
using service::WebAnswer;
using service::WebRequest;

const Poco::Timespan kConnectPatience(10, 0);
constexpr std::chrono::seconds kWholePatience{60};

Error unreachable(const std::string& server, const std::string& why) {
  return {Failure::unavailable,
          "server-unreachable",
          {server + "：無法連線或沒有回應（" + why + "）；請檢查網址與網路後再試",
           server + ": cannot be reached or does not answer (" + why +
               "); check address and network, then try again"}};
}

Error untrusted(const std::string& server, const std::string& why) {
  return {Failure::forbidden,
          "server-untrusted",
          {server + "：伺服器的憑證不受信任，沒有送出任何資料（" + why +
               "）；請向系統管理人員索取憑證檔，以 --ca 指明",
           server + ": its certificate is not trusted and nothing was sent (" + why +
               "); get the certificate file from an administrator and name it with --ca"}};
}

Poco::URI server_uri(const std::string& server) {
  try {
    Poco::URI uri(server);
    const bool bare = uri.getPathEtc().empty() || uri.getPathEtc() == "/";
    if (uri.getScheme() == "https" && !uri.getHost().empty() && uri.getUserInfo().empty() && bare)
      return uri;
  } catch (const Poco::Exception&) {
  }
  throw Error(Failure::invalid, "bad-server-address",
              {"伺服器網址須為 https://主機 或 https://主機:埠",
               "the server's address must be https://HOST or https://HOST:PORT"});
}

net::Context::Ptr trusting(const std::string& authorities) {
  try {
    net::Context::Ptr context =
        new net::Context(net::Context::TLS_CLIENT_USE, "", "", authorities,
                         net::Context::VERIFY_STRICT, 9, authorities.empty());
    context->requireMinimumProtocol(net::Context::PROTO_TLSV1_2);
    return context;
  } catch (const Poco::Exception& error) {
    throw Error(
        Failure::invalid, "bad-authorities",
        {authorities + "：不是可讀的 PEM 憑證檔（" + error.displayText() + "）",
         authorities + ": not a readable PEM file of certificates (" + error.displayText() + ")"});
  }
}

std::string encoded(const std::map<std::string, std::string>& pairs) {
  std::string text;
  for (const auto& [name, value] : pairs)
    text += (text.empty() ? "" : "&") + percent_encoded(name) + "=" + percent_encoded(value);
  return text;
}

std::string target_of(const WebRequest& request) {
  std::string target;
  for (const auto& segment : request.path) target += "/" + percent_encoded(segment);
  if (target.empty()) target = "/";
  return request.query.empty() ? target : target + "?" + encoded(request.query);
}

void send(net::HTTPClientSession& session, const Poco::URI& uri, const WebRequest& asked) {
  const bool posts = !asked.form.empty();
  net::HTTPRequest request(posts ? net::HTTPRequest::HTTP_POST : net::HTTPRequest::HTTP_GET,
                           target_of(asked), net::HTTPMessage::HTTP_1_1);
  request.setHost(uri.getAuthority());
  request.set("Accept", "application/json");
  request.set("Connection", "close");
  if (!asked.cookies.empty()) request.set("Cookie", asked.cookies);
  if (!posts) {
    session.sendRequest(request);
    return;
  }
  const auto body = encoded(asked.form);
  request.set("Origin", "https://" + uri.getAuthority());
  request.setContentType("application/x-www-form-urlencoded");
  request.setContentLength64(static_cast<Poco::Int64>(body.size()));
  session.sendRequest(request) << body;
}

WebAnswer receive(net::HTTPClientSession& session, const WebRequest& asked) {
  net::HTTPResponse response;
  auto& in = session.receiveResponse(response);
  WebAnswer answer;
  answer.status = response.getStatus();
  for (const auto& [name, value] : response) answer.fields.emplace_back(name, value);
  answer.body.resize(asked.most_bytes + 1);
  in.read(answer.body.data(), static_cast<std::streamsize>(answer.body.size()));
  answer.body.resize(static_cast<std::size_t>(in.gcount()));
  const auto length = response.getContentLength64();
  const bool whole = length < 0 || length == static_cast<Poco::Int64>(answer.body.size());
  if (answer.body.size() > asked.most_bytes || !whole)
    throw unreachable(asked.server, "incomplete or too long");
  return answer;
}

// Whom it is that we speak to; a peer that hangs up meanwhile has not been judged.
void prove_server(net::SecureStreamSocket& socket, const std::string& server,
                  const std::string& host) {
  try {
    socket.completeHandshake();
    socket.verifyPeerCertificate(host);
  } catch (const net::SSLConnectionUnexpectedlyClosedException& error) {
    throw unreachable(server, error.displayText());
  } catch (const net::SSLException& error) {
    throw untrusted(server, error.displayText());
  }
}

WebAnswer exchange_with(const Poco::URI& uri, const WebRequest& asked) {
  net::SecureStreamSocket socket(trusting(asked.authorities));
  socket.setPeerHostName(uri.getHost());
  socket.setLazyHandshake(true);
  Watchdog dog;
  socket.connect(net::SocketAddress(uri.getHost(), uri.getPort()), kConnectPatience);
  Watchdog::Watch watch(dog, socket.impl()->sockfd());
  watch.allow(kWholePatience);
  socket.setReceiveTimeout(kConnectPatience);
  prove_server(socket, asked.server, uri.getHost());
  net::HTTPClientSession session(socket);  // the HTTPS one connects by itself, with no deadline
  session.setTimeout(Poco::Timespan(kWholePatience.count(), 0));
  send(session, uri, asked);
  return receive(session, asked);
}

}  // namespace

service::WebAnswer ask_server(const service::WebRequest& request) {
  const auto uri = server_uri(request.server);
  try {
    return exchange_with(uri, request);
  } catch (const Poco::Exception& error) {
    throw unreachable(request.server, error.displayText());
  }
}

}  // namespace vermilion::web
