import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { forgeJwt, keys, now, nowSeconds } from '../../test/forged-token.ts'
import {
  anOpenBadge,
  forgeOpenBadge,
  forgeVcJwt,
  legacyContext,
  names,
} from '../../test/forged-vc.ts'
import { createBitstring, setBitstringStatus } from '../bitstring-status-list/bitstring.ts'
import { parseStatusListCredential } from '../bitstring-status-list/parse.ts'
import { signStatusListCredential } from '../bitstring-status-list/sign.ts'
import { buildStatusEntry, type StatusPurpose } from '../bitstring-status-list/status-entry.ts'
import { importPublicJwk } from '../jose/jwk.ts'
import { createSoftwareSigner } from '../jose/signer.ts'
import { signReplacement } from '../replacement/sign.ts'
import { accept, refuse } from '../result.ts'
import { parsePresentationJwt } from '../vc-jose/parse-vp-claim.ts'
import { signVpJwt } from '../vc-jose/sign-vp-jwt.ts'
import type { VerificationContext } from './context.ts'
import { VerificationReport } from './report.ts'
import { verifyUnsecuredCredential } from './verify-unsecured-credential.ts'
import { verifyVcJwtCredential } from './verify-vc-jwt-credential.ts'

const validator = Compile(VerificationReport)
const listUrl = `${names.issuer}/status/1`
const signer = createSoftwareSigner({ privateKey: keys.issuer.privateKey })
const issuerKey = importPublicJwk(keys.issuer.publicJwk)

const signList = (options: object = {}, index?: number) => {
  const bytes = createBitstring(0)
  if (index !== undefined) setBitstringStatus(bytes, index, 1)
  return signStatusListCredential({
    url: listUrl,
    issuer: names.issuer,
    statusPurpose: ['revocation', 'suspension'],
    bytes,
    validFrom: now,
    signer,
    ...options,
  })
}

const aContext = (changes: Partial<VerificationContext> = {}): VerificationContext => ({
  now,
  resolveIssuerKeys: async ({ issuer }) =>
    issuer === names.issuer
      ? { outcome: 'found', keys: [issuerKey], via: 'metadata' }
      : { outcome: 'untrusted', detail: 'Unknown.' },
  fetchStatusListToken: async () => refuse('unreachable', 'Not asked for.'),
  fetchBitstringStatusList: async () => parseStatusListCredential(await signList()),
  ...changes,
})

async function verify(
  token: string,
  changes: Partial<VerificationContext> = {},
  presentation?: string,
) {
  const vp = presentation === undefined ? undefined : parsePresentationJwt(presentation)
  if (vp && !vp.ok) throw new Error(vp.code)
  const { report, payload } = await verifyVcJwtCredential(token, aContext(changes), vp?.value)
  expect([...validator.Errors(report)]).toEqual([])
  const checks = report.checks.map(
    ({ code, outcome, evidence }) => `${code} ${outcome} ${evidence?.reason}`,
  )
  return { report, checks, outcome: report.outcome, payload }
}

const { x, y } = keys.holder.publicJwk
const cnf = { jwk: { kty: 'EC', crv: 'P-256', x, y } }
const entry = (purpose: StatusPurpose, index = 7) => buildStatusEntry({ listUrl, index, purpose })
const badge = (payload: Record<string, unknown> = {}, header: object = {}, key = keys.issuer) =>
  forgeVcJwt({
    header: { ...header },
    payload: anOpenBadge({ cnf, ...payload }),
    key: key.privateKey,
  })

