import { accept, refuse, type VerificationContext } from '@mikromerit/credentials'
import type { WalletContext } from '../context.ts'
import { findIssuerKeys } from '../issuers/issuer-keys.ts'

/** What verification asks of this wallet: issuers' keys under its anchors or by their metadata, and status lists. */
export const createVerificationContext = (context: WalletContext): VerificationContext => ({
  now: context.clock.now(),
  resolveIssuerKeys: async ({ issuer, kid, x5c, keyKinds }) => {
    if (issuer === undefined) return { outcome: 'untrusted', detail: 'It names no issuer.' }
    const found = await findIssuerKeys(context, {
      issuer,
      kid,
      x5c,
      issuerIdentifier: issuer,
      ...(keyKinds === 'vc_jwt' && { keyKinds: 'any' }),
    })
    if (!found.ok)
      return found.code === 'issuer_unreachable'
        ? { outcome: 'unreachable', detail: 'The issuer did not answer.' }
        : { outcome: 'untrusted', detail: 'Nothing vouches for the issuer.' }
    if (found.trust === 'undetermined')
      return { outcome: 'untrusted', detail: 'Only the record itself says who its issuer is.' }
    return {
      outcome: 'found',
      keys: found.keys,
      via: found.trust === 'certificate' ? 'x5c' : 'metadata',
    }
  },
  fetchStatusListToken: async (uri) => {
    const token = await context.statusLists.fetchToken(uri, 'kept')
    return token ? accept(token) : refuse('unreachable', 'The status list cannot be had.')
  },
  fetchBitstringStatusList: async (url) => {
    const list = await context.statusLists.fetchCredential(url, 'kept')
    return list ? accept(list) : refuse('unreachable', 'The status list cannot be had.')
  },
})
