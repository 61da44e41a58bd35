import { createHash, randomBytes } from 'node:crypto'
import { type Signer, signJws } from '@mikromerit/credentials'

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const digestOf = (text: string) => createHash('sha256').update(text).digest('base64url')

/** Members, and the elements of arrays, that the test issuer makes selectively disclosable. */
const hidden = new Set(['grade', 'given_name', 'address', 'street'])

/**
 * An SD-JWT made by hand (RFC 9901): members of objects, objects inside objects and elements of arrays
 * are disclosable, so that the wallet meets what our own issuer does not make.
 */
export async function makeSdJwt(options: {
  typ: string
  payload: Record<string, unknown>
  signer: Signer
  hasCertificates: boolean
}): Promise<string> {
  const disclosures: string[] = []
  const jwt = await signJws({
    header: { typ: options.typ },
    payload: { ...hideMembers(options.payload, disclosures), _sd_alg: 'sha-256' },
    signer: options.signer,
    includeX5c: options.hasCertificates,
  })
  return `${[jwt, ...disclosures].join('~')}~`
}

function hideMembers(object: object, disclosures: string[]): Record<string, unknown> {
  const shown: Record<string, unknown> = {}
  const digests: string[] = []
  for (const [name, value] of Object.entries(object)) {
    const inner = name === 'cnf' ? value : hideInside(value, disclosures)
    if (hidden.has(name)) digests.push(disclose([name, inner], disclosures))
    else shown[name] = inner
  }
  return digests.length === 0 ? shown : { ...shown, _sd: digests.sort() }
}

function hideInside(value: unknown, disclosures: string[]): unknown {
  if (Array.isArray(value))
    return value.map((element) => ({ '...': disclose([element], disclosures) }))
  return typeof value === 'object' && value !== null ? hideMembers(value, disclosures) : value
}

function disclose(content: unknown[], disclosures: string[]): string {
  const disclosure = encode([randomBytes(16).toString('base64url'), ...content])
  disclosures.push(disclosure)
  return digestOf(disclosure)
}

/** What a presentation discloses: name (or `…` for an element) and value. */
export const disclosedIn = (presentation: string): [string, unknown][] =>
  presentation
    .split('~')
    .slice(1, -1)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))
    .map(([, ...rest]) => (rest.length === 1 ? ['…', rest[0]] : [rest[0], rest[1]]))
