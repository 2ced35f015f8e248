#include "render/signed_file.h"

#include "base/date.h"
#include "base/text.h"

namespace vermilion::render {
namespace {

constexpr std::size_t most_changes = 1000;

Afterwards after(std::string_view pdf, const FoundSignatures& found, std::size_t number) {
  Afterwards afterwards;
  const auto& one = found.signatures[number];
  const bool followed =
      number + 1 < found.signatures.size() && found.signatures[number + 1].end > one.end;
  const std::size_t until = followed ? found.signatures[number + 1].end : found.size;
  if (!one.range_sound() || until <= one.end) return afterwards;
  try {
    afterwards.changes = changes_between(pdf.substr(0, one.end), pdf.substr(0, until));
  } catch (const Error& error) {
    afterwards.unreadable = error.said();
  }
  if (afterwards.changes.size() > most_changes) afterwards.changes.resize(most_changes);
  return afterwards;
}

std::optional<ValidationData> kept_in(std::string_view pdf) {
  try {
    return read_validation_data(pdf);
  } catch (const Error&) {
    return std::nullopt;
  }
}

// Whatever stands in a PDF as text.
std::string readable(const std::string& text) { return is_text(text) ? text : "\uFFFD"; }

Json signature_json(const FoundSignature& one) {
  return {{"field", readable(one.field)},
          {"name", readable(one.name)},
          {"reason", readable(one.reason)},
          {"sub_filter", readable(one.sub_filter)},
          {"at", one.at ? Json(rfc3339(*one.at)) : Json()},
          {"hole", one.hole},
          {"hole_end", one.hole_end},
          {"end", one.end},
          {"cms", base64(one.cms)}};
}

Json after_json(const Afterwards& afterwards) {
  Json changes = Json::array();
  for (const auto& change : afterwards.changes)
    changes.push_back({{"object", change.number}, {"kind", change.kind}});
  Json told = {{"changes", std::move(changes)}, {"unreadable", nullptr}};
  if (const auto& said = afterwards.unreadable)
    told["unreadable"] = {{"zh", readable(said->zh)}, {"en", readable(said->en)}};
  return told;
}

Json base64_list(const std::vector<Bytes>& all) {
  Json list = Json::array();
  for (const auto& one : all) list.push_back(base64(one));
  return list;
}

Json kept_json(const std::optional<ValidationData>& kept) {
  if (!kept) return nullptr;
  return {{"certificates", base64_list(kept->certificates)}, {"crls", base64_list(kept->crls)}};
}

[[noreturn]] void refuse_report() {
  throw Error(Failure::invalid, "pdf-reader-failed",
              {"讀取這個 PDF 時出錯，不予檢查", "reading this PDF failed; it is not checked"});
}

std::size_t place_in(const Json& value, const char* key, std::size_t most) {
  const auto place = value.at(key).get<std::size_t>();
  if (place > most) refuse_report();
  return place;
}

Bytes bytes_from(const Json& text) {
  auto bytes = from_base64(text.get_ref<const std::string&>());
  if (!bytes) refuse_report();
  return std::move(*bytes);
}

std::optional<ValidationData> kept_from(const Json& value) {
  if (value.is_null()) return std::nullopt;
  ValidationData kept;
  for (const auto& one : value.at("certificates")) kept.certificates.push_back(bytes_from(one));
  for (const auto& one : value.at("crls")) kept.crls.push_back(bytes_from(one));
  return kept;
}

FoundSignature signature_from(const Json& value, std::size_t size) {
  FoundSignature one;
  one.field = require_string(value, "field");
  one.name = require_string(value, "name");
  one.reason = require_string(value, "reason");
  one.sub_filter = require_string(value, "sub_filter");
  if (value.at("at").is_string()) one.at = parse_instant(require_string(value, "at"));
  one.end = place_in(value, "end", size);
  one.hole_end = place_in(value, "hole_end", one.end);
  one.hole = place_in(value, "hole", one.hole_end);
  one.cms = bytes_from(value.at("cms"));
  return one;
}

Afterwards after_from(const Json& value) {
  Afterwards afterwards;
  for (const auto& change : value.at("changes"))
    afterwards.changes.push_back({change.at("object").get<int>(), require_string(change, "kind")});
  if (const auto& said = value.at("unreadable"); !said.is_null())
    afterwards.unreadable = Said{require_string(said, "zh"), require_string(said, "en")};
  return afterwards;
}

}  // namespace

SignedFile read_signed(std::string_view pdf) {
  SignedFile file;
  file.found = find_signatures(pdf);
  for (std::size_t i = 0; i < file.found.signatures.size(); ++i)
    file.after.push_back(after(pdf, file.found, i));
  file.kept = kept_in(pdf.substr(0, file.found.size));
  return file;
}

Json to_json(const SignedFile& file) {
  Json signatures = Json::array(), after = Json::array();
  for (const auto& one : file.found.signatures) signatures.push_back(signature_json(one));
  for (const auto& one : file.after) after.push_back(after_json(one));
  return {{"size", file.found.size},
          {"signatures", std::move(signatures)},
          {"after", std::move(after)},
          {"kept", kept_json(file.kept)}};
}

SignedFile signed_file_from(const Json& value, std::size_t size) {
  SignedFile file;
  try {
    file.found.size = place_in(value, "size", size);
    for (const auto& one : value.at("signatures"))
      file.found.signatures.push_back(signature_from(one, size));
    for (const auto& one : value.at("after")) file.after.push_back(after_from(one));
    file.kept = kept_from(value.at("kept"));
  } catch (const Json::exception&) {
    refuse_report();
  } catch (const Error&) {
    refuse_report();
  }
  if (file.after.size() != file.found.signatures.size()) refuse_report();
  return file;
}

}  // namespace vermilion::render
