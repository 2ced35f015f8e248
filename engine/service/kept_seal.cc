#include "service/kept_seal.h"

#include "base/error.h"
#include "crypto/cms.h"
#include "crypto/digest.h"
#include "render/signatures.h"
#include "store/key_files.h"

namespace vermilion::service {
namespace {

constexpr auto kSealPatience = std::chrono::minutes(15);

Path seals_folder(Context& context) { return context.store().path() / "cache" / "seals"; }

Path kept_file(Context& context, const Bytes& pdf) {
  return seals_folder(context) / (hex(crypto::sha256(pdf)) + ".pdf");
}

// The time that the only seal of `sealed` claims; nothing for a file that is no sealed one.
std::optional<Instant> sealed_at(std::string_view sealed) {
  try {
    const auto found = render::find_signatures(sealed).signatures;
    return found.size() == 1 ? found.front().at : std::nullopt;
  } catch (const Error&) {
    return std::nullopt;
  }
}

bool is_fresh(Context& context, const Bytes& sealed) {
  const auto at = sealed_at(sealed);
  const auto now = context.store().clock().now();
  return at && *at <= now && now <= *at + kSealPatience;
}

bool is_sealed_by_us(Context& context, const Bytes& sealed) {
  const auto found = render::find_signatures(sealed).signatures.front();
  return found.end == sealed.size() &&
         crypto::verify_detached(found.cms, found.covered(sealed), context.store().authority().root,
                                 *found.at)
                 .verdict == crypto::CmsVerdict::good;
}

}  // namespace

void keep_seal(Context& context, const Bytes& pdf, const Bytes& sealed) {
  auto& disk = context.disk();
  const auto folder = seals_folder(context);
  disk.make_directories(folder);
  for (const auto& name : disk.list(folder)) {
    if (!is_fresh(context, disk.read_all(folder / name))) disk.remove(folder / name);
  }
  disk.replace(kept_file(context, pdf), sealed, store::kOwnerOnly);
}

std::optional<Bytes> find_kept_seal(Context& context, const Bytes& pdf) {
  const auto file = kept_file(context, pdf);
  if (!context.disk().exists(file)) return std::nullopt;
  auto sealed = context.disk().read_all(file);
  const bool ours =
      sealed.starts_with(pdf) && is_fresh(context, sealed) && is_sealed_by_us(context, sealed);
  return ours ? std::optional(std::move(sealed)) : std::nullopt;
}

void drop_kept_seal(Context& context, const Bytes& pdf) {
  context.disk().remove(kept_file(context, pdf));
}

}  // namespace vermilion::service
