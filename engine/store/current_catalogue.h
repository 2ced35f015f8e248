// The catalogue with the acts that are not folded into it yet, each answer looked up in git and log (verified_rows.h).
//
// Log      answers at once: each signature is checked against it. Whoever asks for anything else waits until everything is folded.
// Threads  As its Store.
#pragma once
#include "store/parts.h"
#include "store/writer.h"

namespace vermilion::store {

class CurrentCatalogue : public Catalogue {
 public:
  CurrentCatalogue(Parts& parts, std::shared_ptr<Writer> writer)
      : parts_(parts), writer_(std::move(writer)) {}

  [[nodiscard]] std::vector<ActRow> acts(std::uint64_t from_sequence,
                                         std::size_t limit) const override;
  [[nodiscard]] std::optional<ActRow> act_of(const git::ObjectId& commit) const override;
  [[nodiscard]] std::optional<ActRow> last_act(Instant at) const override;
  [[nodiscard]] std::vector<PathRow> history(const std::string& path) const override;
  [[nodiscard]] std::vector<LogRow> log(const LogFilter& filter) const override;

 private:
  [[nodiscard]] const CatalogueDb& folded() const;  // when everything is
  [[nodiscard]] std::vector<LogRow> folded_log(const LogFilter& filter) const;

  Parts& parts_;
  const std::shared_ptr<Writer> writer_;
};

}  // namespace vermilion::store
