// Retention, holds and disposal as an office works with them.
//
// Rights   retention.read, hold.place, hold.release, disposal.propose, disposal.approve, disposal.execute, disposal.witness.
// Errors   As retention/*.h; refusals are logged.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "retention/holders.h"
#include "service/context.h"

namespace vermilion::service {

// [{id,form,form_title,number,due,because,held,retention}]: complete records due on day() or before, oldest first, not yet destroyed.
[[nodiscard]] Json retention_due(Context& context);
// {id,number,form,retention,rule,due,because,holds[],obstacle}
[[nodiscard]] Json explain_retention(Context& context, const std::string& record);
[[nodiscard]] Json retention_rules(Context& context);

struct HoldRequest {
  std::vector<std::string> records;  // ids or numbers; or
  std::string form;
  std::string from;
  std::string to;
  std::string ground;
  std::string reason;
};
[[nodiscard]] Json place_hold(Context& context, const HoldRequest& request);
[[nodiscard]] Json release_hold(Context& context, const std::string& id, const std::string& reason);
[[nodiscard]] Json list_holds(Context& context);

struct ProposalRequest {
  std::vector<std::string> records;  // ids or numbers; empty with all_due: everything due
  bool all_due = false;
  bool archive = false;
  std::string method;  // "" 消除電子檔
};
[[nodiscard]] Json propose_disposal(Context& context, const ProposalRequest& request);
[[nodiscard]] Json approve_disposal(Context& context, const std::string& id,
                                    const std::string& approval_number);
// Takes back a batch that is not yet executed; its records are free again.
[[nodiscard]] Json withdraw_disposal(Context& context, const std::string& id,
                                     const std::string& reason);
// Acts (a) to (c), or what is left of them after a crash. The witness proves himself with his own secret in the same sitting.
[[nodiscard]] Json execute_disposal(Context& context, const std::string& id,
                                    const identity::Credentials& witness);
[[nodiscard]] Json list_disposals(Context& context);
[[nodiscard]] Json show_disposal(Context& context, const std::string& id);
[[nodiscard]] Bytes disposal_certificate_pdf(Context& context, const std::string& id);

// Every holder of content there is. A test fills each and looks.
[[nodiscard]] retention::Holders content_holders(Context& context);

}  // namespace vermilion::service
