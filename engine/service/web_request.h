// A request to a running server, as the command line makes it on a person's own machine; web carries it (web/client.h).
#pragma once
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"

namespace vermilion::service {

struct WebRequest {
  std::string server;             // "https://isms.example.gov.tw:8443", nothing behind it
  std::string authorities;        // PEM file with whom to trust for it; "": the machine's own
  std::vector<std::string> path;  // not encoded
  std::map<std::string, std::string> query;
  std::map<std::string, std::string> form;  // not empty: POST
  std::string cookies;                      // as sent: "a=1; b=2"
  std::size_t most_bytes = 1 << 20;         // of the answer
};

struct WebAnswer {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> fields;  // in order, names as they came
  Bytes body;
};

using Ask = std::function<WebAnswer(const WebRequest&)>;

}  // namespace vermilion::service
