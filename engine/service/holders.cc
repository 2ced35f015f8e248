// Every holder of sealed content, for a destruction to go through.
#include <algorithm>

#include "search/index.h"
#include "service/retention.h"
#include "service/searching.h"

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

// The search index. Nothing of a record is put there today; should that change, it is not forgotten.
class IndexHolder : public retention::ContentHolder {
 public:
  explicit IndexHolder(Context& context) : context_(context) {}
  [[nodiscard]] std::string name() const override { return "檢索索引 search index"; }

  std::vector<std::string> purge(const std::vector<retention::Condemned>& records) override {
    if (remains(records).empty()) return {};
    const auto index = search::Index::open(index_folder(context_));
    for (const auto& record : records) {
      index->replace_document(record.record, {});
      index->replace_document(record.number, {});
    }
    return {"已自索引移除 removed from the index"};
  }

  std::vector<std::string> remains(const std::vector<retention::Condemned>& records) override {
    if (!context_.disk().exists(index_folder(context_))) return {};
    std::vector<std::string> found;
    const auto entries = search::Index::open(index_folder(context_))->contents();
    for (const auto& record : records) {
      for (const auto& entry : entries) {
        if (entry.starts_with(record.record + "\t") || entry.starts_with(record.number + "\t"))
          found.push_back("index/search " + entry.substr(0, entry.find('\t')));
      }
    }
    return found;
  }

 private:
  Context& context_;
};

}  // namespace

retention::Holders content_holders(Context& context) {
  retention::Holders holders;
  holders.push_back(std::make_unique<StoreHolder>(context));
  holders.push_back(std::make_unique<IndexHolder>(context));
  return holders;
}

}  // namespace vermilion::service
