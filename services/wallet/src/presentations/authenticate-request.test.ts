import { X509Certificate } from 'node:crypto'
import {
  certificateThumbprint,
  createSoftwareSigner,
  generateSigningKey,
  type Signer,
} from '@mikromerit/credentials'
import { loadTrustAnchors, Problem } from '@mikromerit/service-kit'
import { beforeAll, describe, expect, it } from 'vitest'
import { createCertifiedSigner, makeDataDir } from '../../test/support/authorities.ts'
import { authenticateRequest } from './authenticate-request.ts'
import { parseClientIdentifier } from './client-identifier.ts'

let signer: Signer
let hash: string
let context: Parameters<typeof authenticateRequest>[0]

beforeAll(async () => {
  const DATA_DIR = await makeDataDir()
  signer = await createCertifiedSigner(DATA_DIR, { dns: 'verifier.example' })
  context = { anchors: await loadTrustAnchors({ DATA_DIR }), clock: { now: () => new Date() } }
  const leaf = new X509Certificate(Buffer.from(signer.x5c?.[0] ?? '', 'base64'))
  hash = `x509_hash:${certificateThumbprint(leaf)}`
})

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

async function sign(changes: { header?: object; payload?: object; by?: Signer } = {}) {
  const header = { alg: 'ES256', typ: 'oauth-authz-req+jwt', x5c: signer.x5c, ...changes.header }
  const input = `${encode(header)}.${encode({ client_id: hash, ...changes.payload })}`
  return `${input}.${(await (changes.by ?? signer).sign(input)).toString('base64url')}`
}

/** What the wallet's own check says, without the second reader behind it. */
function authenticate(requestObject: string, clientId = hash) {
  const client = parseClientIdentifier(clientId)
  if (!client) throw new Error('not a client identifier')
  try {
    return authenticateRequest(context, clientId, client, requestObject).payload.client_id
  } catch (error) {
    return error instanceof Problem ? [error.code, error.detail] : error
  }
}

describe('authenticateRequest', () => {
  it('takes a request that its client signed, by hash and by name', async () => {
    expect(authenticate(await sign())).toBe(hash)
    const byName = 'x509_san_dns:verifier.example'
    expect(authenticate(await sign({ payload: { client_id: byName } }), byName)).toBe(byName)
  })

  it.each<[string, object, RegExp]>([
    ['without typ (W-22)', { header: { typ: undefined } }, /typ must be/],
    ['with the typ of another JWT (W-22, S-04)', { header: { typ: 'dc+sd-jwt' } }, /typ must be/],
    ['with alg none (W-22)', { header: { alg: 'none' } }, /ES256/],
    ['with a MAC (S-05)', { header: { alg: 'HS256' } }, /ES256/],
    [
      'that names another client (W-23)',
      { payload: { client_id: 'x509_hash:x' } },
      /client_id differs/,
    ],
    ['that names no client (W-23)', { payload: { client_id: undefined } }, /client_id differs/],
    ['without certificates (S-06)', { header: { x5c: undefined } }, /no x5c/],
  ])('refuses one %s', async (_what, changes, detail) => {
    expect(authenticate(await sign(changes))).toEqual([
      'request-invalid',
      expect.stringMatching(detail),
    ])
  })

  it('refuses one that another key signed, or another certificate stands for (W-24)', async () => {
    const { privateKey } = generateSigningKey()
    const other = createSoftwareSigner({ privateKey })
    expect(authenticate(await sign({ by: other }))).toEqual([
      'verifier-untrusted',
      expect.stringMatching(/signature/),
    ])
    for (const clientId of [`x509_hash:${'A'.repeat(43)}`, 'x509_san_dns:other.example'])
      expect(authenticate(await sign({ payload: { client_id: clientId } }), clientId)).toEqual([
        'verifier-untrusted',
        expect.stringMatching(/not that of the client_id/),
      ])
  })

  it('refuses one whose chain leads nowhere (W-24)', async () => {
    context = { ...context, anchors: [] }
    expect(authenticate(await sign())).toEqual([
      'verifier-untrusted',
      expect.stringMatching(/x5c_untrusted/),
    ])
  })

  it('believes no signature for an address (W-21)', async () => {
    const clientId = 'redirect_uri:https://verifier.example/answers'
    expect(authenticate(await sign({ payload: { client_id: clientId } }), clientId)).toEqual([
      'request-invalid',
      expect.stringMatching(/must not sign/),
    ])
  })
})
