#include "store/check.h"

#include "base/error.h"
#include "crypto/certificate.h"
#include "crypto/ssh_signature.h"
#include "log/note.h"
#include "store/fold.h"
#include "store/maintenance.h"

namespace vermilion::store {
namespace {

std::string words(const Error& error) { return error.said().zh + " " + error.said().en; }

// "journal/frames-1 at 512", which a broken frame's message begins with.
std::string frame_place(const Error& error) {
  const auto& text = error.said().en;
  return text.starts_with("journal/frames") ? text.substr(0, text.find(':')) : "journal";
}

void check_journal(Parts& parts, CheckReport& report) {
  report.count();
  try {
    settle(parts);
  } catch (const Error& error) {
    report.fault(frame_place(error), words(error));
  }
}

Bytes spki(const crypto::PrivateKey& key) { return key.public_key().spki(); }

// The public half of a store key as main states it.
Bytes stated_public_key(const Snapshot& main, StoreKey which, const Settings& settings,
                        const crypto::PrivateKey& key) {
  switch (which) {
    case StoreKey::sealing:
      return crypto::allowed_signer_key(main.require("people/allowed_signers")).spki();
    case StoreKey::issuer:
      return crypto::Certificate::from_pem(main.require("people/issuer.pem")).public_key().spki();
    case StoreKey::log: {
      const bool same = log::verifier_key(settings.log_origin, key.public_key()) + "\n" ==
                        main.require("log/verifier_key");
      return same ? spki(key) : Bytes();
    }
  }
  throw Bug("unknown store key");
}

void check_store_keys(Parts& parts, const Snapshot& main, CheckReport& report) {
  for (const auto which : kStoreKeys) {
    const auto name = store_key_name(which);
    report.count();
    report.part(name, [&] {
      const auto key = load_store_key(parts.disk, parts.path, parts.master, which);
      if (stated_public_key(main, which, parts.settings, key) == spki(key)) return;
      report.fault(name, "金鑰與 main 所載不符 the key is not the one main states");
    });
  }
}

void check_copies(Parts& parts, const Snapshot& main, CheckReport& report) {
  report.count(2);
  report.part("vermilion.yaml", [&] {
    if (main.require("log/verifier_key") != parts.settings.verifier_key + "\n") {
      report.fault("vermilion.yaml",
                   "稽核日誌驗證金鑰與 main 所載不符 log.verifier_key is not what main states");
    }
  });
  report.part("allowed_signers", [&] {
    if (parts.disk.read_all(parts.path / "allowed_signers") !=
        main.require("people/allowed_signers")) {
      report.fault("allowed_signers",
                   "與 main 的 people/allowed_signers 不符 differs from main's copy");
    }
  });
}

void check_keys(Parts& parts, CheckReport& report) {
  report.part("evidence.git", [&] {
    const Snapshot main(parts.evidence->reader(), parts.evidence->ref(kMainRef));
    check_store_keys(parts, main, report);
    check_copies(parts, main, report);
  });
}

// False when an index of a pack is broken: libgit2 follows its offsets wherever they lead.
bool check_repositories(Parts& parts, CheckReport& report) {
  const auto packs = lock_packs(parts.path);
  bool readable = true;
  const std::pair<const char*, git::Repository&> both[] = {{"evidence.git", *parts.evidence},
                                                           {"drafts.git", *parts.drafts}};
  for (const auto& [name, repository] : both) {
    const std::string folder = name;
    report.part(folder, [&, &repository = repository] {
      report.count(repository.check([&](const std::string& where, const std::string& what) {
        readable = readable && !where.ends_with("index") && !where.ends_with(".idx");
        report.fault(folder + "/" + where, what);
      }));
    });
  }
  return readable;
}

void check_log(Parts& parts, CheckReport& report) {
  report.part("log/checkpoint", [&] { parts.reopen_log(); });
  report.part("log", [&] {
    if (report.since()) return check_new_entries(parts, report);
    report.count(static_cast<std::size_t>(parts.log->check(report.below("log/"))));
  });
}

// What a check vouches for that finds nothing: the catalogue was compared with all of it.
Checked where_we_are(Parts& parts) {
  const auto progress = parts.catalogue.tables().come_to();
  return {.log_size = parts.log->checkpoint().size,
          .root = parts.log->checkpoint().root,
          .main = progress.commit,
          .sequence = progress.sequence,
          .payloads = progress.payloads};
}

}  // namespace

void CheckReport::begin(const std::string& part) {
  part_ = part;
  before_ = checked_;
  tell();
}

void CheckReport::count(std::size_t things) {
  checked_ += things;
  tell();
}

void CheckReport::tell() const {
  if (request_.progress) request_.progress(part_, checked_ - before_);
}

void CheckReport::part(const std::string& where, const std::function<void()>& run) {
  try {
    run();
  } catch (const Error& error) {
    fault(where, words(error));
  } catch (const Bug&) {
    throw;
  } catch (const std::exception& error) {
    fault(where, std::string("無法讀取 cannot be read: ") + error.what());
  }
}

Fault CheckReport::below(const std::string& folder) const {
  return [this, folder](const std::string& where, const std::string& what) {
    fault(folder + where, what);
  };
}

CheckResult check_store(Parts& parts, const CheckRequest& request) {
  CheckReport report(request);
  report.begin("包裝檔 packs");
  if (!report.since() && !check_repositories(parts, report)) {
    report.fault(
        "evidence.git",
        "包裝檔的索引損毀，其餘未查；請先執行 vermilion rebuild the index of a pack is broken, and "
        "the rest was not checked; make it anew by `vermilion rebuild` first");
    return {report.checked(), {}};
  }
  report.begin("日誌框 frames");
  check_journal(parts, report);
  report.begin("金鑰 keys");
  check_keys(parts, report);
  report.begin("稽核日誌 audit log");
  check_log(parts, report);
  report.begin("提交與標籤 commits and tags");
  report.part("evidence.git", [&] { check_history(parts, report); });
  report.begin("密封內容 sealed contents");
  report.part("payloads", [&] { check_payloads(parts, report); });
  report.begin("帳號 accounts");
  report.part("accounts.db", [&] { report.count(parts.accounts.check(request.fault)); });
  report.begin("目錄 catalogue");
  report.part("index/catalogue.db", [&] { check_catalogue(parts, report); });
  CheckResult result{report.checked(), {}};
  report.part("index/catalogue.db", [&] { result.up_to = where_we_are(parts); });
  return result;
}

}  // namespace vermilion::store
