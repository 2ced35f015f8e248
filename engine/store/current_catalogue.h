// The catalogue with the acts that are not folded into it yet.
//
// Log      answers at once: each signature is checked against it. Whoever asks for anything else waits until everything is folded.
// Threads  As its Store.
#pragma once
#include "store/catalogue_db.h"
#include "store/writer.h"

namespace vermilion::store {

class CurrentCatalogue : public Catalogue {
 public:
  CurrentCatalogue(const CatalogueDb& folded, std::shared_ptr<Writer> writer)
      : folded_(folded), writer_(std::move(writer)) {}

  [[nodiscard]] std::vector<ActRow> acts(std::uint64_t from_sequence,
                                         std::size_t limit) const override;
  [[nodiscard]] std::optional<ActRow> act_of(const git::ObjectId& commit) const override;
  [[nodiscard]] std::optional<ActRow> last_act(Instant at) const override;
  [[nodiscard]] std::vector<PathRow> history(const std::string& path) const override;
  [[nodiscard]] std::vector<LogRow> log(const LogFilter& filter) const override;

 private:
  const CatalogueDb& folded_;
  const std::shared_ptr<Writer> writer_;
};

}  // namespace vermilion::store
