#include "service/clock.h"

#include "identity/clock.h"

namespace vermilion::service {

Json clock_step(Context& context) {
  const auto step = store::open_step(context.store().catalogue());
  return step ? Json(*step) : Json(nullptr);
}

Json acknowledge_clock(Context& context, std::uint64_t step, const std::string& reason) {
  Json answer;
  recorded(context, "acknowledgement", store::clock_subject(step), [&] {
    const auto signer = context.acting("store.maintain");
    const auto receipt = sign_and_commit(
        context, identity::prepare_clock_acknowledgement(context.store(), step, reason, signer,
                                                         context.act("acknowledgement", "")));
    answer = {{"step", step}, {"act", receipt.act}, {"log_index", receipt.log_index}};
  });
  return answer;
}

}  // namespace vermilion::service
