// The program: cli and web joined.
#include <iostream>

#include "cli/run.h"
#include "web/client.h"
#include "web/outside.h"
#include "web/server.h"

namespace {

int serve(const vermilion::cli::ServeRequest& request) {
  vermilion::web::ServeOptions options;
  options.store = request.store;
  options.tls_folder = request.store.string() + ".tls";
  options.listen = request.listen;
  options.certificate = request.certificate;
  options.key = request.key;
  return vermilion::web::serve(options, std::cout);
}

}  // namespace

int main(int argc, char** argv) {
  return vermilion::cli::run(argc, argv, serve, vermilion::web::outside(),
                             vermilion::web::ask_server);
}
