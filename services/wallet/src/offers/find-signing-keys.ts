import type { WalletContext } from '../context.ts'
import { findIssuerKeys, type IssuerKeys } from '../issuers/issuer-keys.ts'
import { IssuanceError, rejected, unreachableIssuer } from './issuance-error.ts'

/** The keys that the credential's issuer may have signed with, trusted as far as this wallet demands. */
export async function findSigningKeys(
  context: WalletContext,
  query: Parameters<typeof findIssuerKeys>[1],
): Promise<IssuerKeys> {
  const issuer = await findIssuerKeys(context, query)
  if (!issuer.ok) {
    if (issuer.code === 'issuer_unreachable') throw unreachableIssuer()
    if (issuer.code === 'issuer_mismatch')
      throw rejected(
        'It names another issuer, and no certificate says that the two belong together.',
      )
    throw new IssuanceError('issuer-untrusted')
  }
  const { REQUIRE_TRUSTED_ISSUERS, NODE_ENV } = context.config
  const isTrustRequired = REQUIRE_TRUSTED_ISSUERS ?? NODE_ENV === 'production'
  if (issuer.trust === 'undetermined' && isTrustRequired)
    throw issuer.isForNow ? unreachableIssuer() : new IssuanceError('issuer-untrusted')
  return issuer
}
