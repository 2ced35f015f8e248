// One signature of a PDF that somebody brings, or one stamp over the whole of it: by whom, when, and whether it holds.
//
// Order   From the last to the first: a stamp that holds proves the age of what lies before it.
// Time    Proved by a stamp inside, a later stamp over the document, or the log of this store; claimed otherwise. What is claimed
//         counts for nothing once the certificate is revoked: the key may be in other hands.
#pragma once
#include "service/long_term.h"
#include "service/pdf_document.h"

namespace vermilion::service {

class SignatureJudge {
 public:
  using Problem =
      std::function<void(const std::string& field, const std::string& code, const Said& said)>;
  // What is given must outlive it.
  SignatureJudge(Context& context, const Bytes& pdf, const PdfDocument& document,
                 const KeptData& kept, Problem problem);

  // Fills in what it found. `before` is the signature before it, or null.
  void judge(const render::FoundSignature& one, const render::FoundSignature* before, Json& told);

 private:
  struct Stamp {
    Instant at;
    std::optional<crypto::Certificate> signer;
  };
  void judge_stamp(const render::FoundSignature& one, const render::FoundSignature* before,
                   Json& told);
  void judge_signature(const render::FoundSignature& one, Json& told);
  [[nodiscard]] std::optional<Stamp> stamp_inside(const render::FoundSignature& one);
  [[nodiscard]] std::optional<Instant> no_later_than(const render::FoundSignature& one,
                                                     const std::optional<Stamp>& stamp) const;
  void tell_signer(const render::FoundSignature& one, const crypto::Certificate& signer,
                   const std::optional<Instant>& no_later, Json& told);
  void tell_revoked(const render::FoundSignature& one, const std::optional<Instant>& revoked,
                    const std::optional<Instant>& no_later, Json& told);
  [[nodiscard]] std::string level(const crypto::Certificate& signer,
                                  const std::optional<Stamp>& stamp) const;

  Context& context_;
  const Bytes& pdf_;
  const PdfDocument& document_;
  const KeptData& kept_;
  Problem problem_;
  store::Snapshot evidence_;
  std::optional<Stamp> later_;  // the stamp over the document that was judged last
};

}  // namespace vermilion::service
