#include "app/domain/consent.h"

#include "app/base/base64url.h"

#include <string.h>

/* Newest first. The text of a version that was shown once stays as it is, to the octet. */
static const MadoConsent versions[] = {
  { "2026-11",
    "図書館カードの申請について\n"
    "1. カードから使うのは3つだけです：なまえ・住所・生年月日。\n"
    "2. マイナンバー（12けたの番号）は読みません。\n"
    "3. 性別と顔写真は、のこしません。\n"
    "4. カードの電子証明書が失効していないかを、公的個人認証サービスに確かめます。\n"
    "5. 署名用パスワードを入れたときは、申請の内容に、あなたのカードで電子署名をします。\n"
    "6. 申請の内容は、登録の手続きのためだけに使い、手続きが終わったら消します。"
    "消してほしいときは、いつでも窓口でお申し出ください。\n" },
};

const MadoConsent *
mado_consent_current (void)
{
  return &versions[0];
}

const MadoConsent *
mado_consent_find (const char *version)
{
  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    if (g_strcmp0 (versions[i].version, version) == 0)
      return &versions[i];
  return NULL;
}

void
mado_consent_digest (const MadoConsent *consent, guint8 ret_digest[MADO_SHA256_LEN])
{
  mado_sha256 (consent->text, strlen (consent->text), ret_digest);
}

char *
mado_consent_digest_text (const MadoConsent *consent)
{
  guint8 digest[MADO_SHA256_LEN];

  mado_consent_digest (consent, digest);
  return mado_base64url (digest, sizeof digest);
}
