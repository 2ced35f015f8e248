// Puts a record into an act: its parts sealed, its signatures, its manifest. Within this layer only.
#pragma once
#include "records/filing.h"

namespace vermilion::records {

class RecordWriter {
 public:
  RecordWriter(store::Changes& changes, model::Record& record)
      : changes_(changes), record_(record) {}

  // Returns the commitment. Without a salt a fresh one is taken.
  std::string seal(const std::string& part, const Bytes& content, const Bytes& salt = {});
  // Statement and signature, checked as the verifier would; also the manifest's line about them.
  evidence::FiledStatement add_signature(store::Store& store, const identity::Prepared& prepared,
                                         std::string_view cms, std::uint64_t log_index);
  // A content that was sealed beforehand, and the statement about it.
  void add_attachment(store::Store& store, const identity::Prepared& prepared, std::string_view cms,
                      std::uint64_t log_index, const store::StagedPayload& staged);
  void put_manifest();

 private:
  evidence::FiledStatement sign(std::vector<model::RecordSignature>& lines, const std::string& name,
                                store::Store& store, const identity::Prepared& prepared,
                                std::string_view cms, std::uint64_t log_index);

  store::Changes& changes_;
  model::Record& record_;
};

}  // namespace vermilion::records
