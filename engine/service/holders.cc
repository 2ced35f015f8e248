// Every holder of sealed content, for a destruction to go through.
#include <algorithm>

#include "service/retention.h"

namespace vermilion::service {
namespace {

std::vector<std::string> payloads_of(const std::vector<retention::Condemned>& records) {
  std::vector<std::string> ids;
  for (const auto& record : records)
    ids.insert(ids.end(), record.payloads.begin(), record.payloads.end());
  return ids;
}

// Vault, payload segments and files, journal.
class StoreHolder : public retention::ContentHolder {
 public:
  explicit StoreHolder(Context& context) : context_(context) {}
  [[nodiscard]] std::string name() const override {
    return "金鑰庫、密文、作業日誌 vault, payloads, journal";
  }

  std::vector<std::string> purge(const std::vector<retention::Condemned>& records) override {
    const auto destroyed = context_.store().destroy(payloads_of(records));
    std::vector<std::string> done;
    for (const auto& key : destroyed.removed_keys)
      done.push_back("已銷毀金鑰 key destroyed: " + key);
    for (const auto& key : destroyed.new_keys)
      done.push_back("存續紀錄改以新金鑰包裝 survivors wrapped under: " + key);
    return done;
  }

  std::vector<std::string> remains(const std::vector<retention::Condemned>& records) override {
    return context_.store().remains(payloads_of(records));
  }

 private:
  Context& context_;
};

}  // namespace

retention::Holders content_holders(Context& context) {
  retention::Holders holders;
  holders.push_back(std::make_unique<StoreHolder>(context));
  return holders;
}

}  // namespace vermilion::service
