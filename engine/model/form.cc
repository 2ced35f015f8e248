#include "model/form.h"

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "base/yaml.h"
#include "model/members.h"

namespace vermilion::model {
namespace {

using Texts = std::vector<std::string>;

constexpr std::size_t kLargestYaml = 64 * 1024;  // it is a screenful
constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz0123456789-";

[[noreturn]] void bad_form(const std::string& zh, const std::string& en) {
  throw Error(Failure::invalid, "bad-form",
              {"表單定義（form.yaml）有誤：" + zh, "the form (form.yaml) is wrong: " + en});
}

[[noreturn]] void bad_member(const std::string& member, const std::string& zh,
                             const std::string& en) {
  bad_form(fmt::format("「{}」{}", member, zh), fmt::format("'{}' {}", member, en));
}

void require_known(const Json& value, const std::set<std::string>& known) {
  if (!value.is_object()) bad_form("應為「名稱: 值」", "it must be a map of members");
  for (const auto& member : value.items()) {
    if (known.contains(member.key())) continue;
    bad_member(member.key(), "不是表單的欄位，請刪去", "is no member of a form; remove it");
  }
}

std::string require_one_of(const Json& value, const char* key, const Texts& allowed) {
  auto text = require_string(value, key);
  if (std::find(allowed.begin(), allowed.end(), text) == allowed.end()) {
    std::string list;
    for (const auto& one : allowed) list += (list.empty() ? "" : ", ") + one;
    bad_member(key, "只能是 " + list, "must be one of " + list);
  }
  return text;
}

bool is_id(const std::string& text) {
  return !text.empty() && text.size() <= 40 && text.front() != '-' &&
         text.find_first_not_of(kLower) == std::string::npos;
}

SignerSlot slot_from(const Json& value) {
  require_known(value, {"kind", "meaning", "role", "subject", "differs"});
  SignerSlot slot{require_one_of(value, "kind", {"agreement", "record", "minutes"}),
                  require_string(value, "meaning"), member_or(value, "role", std::string()),
                  member_or(value, "subject", false), member_or(value, "differs", false)};
  if (slot.meaning.empty()) bad_member("meaning", "不可空白", "must not be empty");
  if (slot.role.empty() != slot.subject) {
    bad_member("signers", "每一欄須指定 role，或 subject: true，不可兩者皆有或皆無",
               "each needs a role or subject: true, not both and not neither");
  }
  return slot;
}

// The running number stands last, so that a number can be read without its form.
void require_pattern(const std::string& number) {
  static const std::regex shape("[A-Za-z][A-Za-z0-9-]{0,18}-\\{roc_year\\}-\\{seq:[1-9]\\}");
  if (number.size() <= 40 && std::regex_match(number, shape)) return;
  bad_member("number", "須為英數字與 -，以 -{roc_year}-{seq:4} 結尾，例如 NDA-{roc_year}-{seq:4}",
             "needs letters, digits and '-', then -{roc_year}-{seq:4}, such as "
             "NDA-{roc_year}-{seq:4}");
}

void require_whole(const Form& form) {
  if (!is_id(form.retention))
    bad_member("retention", "須為保存類別的代號", "must be the id of a retention class");
  if (form.signers.empty()) bad_member("signers", "至少一人", "needs at least one");
  const bool agreement = form.kind == "agreement";
  if (agreement && !(form.signers[0].subject && form.signers[0].kind == "agreement")) {
    bad_member("signers", "協定的第一位須是本人（subject: true，kind: agreement）",
               "the first of an agreement must be the subject (kind: agreement)");
  }
  if (!agreement && !form.required_of.empty()) {
    bad_member("required_of", "只用於協定（kind: agreement）", "is for agreements only");
  }
}

Json slot_json(const SignerSlot& slot) {
  Json value = {{"kind", slot.kind}, {"meaning", slot.meaning}};
  if (!slot.role.empty()) value["role"] = slot.role;
  if (slot.subject) value["subject"] = true;
  if (slot.differs) value["differs"] = true;
  return value;
}

// Every scalar is text, but for a plain true or false: a version is written 2.1 and stays "2.1".
Json scalar_json(const Yaml& node) {
  const auto& text = node.text();
  if (!node.is_quoted() && (text == "true" || text == "false")) return text == "true";
  return require_text(text, "form.yaml");
}

Json yaml_json(const Yaml& node) {
  if (node.is_text()) return scalar_json(node);
  if (node.is_list()) {
    Json list = Json::array();
    for (const Yaml& item : node.items()) list.push_back(yaml_json(item));
    return list;
  }
  if (!node.is_map()) return nullptr;
  Json object = Json::object();
  for (const auto& member : node.members())
    object[require_text(member.name, "form.yaml")] = yaml_json(member.value);
  return object;
}

Form read_form(const Json& value) {
  require_known(value, {"id", "title", "title_en", "version", "kind", "classification", "retention",
                        "personal_data", "number", "clause", "signers", "readers", "required_of"});
  Form form;
  form.id = require_string(value, "id");
  require_form_id(form.id);
  form.title = require_string(value, "title");
  form.title_en = member_or(value, "title_en", std::string());
  form.version = Version::parse(require_string(value, "version"));
  form.kind = require_one_of(value, "kind", {"agreement", "record"});
  form.classification = require_string(value, "classification");
  form.retention = require_string(value, "retention");
  form.personal_data = member_or(value, "personal_data", false);
  form.number = require_string(value, "number");
  require_pattern(form.number);
  form.clause = member_or(value, "clause", std::string());
  for (const auto& slot : member_or(value, "signers", Json::array_t()))
    form.signers.push_back(slot_from(slot));
  form.readers = member_or(value, "readers", Texts());
  form.required_of = member_or(value, "required_of", Texts());
  require_whole(form);
  return form;
}

}  // namespace

Form form_from(const Json& value) {
  try {
    return read_form(value);
  } catch (const Error& error) {
    if (error.code().starts_with("bad-form")) throw;
    bad_form(error.said().zh, error.said().en);
  }
}

Form form_from_yaml(std::string_view yaml) {
  if (yaml.size() > kLargestYaml) bad_form("超過 64 KiB", "it is larger than 64 KiB");
  Json value;
  try {
    value = yaml_json(read_yaml(yaml));
  } catch (const YamlError& error) {
    bad_form(error.said().zh, error.said().en);
  }
  return form_from(value);
}

Json to_json(const Form& form) {
  Json value = {{"id", form.id},
                {"title", form.title},
                {"title_en", form.title_en},
                {"version", form.version.text()},
                {"kind", form.kind},
                {"classification", form.classification},
                {"retention", form.retention},
                {"personal_data", form.personal_data},
                {"number", form.number},
                {"clause", form.clause},
                {"signers", Json::array()},
                {"readers", form.readers},
                {"required_of", form.required_of}};
  for (const auto& slot : form.signers) value["signers"].push_back(slot_json(slot));
  return value;
}

void require_form_id(const std::string& id) {
  if (is_id(id)) return;
  throw Error(Failure::invalid, "bad-form-id",
              {fmt::format("表單代號「{}」無效：只用小寫英文字母、數字與 -，例如 nda-employee", id),
               fmt::format("form id '{}' is invalid: use lower-case letters, digits and '-', "
                           "such as nda-employee",
                           id)});
}

std::string form_folder(const std::string& id) { return "forms/" + id; }

std::string form_version_folder(const std::string& id, const Version& version) {
  return form_folder(id) + "/versions/" + version.text();
}

}  // namespace vermilion::model
