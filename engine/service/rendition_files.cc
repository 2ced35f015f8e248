#include "service/rendition_files.h"

#include <fmt/format.h>

namespace vermilion::service {
namespace {

constexpr const char* kStatementEnding = ".statement.json";

bool has_opinion(const model::Statement& statement) {
  return !string_or_empty(statement.subject, "comment").empty();
}

render::Attachment inside(const std::string& name, const Bytes& bytes, const std::string& meaning) {
  if (name.ends_with(".p7s")) {
    return {name, "application/pkcs7-signature",
            fmt::format("「{}」聲明的簽章，CMS　Detached signature of the statement", meaning),
            "Supplement", bytes};
  }
  if (name.ends_with(".tsr")) {
    return {name, "application/timestamp-reply",
            fmt::format("「{}」簽章的時戳　Time stamp over the signature", meaning), "Supplement",
            bytes};
  }
  return {name, "application/json",
          fmt::format("「{}」的聲明，即所簽的內容　Statement: what was signed", meaning), "Data",
          bytes};
}

}  // namespace

std::vector<std::pair<std::string, Bytes>> statement_files(const store::Snapshot& evidence,
                                                           const std::string& folder,
                                                           const std::string& name) {
  std::vector<std::pair<std::string, Bytes>> files;
  for (const std::string& file : {name + kStatementEnding, name + kStatementEnding + ".p7s"})
    files.emplace_back(file, evidence.require(folder + "/" + file));
  if (auto stamp = evidence.read(folder + "/" + name + ".tsr"))
    files.emplace_back(name + ".tsr", std::move(*stamp));
  return files;
}

render::Attachment text_inside(const Bytes& markdown) {
  return {"document.md", "text/markdown",
          "本版內文，Markdown；各聲明的 content 即其摘要　Text of this version; statements name "
          "its digest as content",
          "Source", markdown};
}

std::vector<render::Attachment> statements_inside(
    const store::Snapshot& evidence, const std::string& folder,
    const std::vector<evidence::FiledStatement>& printed) {
  std::vector<render::Attachment> files;
  for (const auto& filed : printed) {
    if (has_opinion(filed.statement)) continue;
    for (const auto& [name, bytes] : statement_files(evidence, folder, filed.name))
      files.push_back(inside(name, bytes, filed.statement.meaning));
  }
  return files;
}

}  // namespace vermilion::service