describe('verifyVcJwtCredential', () => {
  it('finds a good badge valid, check by check and in order', async () => {
    const credentialStatus = [entry('revocation'), entry('suspension')]
    const { report, checks, outcome } = await verify(badge({ credentialStatus }))
    expect(checks).toEqual([
      'format valid format_valid',
      'issuer_key valid issuer_key_found',
      'signature valid signature_valid',
      'type valid type_accepted',
      'validity_period valid period_valid',
      'status valid status_valid',
      'status valid status_valid',
      'content valid content_valid',
    ])
    expect(outcome).toBe('valid')
    expect(report.microCredentials).toMatchObject([{ title: 'Samarbete' }])
  })

  it.for([
    ['vc+jwt', {}],
    ['the badge’s own profile', { typ: undefined }],
  ] as const)('reads an Open Badge as %s', async ([, header]) => {
    expect((await verify(forgeOpenBadge({ header: { ...header } }))).outcome).toBe('valid')
  })

  it.for(['none', 'HS256', 'ES256KX'])('refuses the algorithm %s (S-05)', async (alg) => {
    for (const resolved of ['found', 'untrusted'] as const) {
      const unknown = { outcome: 'untrusted', detail: '' } as const
      const changes = resolved === 'found' ? {} : { resolveIssuerKeys: async () => unknown }
      const { checks, report } = await verify(badge({}, { alg, typ: 'vc+jwt' }), changes)
      expect(checks.at(-1)).toBe('signature invalid signature_invalid')
      expect(report.microCredentials).toEqual([])
    }
  })

  it('says that it cannot check what is signed by algorithms of others', async () => {
    const { checks, outcome } = await verify(badge({}, { alg: 'PS256' }))
    expect(checks).toContain('signature undetermined algorithm_unsupported')
    expect(outcome).toBe('undetermined')
  })

  it('refuses a key that came along in the header', async () => {
    const { publicJwk, privateKey } = keys.stranger
    const token = badge({}, { jwk: publicJwk }, { ...keys.stranger, privateKey })
    expect((await verify(token)).checks.at(-1)).toBe('signature invalid signature_invalid')
    const unknown = { outcome: 'untrusted', detail: '' } as const
    const { outcome, checks } = await verify(token, { resolveIssuerKeys: async () => unknown })
    expect(outcome).toBe('undetermined')
    expect(checks.slice(2).some((check) => check.includes(' valid '))).toBe(false)
  })

  it.for(['dc+sd-jwt', 'vp+jwt', 'kb+jwt', 'statuslist+jwt', 'at+jwt'])(
    'takes no token of typ %s for a credential (S-04)',
    async (typ) => {
      expect((await verify(badge({}, { typ }))).checks).toEqual(['format invalid format_invalid'])
    },
  )

  it('refuses an altered credential and gives out nothing of it', async () => {
    const [header, , signature] = badge().split('.')
    const [, other] = badge({ name: 'Another' }).split('.')
    const { checks, report, payload } = await verify([header, other, signature].join('.'))
    expect(checks.at(-1)).toBe('signature invalid signature_invalid')
    expect([report.microCredentials, payload]).toEqual([[], undefined])
  })

  it('tells an expired document from a lapsed achievement', async () => {
    expect((await verify(badge({ validUntil: '2026-11-24T12:00:00Z' }))).checks).toContain(
      'validity_period invalid achievement_expired',
    )
    const elm = forgeVcJwt({ payload: { exp: nowSeconds } })
    expect((await verify(elm)).checks).toContain('validity_period invalid expired')
    expect((await verify(badge({ validFrom: '2026-11-24T12:02:00Z' }))).checks).toContain(
      'validity_period invalid not_yet_valid',
    )
  })

  it('shows words of a context it does not know, and vouches for none (S-13)', async () => {
    const contexts = anOpenBadge()['@context'] as unknown[]
    for (const strange of ['https://evil.example/context', { name: 'https://evil.example/#x' }]) {
      const { checks, outcome, report } = await verify(
        badge({ '@context': [...contexts, strange] }),
      )
      expect(checks.at(-1)).toBe('content undetermined context_unknown')
      expect(outcome).toBe('undetermined')
      expect(report.microCredentials).toHaveLength(1)
    }
  })

  it('holds types to what was asked for, written in full or short', async () => {
    const full = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential'
    for (const acceptedTypes of [[[full]], [['VerifiableCredential', 'AchievementCredential']]])
      expect((await verify(badge(), { acceptedTypes })).outcome).toBe('valid')
    const acceptedTypes = [[full, 'EuropeanDigitalCredential']]
    expect((await verify(badge(), { acceptedTypes })).checks).toContain(
      'type invalid type_not_accepted',
    )
  })
})

