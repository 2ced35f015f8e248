// Who may do what: the rights matrix of the store's roles, and the right that each function of this layer asks for.
//
// Idea     deeds() is the one table of what the service can do. scripts/check-rights compares it with the headers, so that a function
//          without a row fails the build's tests; tests/service/rights_test.cc calls each as every role and compares with the matrix.
// Source   肆/五/(六)/1、2; 肆/二/(二).
#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "service/context.h"

namespace vermilion::service {

enum class Guard {
  right,    // one of `rights` ("store.backup|store.maintain"); else forbidden "no-right", logged
  account,  // any person who signed in, about himself or by what the form says
  shown,  // whoever may see the thing itself (label, readers of the form, scope of an audit): for others it does not exist
  open,   // everybody, the console included
  console,  // makes or restores a store: there is nobody yet who could hold a right
  part      // no deed of its own: others call it after they have asked
};

struct Deed {
  const char* function;
  Guard guard;
  const char* rights;  // or, for the others, why there is none
};
[[nodiscard]] const std::vector<Deed>& deeds();

// {roles: [{role, zh, en}], rights: [{right, group, group_zh, zh, en, roles: [id]}]}, rights by group. The rules are for everybody to read.
[[nodiscard]] Json rights_matrix(Context& context);
// Rows rights, columns roles; UTF-8 with a mark, as all tables here.
[[nodiscard]] Bytes rights_matrix_csv(Context& context);

}  // namespace vermilion::service
