#include "web/server.h"

#include <csignal>
#include <cstdlib>
#include <ostream>

#include "base/error.h"
#include "web/connections.h"
#include "web/outside.h"
#include "web/schedule.h"
#include "web/site.h"
#include "web/tls.h"

namespace vermilion::web {
namespace {

constexpr auto kLook = std::chrono::minutes(10);  // whether the day's work is due
constexpr auto kGrace = std::chrono::milliseconds(100);

}  // namespace

struct Server::State {
  Disk& disk;
  const Clock& clock;
  ServeOptions options;
  std::unique_ptr<Site> site;
  std::unique_ptr<Connections> connections;
};

Server::Server(Disk& disk, const Clock& clock, ServeOptions options)
    : state_(new State{disk, clock, std::move(options), nullptr, nullptr}) {}

Server::~Server() = default;

void Server::start() {
  const auto& o = state_->options;
  state_->site = std::make_unique<Site>(state_->disk, state_->clock, o.store, outside());
  const auto paths = o.certificate.empty() ? own_certificate(state_->disk, o.tls_folder)
                                           : CertificatePaths{o.certificate, o.key};
  state_->connections = std::make_unique<Connections>(
      o.listen, o.limits, state_->clock, tls_context(paths),
      Application{
          [site = state_->site.get()](const Head& head, const Bytes& body,
                                      const std::string& address) {
            return site->answer(head, body, address);
          },
          [site = state_->site.get()](const Head& head) { return site->may_upload(head); }});
}

std::string Server::url() const {
  VERMILION_ASSERT(state_->connections);
  return "https://" + state_->connections->address();
}

bool Server::stop(std::chrono::milliseconds grace) {
  const bool idle = !state_->connections || state_->connections->stop(grace);
  return (!state_->site || state_->site->errands.stop(kGrace)) && idle;
}

int serve(const ServeOptions& options, std::ostream& out) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before the threads, which inherit it
  SystemDisk disk;
  const SystemClock clock;
  Server server(disk, clock, options);
  server.start();
  out << server.url() << std::endl;
  const auto ways = outside();
  Schedule daily([&] { daily_work(disk, clock, options.store, ways); }, kLook);
  int signal = 0;
  sigwait(&signals, &signal);
  // Whoever still works then is cut off as by a power failure: an act is durable in its frame or did not happen.
  const bool idle = daily.stop(kGrace);
  if (!server.stop() || !idle) std::_Exit(0);
  return 0;
}

}  // namespace vermilion::web
