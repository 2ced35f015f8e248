#include "web/multipart.h"

#include <Poco/Exception.h>
#include <Poco/Net/MediaType.h>
#include <Poco/Net/MessageHeader.h>
#include <Poco/Net/MultipartReader.h>
#include <Poco/Net/NameValueCollection.h>

#include <iterator>
#include <sstream>

#include "base/text.h"

namespace vermilion::web {
namespace {

constexpr int kMostParts = 20;
constexpr std::size_t kLongestBoundary = 70;  // RFC 2046

std::string boundary_of(const std::string& content_type) {
  const Poco::Net::MediaType type(content_type);
  const auto boundary =
      type.hasParameter("boundary") ? type.getParameter("boundary") : std::string();
  return boundary.size() > kLongestBoundary ? "" : boundary;
}

// False: a part that says nothing of what it is, or not in UTF-8.
bool add_part(const std::string& disposition, Bytes bytes, MultipartForm& form) {
  std::string kind;
  Poco::Net::NameValueCollection about;
  Poco::Net::MessageHeader::splitParameters(disposition, kind, about);
  const auto name = about.get("name", "");
  if (kind != "form-data" || name.empty() || !is_text(name)) return false;
  if (!about.has("filename")) return is_text(bytes) && form.fields.emplace(name, bytes).second;
  const auto file = about.get("filename");
  return is_text(file) && form.uploads.emplace(name, Upload{file, std::move(bytes)}).second;
}

std::optional<MultipartForm> parts_of(const std::string& boundary, const Bytes& body) {
  MultipartForm form;
  std::istringstream stream(body);
  Poco::Net::MultipartReader reader(stream, boundary);
  for (int part = 0; reader.hasNextPart(); ++part) {
    if (part == kMostParts) return std::nullopt;
    Poco::Net::MessageHeader header;
    reader.nextPart(header);
    Bytes bytes{std::istreambuf_iterator<char>(reader.stream()), {}};
    if (!add_part(header.get("Content-Disposition", ""), std::move(bytes), form))
      return std::nullopt;
  }
  return form;
}

}  // namespace

std::optional<MultipartForm> parse_multipart(const std::string& content_type, const Bytes& body) {
  try {
    const auto boundary = boundary_of(content_type);
    return boundary.empty() ? std::nullopt : parts_of(boundary, body);
  } catch (const Poco::Exception&) {
    return std::nullopt;
  }
}

}  // namespace vermilion::web
