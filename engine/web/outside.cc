#include "web/outside.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/URI.h>
#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "base/error.h"
#include "service/access_review.h"
#include "service/backups.h"
#include "service/certificates.h"
#include "service/lifecycle.h"
#include "service/renewal.h"

namespace vermilion::web {
namespace {

constexpr std::size_t kMostBytes = 64 << 10;
constexpr int kSeconds = 10;

// The other side's certificate goes back to the authorities in that file alone, or to the system's for "".
std::unique_ptr<Poco::Net::HTTPClientSession> session_for(const Poco::URI& uri,
                                                          const Path& authorities) {
  namespace net = Poco::Net;
  if (uri.getScheme() != "https")
    return std::make_unique<net::HTTPClientSession>(uri.getHost(), uri.getPort());
  net::Context::Ptr context = new net::Context(net::Context::TLS_CLIENT_USE, authorities.string(),
                                               net::Context::VERIFY_STRICT, 9, authorities.empty());
  context->requireMinimumProtocol(net::Context::PROTO_TLSV1_2);
  return std::make_unique<net::HTTPSClientSession>(uri.getHost(), uri.getPort(), context);
}

Bytes read_some(std::istream& in) {
  Bytes body(kMostBytes, '\0');
  in.read(body.data(), static_cast<std::streamsize>(body.size()));
  body.resize(static_cast<std::size_t>(in.gcount()));
  return body;
}

service::HttpAnswer exchange(const service::HttpAsk& ask) {
  namespace net = Poco::Net;
  const Poco::URI uri(ask.url);
  const auto session = session_for(uri, ask.authorities);
  session->setTimeout(Poco::Timespan(kSeconds, 0));
  net::HTTPRequest request(ask.method, uri.getPathEtc(), "HTTP/1.1");
  if (!ask.authorization.empty()) request.set("Authorization", ask.authorization);
  if (!ask.type.empty()) request.setContentType(ask.type);
  if (!ask.body.empty()) request.setContentLength64(static_cast<Poco::Int64>(ask.body.size()));
  session->sendRequest(request) << ask.body;
  net::HTTPResponse response;
  auto& answer = session->receiveResponse(response);
  return {response.getStatus(), read_some(answer)};
}

service::HttpAnswer fetch(const service::HttpAsk& ask) {
  try {
    return exchange(ask);
  } catch (const Poco::Exception& error) {
    throw Error(Failure::unavailable, "post-failed",
                {ask.url + "：無法送達（" + error.displayText() + "）",
                 ask.url + ": cannot be reached (" + error.displayText() + ")"});
  }
}

// A command that ends early must not end the server: writing to it then fails instead.
void mail(const std::string& command, const Bytes& text) {
  static const auto once = std::signal(SIGPIPE, SIG_IGN);
  (void)once;
  FILE* pipe = ::popen(command.c_str(), "w");
  const bool written =
      pipe != nullptr && std::fwrite(text.data(), 1, text.size(), pipe) == text.size();
  const int status = pipe == nullptr ? -1 : ::pclose(pipe);
  if (written && status == 0) return;
  throw Error(Failure::unavailable, "mail-failed",
              {"郵件未能交給「" + command + "」，請檢查 vermilion.yaml 的郵件設定",
               "the mail could not be handed to '" + command +
                   "'; look at the mail settings in vermilion.yaml"});
}

// A file of no name that the command gets as its standard input: with a pipe at either end both could wait for each other.
Bytes filter(const std::string& command, const Bytes& input) {
  FILE* file = std::tmpfile();
  Bytes output(kMostBytes, '\0');
  bool good = file != nullptr && std::fwrite(input.data(), 1, input.size(), file) == input.size() &&
              std::fflush(file) == 0;
  if (good) {
    std::rewind(file);
    FILE* pipe = ::popen(
        fmt::format("exec </proc/{}/fd/{}; {}", ::getpid(), ::fileno(file), command).c_str(), "r");
    output.resize(pipe ? std::fread(output.data(), 1, output.size(), pipe) : 0);
    good = pipe != nullptr && ::pclose(pipe) == 0;
  }
  if (file != nullptr) std::fclose(file);
  if (good) return output;
  throw Error(Failure::unavailable, "command-failed",
              {"命令「" + command + "」執行失敗，請檢查 vermilion.yaml",
               "the command '" + command + "' failed; look at vermilion.yaml"});
}

}  // namespace

service::Outside outside() { return {fetch, mail, filter}; }

void daily_work(Disk& disk, const Clock& clock, const Path& store, const service::Outside& ways) {
  service::Caller caller;
  caller.from = "schedule";
  caller.outside = &ways;
  service::Context context(disk, clock, store, caller);
  (void)service::certificate_list(context, service::Renew::if_due);
  if (service::witness_is_due(context)) (void)service::witness_log(context, ways);
  if (service::log_backup_is_due(context)) (void)service::daily_log_backup(context);
  (void)service::disable_idle(context);
  service::open_due_access_review(context);
  if (service::renewal_is_due(context)) (void)service::renew_seals(context);
}

}  // namespace vermilion::web
