#include "identity/directory.h"

#include <ldap.h>
#include <sys/time.h>

#include <vector>

#include "base/error.h"
#include "base/handle.h"

namespace vermilion::identity {
namespace {

constexpr int kDirectorySeconds = 5;
constexpr int kMostGroups = 1000;

void close_connection(LDAP* connection) noexcept {
  ldap_unbind_ext_s(connection, nullptr, nullptr);
}
void free_messages(LDAPMessage* messages) noexcept { ldap_msgfree(messages); }

using Connection = Handle<LDAP, close_connection>;
using Messages = Handle<LDAPMessage, free_messages>;
using DirectoryText = Handle<char, ldap_memfree>;
using ParsedName = Handle<std::remove_pointer_t<LDAPDN>, ldap_dnfree>;
using DirectoryValues = Handle<berval*, ldap_value_free_len>;

void check_directory(int result, const char* doing) {
  if (result == LDAP_SUCCESS) return;
  throw Error(Failure::unavailable, "directory-unavailable",
              {"機關目錄服務目前無法使用，請稍後再試或通知系統管理人員",
               std::string("the directory cannot be used now; try again later or tell an "
                           "administrator (") +
                   doing + ": " + ldap_err2string(result) + ")"});
}

timeval patience() { return {kDirectorySeconds, 0}; }

void set(LDAP* connection, int option, const void* value) {
  check_directory(ldap_set_option(connection, option, value) == LDAP_OPT_SUCCESS ? LDAP_SUCCESS
                                                                                 : LDAP_PARAM_ERROR,
                  "settings");
}

void set_number(LDAP* connection, int option, int value) { set(connection, option, &value); }

void set_tls(LDAP* connection, const store::DirectorySettings& settings) {
  if (!settings.authorities.empty())
    set(connection, LDAP_OPT_X_TLS_CACERTFILE, settings.authorities.c_str());
  set_number(connection, LDAP_OPT_X_TLS_REQUIRE_CERT, LDAP_OPT_X_TLS_HARD);
  set_number(connection, LDAP_OPT_X_TLS_PROTOCOL_MIN, LDAP_OPT_X_TLS_PROTOCOL_TLS1_2);
  set_number(connection, LDAP_OPT_X_TLS_NEWCTX, 0);
}

Connection connect(const store::DirectorySettings& settings) {
  Connection connection;
  check_directory(ldap_initialize(Out(connection), settings.url.c_str()), "address");
  const auto wait = patience();
  set_number(connection.get(), LDAP_OPT_PROTOCOL_VERSION, LDAP_VERSION3);
  set(connection.get(), LDAP_OPT_REFERRALS, LDAP_OPT_OFF);
  set(connection.get(), LDAP_OPT_NETWORK_TIMEOUT, &wait);
  set(connection.get(), LDAP_OPT_TIMEOUT, &wait);
  set_number(connection.get(), LDAP_OPT_TIMELIMIT, kDirectorySeconds);
  set_tls(connection.get(), settings);
  if (settings.url.starts_with("ldap://"))
    check_directory(ldap_start_tls_s(connection.get(), nullptr, nullptr), "StartTLS");
  return connection;
}

int bind_as(LDAP* connection, const std::string& name, std::string password) {
  berval secret{password.size(), password.data()};
  return ldap_sasl_bind_s(connection, name.c_str(), LDAP_SASL_SIMPLE, &secret, nullptr, nullptr,
                          nullptr);
}

// Whether it is only that name and password do not fit.
bool is_refusal(int result) {
  return result == LDAP_INVALID_CREDENTIALS || result == LDAP_NO_SUCH_OBJECT ||
         result == LDAP_INVALID_DN_SYNTAX || result == LDAP_UNWILLING_TO_PERFORM ||
         result == LDAP_INSUFFICIENT_ACCESS || result == LDAP_CONSTRAINT_VIOLATION ||
         result == LDAP_INAPPROPRIATE_AUTH;
}

struct DirectorySearch {
  std::string base;
  std::string filter;
  const char* attribute;
  int most;
};

Messages search_in(LDAP* connection, const DirectorySearch& wanted) {
  std::string attribute = wanted.attribute;
  char* attributes[] = {attribute.data(), nullptr};
  auto wait = patience();
  Messages found;
  const int result =
      ldap_search_ext_s(connection, wanted.base.c_str(), LDAP_SCOPE_SUBTREE, wanted.filter.c_str(),
                        attributes, 0, nullptr, nullptr, &wait, wanted.most, Out(found));
  // More than asked for: whoever counts sees that there are too many.
  if (result != LDAP_SIZELIMIT_EXCEEDED && result != LDAP_NO_SUCH_OBJECT)
    check_directory(result, "search");
  return found;
}

std::vector<std::string> values_of(LDAP* connection, LDAPMessage* entry, const char* attribute) {
  const DirectoryValues values(ldap_get_values_len(connection, entry, attribute));
  std::vector<std::string> texts;
  for (auto** value = values.get(); value != nullptr && *value != nullptr; ++value)
    texts.emplace_back((*value)->bv_val, (*value)->bv_len);
  return texts;
}

std::string with(std::string pattern, std::string_view place, const std::string& value) {
  for (auto at = pattern.find(place); at != std::string::npos;
       at = pattern.find(place, at + value.size()))
    pattern.replace(at, place.size(), value);
  return pattern;
}

void add_hex(std::string& text, char c) {
  constexpr const char* kDigits = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  text += '\\';
  text += kDigits[byte >> 4];
  text += kDigits[byte & 15];
}

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

// Both escape whatever is no letter, digit or part of a longer UTF-8 character: more than they must, and the same meaning.
std::string escaped_for_filter(std::string_view value) {
  std::string text;
  for (const char c : value) {
    if (is_plain(c) || static_cast<unsigned char>(c) >= 0x80 || c == '.' || c == '@' || c == '-') {
      text += c;
    } else {
      add_hex(text, c);
    }
  }
  return text;
}

std::string escaped_for_name(std::string_view value) {
  std::string text;
  for (const char c : value) {
    if (is_plain(c) || static_cast<unsigned char>(c) >= 0x80) {
      text += c;
    } else {
      add_hex(text, c);
    }
  }
  return text;
}

std::string tidy_name(const std::string& name) {
  ParsedName parsed;
  if (name.empty() || ldap_str2dn(name.c_str(), Out(parsed), LDAP_DN_FORMAT_LDAPV3) != LDAP_SUCCESS)
    return "";
  DirectoryText text;
  if (ldap_dn2str(parsed.get(), Out(text), LDAP_DN_FORMAT_LDAPV3) != LDAP_SUCCESS) return "";
  return text ? text.get() : "";
}

Directory::Directory(store::DirectorySettings settings, std::string bind_password)
    : settings_(std::move(settings)), bind_password_(std::move(bind_password)) {}

std::string Directory::find(const std::string& typed) {
  if (!settings_.dn_template.empty())
    return tidy_name(with(settings_.dn_template, "{name}", escaped_for_name(typed)));
  const auto connection = connect(settings_);
  check_directory(bind_as(connection.get(), settings_.bind_dn, bind_password_), "bind_dn");
  const auto filter = with(settings_.filter, "{name}", escaped_for_filter(typed));
  const auto found = search_in(connection.get(), {settings_.base, filter, LDAP_NO_ATTRS, 2});
  if (!found || ldap_count_entries(connection.get(), found.get()) != 1) return "";
  auto* entry = ldap_first_entry(connection.get(), found.get());
  const DirectoryText name(ldap_get_dn(connection.get(), entry));
  return tidy_name(name ? name.get() : "");
}

std::set<std::string> Directory::groups_of(const std::string& name) {
  std::set<std::string> groups;
  if (settings_.groups_base.empty()) return groups;
  const auto connection = connect(settings_);
  check_directory(bind_as(connection.get(), settings_.bind_dn, bind_password_), "bind_dn");
  const auto filter = with(settings_.groups_filter, "{dn}", escaped_for_filter(name));
  const auto found = search_in(
      connection.get(), {settings_.groups_base, filter, settings_.group_name.c_str(), kMostGroups});
  for (auto* entry = found ? ldap_first_entry(connection.get(), found.get()) : nullptr;
       entry != nullptr; entry = ldap_next_entry(connection.get(), entry)) {
    for (auto& group : values_of(connection.get(), entry, settings_.group_name.c_str()))
      groups.insert(std::move(group));
  }
  return groups;
}

bool Directory::proves(const std::string& name, const std::string& password) {
  if (password.empty() || password.find('\0') != std::string::npos) return false;
  const auto connection = connect(settings_);
  const int result = bind_as(connection.get(), name, password);
  if (!is_refusal(result)) check_directory(result, "bind");
  return result == LDAP_SUCCESS;
}

std::string Directory::nobody() const {
  return tidy_name(settings_.dn_template.empty()
                       ? "cn=vermilion-nobody," + settings_.base
                       : with(settings_.dn_template, "{name}", "vermilion-nobody"));
}

}  // namespace vermilion::identity
