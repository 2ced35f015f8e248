// What the list of people and the page of one have in common.
#pragma once
#include <string>

#include "web/visit.h"

namespace vermilion::web {

[[nodiscard]] std::string person_link(const std::string& account);
// For what is not signed: who asks proves himself again, with the secret he signs with.
[[nodiscard]] service::Context& proved(Visit& visit);
// Gives each of a person's roles, an id or an object with one, its name.
void label_roles(const Json& roles, Json& held);
// The choice of a form, with what was chosen before.
[[nodiscard]] Json role_choice(const Json& roles, const std::string& chosen);

// How the form wants a temporary password handed over.
[[nodiscard]] bool by_mail(Visit& visit);
[[nodiscard]] bool by_link(Visit& visit);
// As the administrator's own browser reached it: the form came from there (gate.h).
[[nodiscard]] std::string site_of(Visit& visit);
// Adds to what was given: person_link, until_text and why it was not mailed.
void told_when(Visit& visit, Json& given);

}  // namespace vermilion::web
