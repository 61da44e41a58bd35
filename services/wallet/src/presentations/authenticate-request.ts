import type { X509Certificate } from 'node:crypto'
import {
  certificateNames,
  certificateThumbprint,
  type Jws,
  parseJws,
  verifyCertificatePath,
  verifyJws,
} from '@mikromerit/credentials'
import { Problem } from '@mikromerit/service-kit'
import type { WalletContext } from '../context.ts'
import { withoutAnchor } from '../protocol/certificates.ts'
import type { ClientIdentifier } from './client-identifier.ts'

/** A request object whose signer is proved to be the client it names. */
export interface AuthenticatedRequest {
  readonly payload: Record<string, unknown>
  readonly leaf: X509Certificate
}

/**
 * Checks who signed a request object (W-21 to W-24), before anything in it is believed.
 * Throws `request-invalid` for what is malformed, `verifier-untrusted` for what nobody vouches for.
 */
export function authenticateRequest(
  context: Pick<WalletContext, 'anchors' | 'clock'>,
  clientId: string,
  client: ClientIdentifier,
  requestObject: string,
): AuthenticatedRequest {
  // W-21: no key can be trusted to speak for an address.
  if (client.prefix === 'redirect_uri') throw invalid('a redirect_uri: client must not sign')
  const jws = parseJws(requestObject)
  if (!jws.ok) throw invalid('the request object is not a well-formed JWT')
  const { header, payload } = jws.value
  // W-22, S-04: a JWT of any other kind is never a request.
  if (header.typ !== 'oauth-authz-req+jwt') throw invalid('typ must be oauth-authz-req+jwt')
  if (header.alg !== 'ES256') throw invalid('the request object must be signed with ES256')
  // W-23: byte-equal, prefix included.
  if (payload.client_id !== clientId) throw invalid('client_id differs between link and object')
  const leaf = verifySigner(context, client, jws.value)
  if (!isClient(client, leaf))
    throw new Problem('verifier-untrusted', {
      detail: 'The certificate is not that of the client_id.',
    })
  return { payload, leaf }
}

/** W-24: the chain leads to an anchor of ours, for x509_hash (HAIP) without it; the leaf, not self-signed, signs. */
function verifySigner(
  { anchors, clock }: Pick<WalletContext, 'anchors' | 'clock'>,
  { prefix }: ClientIdentifier,
  jws: Jws,
): X509Certificate {
  const { x5c: sent } = jws.header
  if (!sent) throw invalid('the request object carries no x5c')
  const x5c = prefix === 'x509_hash' ? sent : withoutAnchor(sent, anchors)
  const path = verifyCertificatePath({ x5c, anchors, at: clock.now() })
  if (!path.ok)
    throw new Problem('verifier-untrusted', {
      detail: `The certificate chain does not hold (${path.code}).`,
    })
  if (!verifyJws(jws, path.value.leaf.publicKey))
    throw new Problem('verifier-untrusted', {
      detail: 'The signature is not that of the certificate.',
    })
  return path.value.leaf
}

const isClient = ({ prefix, value }: ClientIdentifier, leaf: X509Certificate): boolean =>
  prefix === 'x509_hash'
    ? certificateThumbprint(leaf) === value
    : certificateNames(leaf).dns.includes(value)

const invalid = (detail: string): Problem => new Problem('request-invalid', { detail })
