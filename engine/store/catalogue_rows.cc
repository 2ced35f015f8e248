// Rows of the catalogue as values and back. Their MACs have been checked when they are read here.
#include "store/catalogue_rows.h"

#include <charconv>

#include "base/error.h"

namespace vermilion::store {
namespace {

template <typename Number>
Number number(const std::string& text) {
  Number value = 0;
  const char* end = text.data() + text.size();
  VERMILION_ASSERT(std::from_chars(text.data(), end, value).ptr == end);
  return value;
}

Instant instant(const std::string& text) {
  return Instant(std::chrono::seconds(number<std::int64_t>(text)));
}

}  // namespace

std::string seconds_value(Instant at) { return std::to_string(at.time_since_epoch().count()); }

Row act_values(const ActRow& row) {
  return {std::to_string(row.sequence),
          row.commit.hex(),
          row.act,
          row.actor,
          row.subject,
          std::to_string(row.log_index),
          seconds_value(row.at),
          row.behind ? "1" : "0"};
}

ActRow act_row(const Row& row) {
  return {.sequence = number<std::uint64_t>(row[0]),
          .commit = git::ObjectId::from_hex(row[1]).value(),
          .act = row[2],
          .actor = row[3],
          .subject = row[4],
          .log_index = number<std::uint64_t>(row[5]),
          .at = instant(row[6]),
          .behind = row[7] == "1"};
}

Row entry_values(const LogRow& row) {
  return {std::to_string(row.index),
          seconds_value(row.at),
          row.kind,
          row.actor,
          row.from,
          row.subject,
          row.outcome,
          row.commit,
          row.clock};
}

LogRow entry_row(const Row& row) {
  return {.index = number<std::uint64_t>(row[0]),
          .at = instant(row[1]),
          .kind = row[2],
          .actor = row[3],
          .from = row[4],
          .subject = row[5],
          .outcome = row[6],
          .commit = row[7],
          .clock = row[8]};
}

Row payload_values(const PayloadPlace& place) {
  return {place.payload,
          std::to_string(place.segment),
          std::to_string(place.offset),
          std::to_string(place.length),
          hex(place.sha256),
          place.own_file ? "1" : "0"};
}

PayloadPlace payload_place(const Row& row) {
  return {.payload = row[0],
          .segment = number<std::uint32_t>(row[1]),
          .offset = number<std::uint64_t>(row[2]),
          .length = number<std::uint64_t>(row[3]),
          .sha256 = from_hex(row[4]).value(),
          .own_file = row[5] == "1"};
}

Row record_values(const RecordRow& row) {
  return {std::to_string(row.place),
          row.record,
          row.number,
          row.form,
          row.account,
          row.date,
          row.corrects,
          row.retention,
          row.begins,
          std::to_string(row.since),
          std::to_string(row.completed)};
}

RecordRow record_row(const Row& row) {
  return {.place = number<std::uint64_t>(row[0]),
          .record = row[1],
          .number = row[2],
          .form = row[3],
          .account = row[4],
          .date = row[5],
          .corrects = row[6],
          .retention = row[7],
          .begins = row[8],
          .since = number<std::uint64_t>(row[9]),
          .completed = number<std::uint64_t>(row[10])};
}

Row progress_values(const Progress& progress) {
  return {"1",
          progress.commit ? progress.commit->hex() : "",
          std::to_string(progress.sequence),
          std::to_string(progress.log_size),
          std::to_string(progress.payloads.segment),
          std::to_string(progress.payloads.offset),
          seconds_value(progress.latest)};
}

Progress progress_row(const Row& row) {
  return {.commit = git::ObjectId::from_hex(row[1]),
          .sequence = number<std::uint64_t>(row[2]),
          .log_size = number<std::uint64_t>(row[3]),
          .payloads = {number<std::uint32_t>(row[4]), number<std::uint64_t>(row[5])},
          .latest = instant(row[6])};
}

}  // namespace vermilion::store
