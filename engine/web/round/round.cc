// The round of a revision: the draft, its difference from what it was made from, and the steps that this person may take.
//
// What is possible here is only shown; what is allowed the service decides when it is asked, and its words stand on the page then.
#include <fmt/format.h>

#include <algorithm>

#include "base/uri.h"
#include "service/delegations.h"
#include "service/documents.h"
#include "service/renditions.h"
#include "web/diff/changes.h"
#include "web/routes.h"
#include "web/show.h"

namespace vermilion::web {
namespace {

struct Step {
  const char* id;
  const char* zh;
  const char* en;
  const char* right;
  const char* state;
};

constexpr Step kSteps[] = {
    {"submit", "送審", "Submit", "document.submit", "draft"},
    {"review", "審查通過", "Reviewed", "document.review", "in_review"},
    {"countersign", "會簽", "Countersign", "document.countersign", "in_review"},
    {"approve", "核准", "Approve", "document.approve", "in_review"},
    {"return", "退回", "Send back", "document.return", "in_review"},
    {"publish", "發行", "Publish", "document.publish", "approved"}};

bool signed_as(const Json& draft, const std::string& kind, const std::string& account) {
  const auto& signatures = draft.at("signatures");
  return std::any_of(signatures.begin(), signatures.end(), [&](const Json& signature) {
    return signature.at("kind") == kind && (account.empty() || signature.at("account") == account);
  });
}

// Why that person cannot take the step now, "" if he can; for steps that are his and of this state. `who` he is to the reader: 您.
std::string obstacle(const Step& step, const Json& draft, const std::string& account,
                     const std::string& who) {
  const auto& authors = draft.at("authors");
  const bool author = std::find(authors.begin(), authors.end(), account) != authors.end();
  const std::string id = step.id;
  const bool judges = id == "review" || id == "countersign" || id == "approve";
  if (judges && author) return who + "是撰稿人，要由其他人辦理";
  if (id == "review" && signed_as(draft, "review", account)) return who + "已經審查";
  if (id == "countersign" && draft.at("countersignatures_missing").empty()) return "會簽已齊備";
  if (id == "approve" && !draft.at("countersignatures_missing").empty()) return "要等會簽齊備";
  if (id == "approve" && !signed_as(draft, "review", "")) return "要先審查";
  return "";
}

// `all` as service::principals_of tells them.
bool may_here(Visit& visit, const std::string& right, const Json& all) {
  const auto principal = principal_here(visit);
  if (principal.empty()) return visit.may(right);
  return std::any_of(all.begin(), all.end(), [&](const Json& one) {
    return one["account"] == principal && one["right"] == right;
  });
}

std::string obstacle_here(Visit& visit, const Step& step, const Json& draft) {
  const auto principal = principal_here(visit);
  const auto why = obstacle(step, draft, visit.session->account, "您");
  return why.empty() && !principal.empty() ? obstacle(step, draft, principal, "委託人") : why;
}

// [{account, name}]: for whom else the reader could take a step of this state.
Json other_principals(Visit& visit, const Json& draft, const Json& all) {
  Json found = Json::array();
  for (const auto& one : all) {
    const bool needed = std::any_of(std::begin(kSteps), std::end(kSteps), [&](const Step& step) {
      return draft["state"] == step.state && one["right"] == step.right;
    });
    const Json other = {{"account", one["account"]}, {"name", one["name"]}};
    const bool known = std::find(found.begin(), found.end(), other) != found.end();
    if (needed && !known && one["account"] != principal_here(visit)) found.push_back(other);
  }
  return found;
}

Json steps_of(Visit& visit, const Json& draft, const Json& all) {
  Json steps = Json::array();
  for (const auto& step : kSteps) {
    if (draft["state"] != step.state || !may_here(visit, step.right, all)) continue;
    const auto why = obstacle_here(visit, step, draft);
    steps.push_back({{"step", step.id},
                     {"label", step.zh},
                     {"label_en", step.en},
                     {"possible", why.empty()},
                     {"why", why}});
  }
  return steps;
}

void add_steps(Visit& visit, Json& data) {
  const auto all = service::principals_of(visit.context());
  data["steps"] = steps_of(visit, data, all);
  const auto principal = principal_here(visit);
  if (!principal.empty()) data["acting"] = {{"account", principal}};
  data["principals"] = other_principals(visit, data, all);
  const auto behalf = principal.empty() ? "" : " --on-behalf-of " + principal;
  std::string commands;
  for (auto& step : data["steps"]) {
    if (step["possible"] != true) continue;
    const auto id = require_string(step, "step");
    step["second"] = data.contains("any");
    data["any"] = true;
    data["may_" + id] = true;
    commands +=
        command_line(visit, fmt::format("document {} {} --version {}{}\n", id, visit.part("id"),
                                        require_string(data, "version"), behalf));
  }
  data["command"] = commands;
}

// The version asked for, else the newest draft.
Json draft_of(const Json& document, const std::string& asked) {
  Json found;
  for (const auto& version : document.at("versions")) {
    const bool wanted = asked.empty() ? !version.contains("pdf") : version["version"] == asked;
    if (wanted) found = version;
  }
  if (found.is_object() && !found.contains("pdf")) return found;
  throw Error(Failure::not_found, "no-draft",
              {"沒有進行中的草案；這一版可能已經發行",
               "there is no open draft; it may have been published"});
}

std::string joined(const Json& texts) {
  std::string result;
  for (const auto& text : texts) result += (result.empty() ? "" : "、") + text.get<std::string>();
  return result;
}

void add_files(Visit& visit, Json& data) {
  Json shown = Json::array();
  const auto version = require_string(data, "version");
  for (const auto& [name, digest] : data["files"].items())
    shown.push_back({{"name", name}, {"link", file_link(visit.part("id"), version, name)}});
  data["pictures"] = shown;
  data["may_draft"] = visit.may("document.draft");
}

Json round_data(Visit& visit, const std::string& asked_version) {
  const auto id = visit.part("id");
  const auto document = service::show_document(visit.context(), id, "", false);
  auto data = draft_of(document, asked_version);
  const auto version = require_string(data, "version");
  const auto text = service::show_document(visit.context(), id, version, true);
  data["id"] = id;
  data["document_title"] = require_string(document, "title");
  const auto draft = markup::parse_markdown(require_string(text, "text"));
  data["unresolved"] = service::unresolved_json(draft);
  data["lost"] = !draft.unresolved.empty();
  data["html"] = text_html(draft, pictures_of(visit, id, version, data["files"]));
  const auto diff = service::diff_document(visit.context(), id, "", version);
  data["changes"] = shown_changes(diff);
  data["file_changes"] = shown_files(diff);
  add_files(visit, data);
  data["base_label"] =
      data["base"].is_string() ? " " + data["base"].get<std::string>() + " 版" : "空白（新文件）";
  data["missing"] = joined(data["countersignatures_missing"]);
  data["today"] = iso_date(visit.context().today());
  data["signs_here"] = visit.signs_here();
  add_steps(visit, data);
  label_signatures(visit, data["signatures"]);
  return data;
}

Response round_page(Visit& visit, const std::string& version, const Error* problem) {
  auto data = round_data(visit, version);
  data["comment"] = visit.request.field("comment");
  for (const auto& step : kSteps) {
    if (visit.request.asked("done") == step.id) data["done"] = step.zh;
  }
  if (visit.request.asked("done") == "files") data["done"] = "變更圖檔";
  return visit.page("round/round", "審查 " + visit.part("id"), data, problem);
}

Json run_step(Visit& visit, const std::string& step, const service::StepRequest& request) {
  auto& context = visit.signing();
  if (step == "submit") return service::submit_document(context, request);
  if (step == "review") return service::review_document(context, request);
  if (step == "countersign") return service::countersign_document(context, request);
  if (step == "approve") return service::approve_document(context, request);
  if (step == "return") return service::return_document(context, request);
  if (step == "publish")
    return service::publish_document(context, request.id, request.version,
                                     visit.request.field("effective"));
  throw Error(Failure::invalid, "unknown-step", {"沒有這個步驟", "there is no such step"});
}

}  // namespace

Response show_round(Visit& visit) {
  return round_page(visit, visit.request.asked("version"), nullptr);
}

Response take_step(Visit& visit) {
  const auto& form = visit.request;
  const auto id = visit.part("id"), version = form.field("version"), step = form.field("step");
  const auto next = step == "publish" ? document_link(id, version)
                                      : "/documents/" + percent_encoded(id) +
                                            "/review?version=" + percent_encoded(version) +
                                            "&done=" + percent_encoded(step);
  visit.then(next);
  try {
    (void)run_step(
        visit, step,
        {id, version, principal_here(visit), "", form.field("comment"), form.field("draft")});
  } catch (const Error& error) {
    return round_page(visit, version, &error);
  }
  return redirect(next);
}

Response change_files(Visit& visit) {
  const auto& form = visit.request;
  const auto id = visit.part("id"), version = form.field("version"), gone = form.field("remove");
  const auto next = "/documents/" + percent_encoded(id) +
                    "/review?version=" + percent_encoded(version) + "&done=files";
  const auto again = [&](Visit& same, const Error* error) {
    return round_page(same, version, error);
  };
  return after_deed(visit, next, again, [&] {
    service::DraftRequest request;
    request.id = id;
    request.version = version;
    const auto upload = form.uploads.find("file");
    if (!gone.empty()) {
      request.files[gone] = std::nullopt;
    } else if (upload != form.uploads.end() && !upload->second.name.empty()) {
      request.files[upload->second.name] = upload->second.bytes;
    } else {
      throw Error(Failure::invalid, "no-upload", {"請先選擇圖檔", "choose a picture first"});
    }
    (void)service::draft_document(visit.context(), request);
  });
}

Response review_pdf(Visit& visit) {
  const auto id = visit.part("id");
  auto exported = service::export_review_pdf(visit.context(), id, visit.request.asked("version"));
  return file("application/pdf", fmt::format("{}-{}-送審本.pdf", id, exported.version),
              std::move(exported.pdf));
}

}  // namespace vermilion::web