describe('the status of a VC-JWT', () => {
  const statusOf = async (
    list: Promise<string> | string,
    status: object = entry('revocation'),
    changes: Partial<VerificationContext> = {},
  ) => {
    const token = await list
    const { report, outcome } = await verify(badge({ credentialStatus: status }), {
      fetchBitstringStatusList: async () => parseStatusListCredential(token),
      ...changes,
    })
    const { evidence } = report.checks.find(({ code }) => code === 'status') ?? {}
    return [outcome, evidence?.reason, evidence?.cause].filter((each) => each !== undefined)
  }
  const stranger = createSoftwareSigner({ privateKey: keys.stranger.privateKey })

  it('is read from the list of its purpose', async () => {
    expect(await statusOf(signList({}, 7))).toEqual(['invalid', 'revoked'])
    expect(await statusOf(signList({}, 7), entry('suspension'))).toEqual(['invalid', 'suspended'])
    expect(await statusOf(signList({}, 8))).toEqual(['valid', 'status_valid'])
  })

  it.for<[string, object, string]>([
    ['another issuer', { issuer: 'https://issuer.example/other' }, 'STATUS_VERIFICATION_ERROR'],
    ['another key', { signer: stranger }, 'STATUS_VERIFICATION_ERROR'],
    ['another purpose', { statusPurpose: 'suspension' }, 'STATUS_VERIFICATION_ERROR'],
    ['another address', { url: `${listUrl}9` }, 'STATUS_VERIFICATION_ERROR'],
    ['yesterday', { validUntil: new Date(now.getTime() - 1000) }, 'STATUS_VERIFICATION_ERROR'],
  ])('is not read from a list of %s', async ([, options, cause]) => {
    expect(await statusOf(signList(options))).toEqual([
      'undetermined',
      'status_list_unusable',
      cause,
    ])
  })

  it('is not read from a credential that is no list', async () => {
    const [outcome, reason] = await statusOf(badge())
    expect([outcome, reason]).toEqual(['undetermined', 'status_list_unusable'])
  })

  it('is invalid when it points outside the list', async () => {
    expect(await statusOf(signList(), entry('revocation', 9_000_000))).toEqual([
      'invalid',
      'status_index_out_of_range',
    ])
  })

  it.for<[string, object, string]>([
    ['no index', { ...entry('revocation'), statusListIndex: 7 }, 'status_list_unusable'],
    [
      'a mechanism of others',
      { id: 'https://x.example/1', type: 'StatusList2021Entry' },
      'status_unknown_mechanism',
    ],
  ])('is undetermined with %s (V-24)', async ([, status, reason]) => {
    expect((await statusOf(signList(), status)).slice(0, 2)).toEqual(['undetermined', reason])
  })

  it('is undetermined when the list cannot be had', async () => {
    const fetchBitstringStatusList = async () => refuse('unreachable', '')
    expect(await statusOf('', entry('revocation'), { fetchBitstringStatusList })).toEqual([
      'undetermined',
      'status_unreachable',
      'unreachable',
    ])
  })

  it('is never asked for when the issuer is not known', async () => {
    let asked = 0
    const unknown = { outcome: 'untrusted', detail: '' } as const
    await statusOf('', entry('revocation'), {
      resolveIssuerKeys: async () => unknown,
      fetchBitstringStatusList: async () => {
        asked++
        return refuse('unreachable', '')
      },
    })
    expect(asked).toBe(0)
  })

  it('is read from a 1EdTech revocation list', async () => {
    const url = `${names.issuer}/revocations`
    const list = { id: url, issuer: names.issuer, revokedCredentials: [{ id: names.id }] }
    const fetchRevocationList = async () => accept(JSON.stringify(list))
    const status = { id: url, type: '1EdTechRevocationList' }
    expect(await statusOf('', status, { fetchRevocationList })).toEqual(['invalid', 'revoked'])
  })
})

