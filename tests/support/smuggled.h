// A CMS with an unsigned attribute more, which whoever has the file can add: the signature stays good.
#pragma once
#include <string>

#include "crypto/openssl.h"

inline vermilion::Bytes with_unsigned(std::string_view cms, const std::string& words) {
  namespace crypto = vermilion::crypto;
  const auto parsed = crypto::from_der_bytes<crypto::Cms>(cms, d2i_CMS_ContentInfo);
  CMS_SignerInfo* signer =
      sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(crypto::check(parsed.get(), "reading")), 0);
  crypto::check(CMS_unsigned_add1_attr_by_txt(signer, "1.3.6.1.4.1.32473.1", V_ASN1_UTF8STRING,
                                              words.data(), static_cast<int>(words.size())),
                "adding an attribute");
  return crypto::der_of(parsed.get(), i2d_CMS_ContentInfo);
}
