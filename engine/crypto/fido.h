// libfido2 as this layer sees it: the only place that includes its headers. Nothing here talks to a device: the browser does.
//
// Errors   Its functions return FIDO_OK or a reason; a refusal is an answer (crypto/passkey.h), never thrown.
#pragma once
#include <fido.h>
#include <fido/es256.h>
#include <fido/rs256.h>

#include "base/handle.h"

namespace vermilion::crypto {

// libfido2 frees by a pointer to the pointer.
template <typename T, void (*Free)(T**)>
inline void free_fido(T* one) noexcept {
  Free(&one);
}

using FidoAssertion = Handle<fido_assert_t, free_fido<fido_assert_t, fido_assert_free>>;
using FidoCredential = Handle<fido_cred_t, free_fido<fido_cred_t, fido_cred_free>>;
using FidoEs256 = Handle<es256_pk_t, free_fido<es256_pk_t, es256_pk_free>>;
using FidoRs256 = Handle<rs256_pk_t, free_fido<rs256_pk_t, rs256_pk_free>>;

}  // namespace vermilion::crypto