describe('a revoked credential', () => {
  const successor = '01935d2b-0000-7000-8000-000000000003'
  const replacement = (options: object = {}) =>
    signReplacement({
      issuer: names.issuer,
      credentialId: names.id.replace('urn:uuid:', ''),
      replacedAt: now,
      reason: 'data_corrected',
      replacedBy: { awardId: successor, credentialIds: [successor] },
      issuedAt: now,
      expiresAt: new Date(now.getTime() + 60_000),
      signer,
      ...options,
    })
  const revoked = (fetchReplacement: VerificationContext['fetchReplacement']) =>
    verify(badge({ credentialStatus: entry('revocation') }), {
      fetchBitstringStatusList: async () => parseStatusListCredential(await signList({}, 7)),
      ...(fetchReplacement && { fetchReplacement }),
    })

  it('is said to be replaced, and by what', async () => {
    const { report, checks } = await revoked(async () => accept(await replacement()))
    expect(checks).toContain('status invalid revoked')
    expect(report.checks.find(({ code }) => code === 'status.replaced')).toMatchObject({
      outcome: 'invalid',
      evidence: {
        reason: 'replaced',
        replacementReason: 'data_corrected',
        replacedBy: { award: `urn:uuid:${successor}`, credentials: [`urn:uuid:${successor}`] },
      },
    })
  })

  it.for<[string, () => Promise<string | undefined>, string | undefined]>([
    ['nothing replaced it', async () => undefined, undefined],
    [
      'the statement is of another key',
      () => replacement({ signer: createSoftwareSigner({ privateKey: keys.stranger.privateKey }) }),
      'unusable',
    ],
    [
      'the statement is about another credential',
      () =>
        replacement({
          credentialId: successor,
          replacedBy: { awardId: successor, credentialIds: [] },
        }),
      'unusable',
    ],
    ['the statement is none', async () => 'not a token', 'unusable'],
  ])('stays simply revoked when %s', async ([, statement, note]) => {
    const { checks, report } = await revoked(async () => accept(await statement()))
    expect(checks.some((check) => check.startsWith('status.replaced'))).toBe(false)
    const status = report.checks.find(({ code }) => code === 'status')
    expect([status?.outcome, status?.evidence?.replacement]).toEqual(['invalid', note])
  })

  it('stays revoked when its issuer cannot be asked, and the report says so', async () => {
    const { report } = await revoked(async () => refuse('unreachable', ''))
    const status = report.checks.find(({ code }) => code === 'status')
    expect(status).toMatchObject({
      outcome: 'invalid',
      evidence: { reason: 'revoked', replacement: 'unreachable' },
    })
  })

  it('is not asked about when it is not revoked', async () => {
    let asked = 0
    await verify(badge({ credentialStatus: entry('revocation') }), {
      fetchReplacement: async () => {
        asked++
        return accept(undefined)
      },
    })
    expect(asked).toBe(0)
  })
})

