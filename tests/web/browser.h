// A client for tests: raw bytes over TLS, and a little browser that keeps cookies.
#pragma once
#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>

#include <functional>
#include <map>
#include <string>

#include "base/uri.h"
#include "web/message.h"

namespace browser {

using namespace vermilion;

inline Poco::Net::Context::Ptr context() {
  static const Poco::Net::Context::Ptr trusting = new Poco::Net::Context(
      Poco::Net::Context::TLS_CLIENT_USE, "", Poco::Net::Context::VERIFY_NONE);
  return trusting;
}

inline Poco::Net::SocketAddress address_in(const std::string& url) {
  return Poco::Net::SocketAddress(url.substr(std::string("https://").size()));
}

// A connection that anything may be written to.
class Wire {
 public:
  explicit Wire(const std::string& url) : socket_(address_in(url), context()) {
    socket_.setReceiveTimeout(Poco::Timespan(20, 0));
  }
  void send(const std::string& bytes) {
    if (bytes.empty()) return;  // TLS takes an empty write for the end
    socket_.sendBytes(bytes.data(), static_cast<int>(bytes.size()));
  }
  // Everything until the server closes.
  std::string rest() {
    std::string all;
    char buffer[4096];
    try {
      for (int size = 0; (size = socket_.receiveBytes(buffer, sizeof buffer)) > 0;)
        all.append(buffer, static_cast<std::size_t>(size));
    } catch (const Poco::Exception& error) {
      if (std::string(error.name()) == "Timeout") all += "<timeout>";
    }
    return all;
  }

 private:
  Poco::Net::SecureStreamSocket socket_;
};

inline std::string said(const std::string& url, const std::string& bytes) {
  Wire wire(url);
  wire.send(bytes);
  return wire.rest();
}

struct Page {
  int status = 0;
  std::string head;
  std::string body;
  std::string field(const std::string& name) const {
    const auto at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return "";
    const auto from = at + name.size() + 4;
    return head.substr(from, head.find("\r\n", from) - from);
  }
  bool has(const std::string& text) const { return body.find(text) != std::string::npos; }
};

class Browser {
 public:
  // What goes over the wire, or to a site without one.
  using Say = std::function<std::string(const std::string& url, const std::string& bytes)>;

  explicit Browser(std::string url, Say say = said) : url_(std::move(url)), say_(std::move(say)) {}

  Page get(const std::string& path, const std::string& more = "") {
    return ask("GET", path, more, "");
  }
  Page post(const std::string& path, const web::Fields& form, const std::string& origin = "",
            const std::string& more = "") {
    std::string body;
    for (const auto& [name, value] : form)
      body += (body.empty() ? "" : "&") + percent_encoded(name) + "=" +
              percent_encoded(value);
    return ask("POST", path,
               "Origin: " + (origin.empty() ? url_ : origin) +
                   "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
                   std::to_string(body.size()) + "\r\n" + more,
               body);
  }
  // A form with a file, as browsers send it.
  Page post_file(const std::string& path, const web::Fields& form, const std::string& name,
                 const std::string& bytes, const std::string& more = "") {
    std::string body;
    const std::string part = "--lzTq\r\nContent-Disposition: form-data; name=\"";
    for (const auto& [field, value] : form) body += part + field + "\"\r\n\r\n" + value + "\r\n";
    body += part + "file\"; filename=\"" + name + "\"\r\nContent-Type: image/png\r\n\r\n" + bytes +
            "\r\n--lzTq--\r\n";
    return ask("POST", path,
               "Origin: " + url_ + "\r\nContent-Type: multipart/form-data; boundary=lzTq\r\n" +
                   "Content-Length: " + std::to_string(body.size()) + "\r\n" + more,
               body);
  }
  // The value of the hidden field on the page seen last.
  std::string hidden(const std::string& name) const {
    const auto mark = "name=\"" + name + "\" value=\"";
    const auto at = last_.body.find(mark);
    if (at == std::string::npos) return "";
    const auto from = at + mark.size();
    return last_.body.substr(from, last_.body.find('"', from) - from);
  }
  Page log_in(const std::string& account, const std::string& password) {
    (void)get("/login");
    return post(
        "/login",
        {{"form_token", hidden("form_token")}, {"account", account}, {"password", password}});
  }
  std::map<std::string, std::string> cookies;

 private:
  Page ask(const std::string& method, const std::string& path, const std::string& more,
           const std::string& body) {
    std::string jar;
    for (const auto& [name, value] : cookies)
      jar += (jar.empty() ? "Cookie: " : "; ") + name + "=" + value;
    const auto host = url_.substr(std::string("https://").size());
    const auto all = say_(url_, method + " " + path + " HTTP/1.1\r\nHost: " + host +
                                    "\r\nConnection: close\r\n" + more +
                                    (jar.empty() ? "" : jar + "\r\n") + "\r\n" + body);
    Page page;
    const auto end = all.find("\r\n\r\n");
    page.head = all.substr(0, end == std::string::npos ? all.size() : end + 2);
    page.body = end == std::string::npos ? "" : all.substr(end + 4);
    page.status = all.size() > 12 ? std::stoi(all.substr(9, 3)) : 0;
    keep_cookies(page.head);
    last_ = page;
    return page;
  }
  void keep_cookies(const std::string& head) {
    const std::string mark = "\r\nSet-Cookie: ";
    for (auto at = head.find(mark); at != std::string::npos; at = head.find(mark, at + 1)) {
      const auto cookie = head.substr(at + mark.size(), head.find(';', at) - at - mark.size());
      const auto equals = cookie.find('=');
      cookies[cookie.substr(0, equals)] = cookie.substr(equals + 1);
      if (cookie.size() == equals + 1) cookies.erase(cookie.substr(0, equals));
    }
  }

  std::string url_;
  Say say_;
  Page last_;
};

}  // namespace browser
