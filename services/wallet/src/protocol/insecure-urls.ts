import { setGlobalConfig } from '@openid4vc/oauth2'
import type { WalletConfig } from '../config.ts'

/**
 * Lets the protocol libraries read http addresses where some may be called at all. Which ones is for
 * the guarded client to say, not for the libraries: without this they would refuse localhost.
 */
export function allowInsecureUrls({
  NODE_ENV,
  OUTBOUND_ALLOW = '',
}: Pick<WalletConfig, 'NODE_ENV' | 'OUTBOUND_ALLOW'>): void {
  const isAllowed = NODE_ENV !== 'production' || /(^|,)\s*(http:|loopback)/.test(OUTBOUND_ALLOW)
  setGlobalConfig({ allowInsecureUrls: isAllowed })
}