describe('a VC-JWT in a presentation (V-26)', () => {
  const request = { nonce: 'n-1', audience: 'x509_hash:verifier' }
  const keyBinding = { ...request, maxAgeSeconds: 300 }
  const vp = (data: string, changes: object = {}, key = keys.holder) =>
    signVpJwt({
      credentials: [{ mediaType: 'application/vc+jwt', data }],
      signer: createSoftwareSigner({ privateKey: key.privateKey }),
      request,
      issuedAt: now,
      ...changes,
    })
  const binding = async (credential: string, presentation: string | undefined) => {
    const { report, payload, outcome } = await verify(credential, { keyBinding }, presentation)
    const check = report.checks.find(({ code }) => code === 'key_binding')
    return {
      outcome,
      cause: check?.evidence?.cause,
      shown: report.microCredentials.length,
      payload,
    }
  }

  it('is valid when its holder made it for this request', async () => {
    const credential = badge()
    expect(await binding(credential, await vp(credential))).toMatchObject({
      outcome: 'valid',
      shown: 1,
    })
  })

  it('is bound by the name of its subject when it has no cnf', async () => {
    const id = `did:jwk:${Buffer.from(JSON.stringify(cnf.jwk)).toString('base64url')}`
    const subject = anOpenBadge().credentialSubject as object
    const credential = badge({ cnf: undefined, credentialSubject: { ...subject, id } })
    expect((await binding(credential, await vp(credential))).outcome).toBe('valid')
    const ambiguous = badge({ cnf: { kid: 'x' }, credentialSubject: { ...subject, id } })
    expect((await binding(ambiguous, await vp(ambiguous))).cause).toBe('holder_key_missing')
  })

  it('takes the vp claim of the older data model', async () => {
    const credential = badge()
    const presentation = forgeJwt({
      header: { typ: 'JWT' },
      payload: {
        iss: 'did:example:holder',
        aud: request.audience,
        nonce: request.nonce,
        iat: nowSeconds,
        vp: {
          '@context': [legacyContext],
          type: ['VerifiablePresentation'],
          verifiableCredential: [credential],
        },
      },
      key: keys.holder.privateKey,
    })
    expect((await binding(credential, presentation)).outcome).toBe('valid')
  })

  it.for<[string, (credential: string) => Promise<string | undefined>, string]>([
    ['by another holder', (one) => vp(one, {}, keys.stranger), 'signature_invalid'],
    ['by the issuer', (one) => vp(one, {}, keys.issuer), 'signature_invalid'],
    [
      'for another verifier',
      (one) => vp(one, { request: { ...request, audience: 'x' } }),
      'audience_mismatch',
    ],
    [
      'for another request',
      (one) => vp(one, { request: { ...request, nonce: 'x' } }),
      'nonce_mismatch',
    ],
    [
      'long ago',
      (one) => vp(one, { issuedAt: new Date(now.getTime() - 301_000) }),
      'key_binding_time',
    ],
    ['by nobody', async () => undefined, 'key_binding_missing'],
  ])('shows nothing when it was made %s (V-15)', async ([, make, cause]) => {
    const credential = badge()
    expect(await binding(credential, await make(credential))).toEqual({
      outcome: 'invalid',
      cause,
      shown: 0,
      payload: undefined,
    })
  })

  it('refuses a credential that is bound to nobody', async () => {
    const credential = badge({ cnf: undefined })
    expect((await binding(credential, await vp(credential))).cause).toBe('holder_key_missing')
  })
})

describe('verifyUnsecuredCredential', () => {
  it.for(['unsigned', 'proof_unsupported', 'seal_unsupported'] as const)(
    'never finds a document valid: %s',
    async (reason) => {
      const document = anOpenBadge({ credentialStatus: entry('revocation') })
      const { report } = await verifyUnsecuredCredential(document, { reason }, aContext())
      expect([...validator.Errors(report)]).toEqual([])
      expect(report.outcome).toBe('undetermined')
      expect(report.checks.slice(1).map(({ outcome }) => outcome)).not.toContain('valid')
      expect(report.microCredentials).toHaveLength(1)
    },
  )

  it('finds one invalid that has run out by its own words, or is no credential', async () => {
    const verifyIt = async (document: Record<string, unknown>) =>
      (await verifyUnsecuredCredential(document, { reason: 'unsigned' }, aContext())).report
    expect((await verifyIt(anOpenBadge({ validUntil: '2026-01-01T00:00:00Z' }))).outcome).toBe(
      'invalid',
    )
    expect(await verifyIt({ type: 'x' })).toMatchObject({
      outcome: 'invalid',
      microCredentials: [],
    })
  })
})
