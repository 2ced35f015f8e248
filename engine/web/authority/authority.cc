// What anybody may have to check signatures with: the store's certificates and the list of those revoked.
#include "service/certificates.h"
#include "web/routes.h"

namespace vermilion::web {

Response authority_crl(Visit& visit) {
  Response response;
  response.type = "application/pkix-crl";
  response.body = service::certificate_list(visit.context(), service::Renew::never);
  return response;
}

Response authority_chain(Visit& visit) {
  Response response;
  response.type = "application/x-pem-file";
  response.body = service::authority_chain(visit.context());
  return response;
}

}  // namespace vermilion::web
