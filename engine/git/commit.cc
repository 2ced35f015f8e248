// Commits and annotated tags as bytes.
#include "base/error.h"
#include "git/header_lines.h"
#include "git/libgit2.h"
#include "git/object.h"

namespace vermilion::git {
namespace {

constexpr std::string_view kSignatureKey = "gpgsig";

[[noreturn]] void malformed(const char* code, const char* zh, const char* en) {
  throw Error(Failure::corrupt, code,
              {std::string("Git ") + zh + "物件的格式不正確，請以備份還原",
               std::string("a Git ") + en + " is malformed; restore it from a backup"});
}
[[noreturn]] void bad_commit() { malformed("bad-commit", "提交", "commit"); }
[[noreturn]] void bad_tag() { malformed("bad-tag", "標籤", "tag"); }

template <typename Value>
Value or_bad_commit(std::optional<Value> value) {
  if (!value) bad_commit();
  return std::move(*value);
}

Author take_person(std::string_view& rest, std::string_view key) {
  return or_bad_commit(parse_person(or_bad_commit(take_header(rest, key))));
}

// A header over several lines: each line after the first begins with one space.
std::string folded_signature(std::string_view signature) {
  if (signature.ends_with('\n')) signature.remove_suffix(1);
  if (signature.empty() || signature.find("\n\n") != signature.npos || signature.front() == '\n') {
    throw Error(Failure::invalid, "bad-signature",
                {"簽章不能寫入 Git 提交，請重新簽署",
                 "the signature cannot stand in a Git commit; sign again"});
  }
  std::string header = std::string(kSignatureKey) + " ";
  for (const char c : signature) {
    header += c;
    if (c == '\n') header += ' ';
  }
  return header + "\n";
}

// The lines of `key` and their continuations at the front of `rest`, removed from it, without the
// folding.
std::optional<std::string> take_folded(std::string_view& rest, std::string_view key) {
  const auto first = take_header(rest, key);
  if (!first) return std::nullopt;
  std::string value(*first);
  while (const auto more = take_header(rest, "")) value += "\n" + std::string(*more);
  return value + "\n";
}

void skip_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  if (end == rest.npos) bad_commit();
  rest.remove_prefix(end + 1);
}

Bytes unsigned_commit(std::string_view commit) {
  Bytes payload;
  for (auto rest = commit; !rest.empty() && rest.front() != '\n';) {
    if (take_folded(rest, kSignatureKey)) {
      commit = rest;
      continue;
    }
    skip_line(rest);
    payload += commit.substr(0, commit.size() - rest.size());
    commit = rest;
  }
  return payload + Bytes(commit);
}

void require_tag_name(const std::string& name) {
  int valid = 0;
  const auto reference = "refs/tags/" + name;
  if (name.find('\0') == name.npos && git_reference_name_is_valid(&valid, reference.c_str()) == 0 &&
      valid == 1) {
    return;
  }
  throw Error(Failure::invalid, "bad-tag-name",
              {"「" + name + "」不能作為 Git 標籤名稱，請更改編號或版次",
               "\"" + name + "\" cannot name a Git tag; change the number or the version"});
}

}  // namespace

Bytes commit_bytes(const Commit& commit) {
  require_message(commit.message);
  Bytes bytes = "tree " + commit.tree.hex() + "\n";
  for (const auto& parent : commit.parents) bytes += "parent " + parent.hex() + "\n";
  bytes += "author " + person_line(commit.author) + "\n";
  bytes += "committer " + person_line(commit.committer) + "\n";
  if (!commit.signature.empty()) bytes += folded_signature(commit.signature);
  return bytes + "\n" + commit.message;
}

Commit parse_commit(std::string_view bytes) {
  Commit commit;
  auto rest = bytes;
  commit.tree = or_bad_commit(take_id(rest, "tree"));
  while (const auto parent = take_id(rest, "parent")) commit.parents.push_back(*parent);
  commit.author = take_person(rest, "author");
  commit.committer = take_person(rest, "committer");
  while (!rest.starts_with('\n')) {
    if (auto signature = take_folded(rest, kSignatureKey)) {
      commit.signature = std::move(*signature);
    } else {
      skip_line(rest);
    }
  }
  commit.message = rest.substr(1);
  return commit;
}

Bytes signed_payload(std::string_view bytes) {
  if (bytes.starts_with("object ")) return Bytes(bytes.substr(0, tag_signature_at(bytes)));
  return unsigned_commit(bytes);
}

Bytes tag_bytes(const Tag& tag) {
  require_tag_name(tag.name);
  require_message(tag.message);
  if (tag_signature_at(tag.message) != tag.message.size()) {
    throw Error(Failure::invalid, "bad-message",
                {"標籤訊息不得含有簽章的起始行",
                 "a tag's message may not hold the first line of a signature"});
  }
  return "object " + tag.object.hex() + "\ntype commit\ntag " + tag.name + "\ntagger " +
         person_line(tag.tagger) + "\n\n" + tag.message + tag.signature;
}

Tag parse_tag(std::string_view bytes) {
  Tag tag;
  auto rest = bytes;
  const auto object = take_id(rest, "object");
  const auto type = take_header(rest, "type");
  const auto name = take_header(rest, "tag");
  const auto line = take_header(rest, "tagger");
  const auto tagger = line ? parse_person(*line) : std::nullopt;
  if (!object || type != "commit" || !name || !tagger || !rest.starts_with('\n')) bad_tag();
  const auto signature = rest.substr(1 + tag_signature_at(rest.substr(1)));
  rest.remove_suffix(signature.size());
  return {*object, std::string(*name), *tagger, std::string(rest.substr(1)),
          std::string(signature)};
}

}  // namespace vermilion::git
