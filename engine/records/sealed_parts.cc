#include "records/sealed_parts.h"

#include "base/error.h"
#include "evidence/verification.h"
#include "records/signed_pdf.h"

namespace vermilion::records {

std::string RecordWriter::seal(const std::string& part, const Bytes& content, const Bytes& salt) {
  store::SealRequest request;
  request.record = record_.id;
  request.part = part;
  request.key_class = record_.retention;
  request.year = record_.filing_year;
  request.content = content;
  request.salt = salt;
  const auto sealed = changes_.seal(request);
  record_.parts.push_back({part, sealed.payload, sealed.ciphertext});
  return sealed.commitment;
}

evidence::FiledStatement RecordWriter::add_signature(store::Store& store,
                                                     const identity::Prepared& prepared,
                                                     std::string_view cms,
                                                     std::uint64_t log_index) {
  const auto name = signature_name(record_.signatures.size(), prepared.statement.kind);
  return sign(record_.signatures, name, store, prepared, cms, log_index);
}

void RecordWriter::add_attachment(store::Store& store, const identity::Prepared& prepared,
                                  std::string_view cms, std::uint64_t log_index,
                                  const store::StagedPayload& staged) {
  changes_.file(staged);
  record_.parts.push_back({staged.request.part, staged.ref.payload, staged.ref.ciphertext});
  (void)sign(record_.attachments, staged.request.part, store, prepared, cms, log_index);
}

evidence::FiledStatement RecordWriter::sign(std::vector<model::RecordSignature>& lines,
                                            const std::string& name, store::Store& store,
                                            const identity::Prepared& prepared,
                                            std::string_view cms, std::uint64_t log_index) {
  const auto verified =
      evidence::verify_statement(prepared.bytes, cms, store.authority().root, store.settings().id,
                                 log_index, identity::certificate_finder(store));
  VERMILION_ASSERT(verified.verdict == evidence::Verdict::good);
  const auto& s = prepared.statement;
  lines.push_back({name, s.kind, s.meaning, s.signer.role, s.signer.account, s.signer.on_behalf_of,
                   s.at, verified.certificate->sha256()});
  seal(name + ".statement", prepared.bytes);
  seal(name + ".p7s", Bytes(cms));
  return {name, s};
}

void RecordWriter::put_manifest() {
  changes_.put(model::record_folder(record_.sequence) + "/manifest.json",
               canonical(model::to_json(record_)));
}

}  // namespace vermilion::records
