import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { now } from '../../test/issued-credential.ts'
import { makeCertificate } from '../../test/made-certificates.ts'
import {
  aBundleMaker,
  type BundleMaker,
  bundleContent,
  registeredIssuer,
  signBundle,
  snapshotOf,
  verifierUrl,
} from '../../test/trust-bundles.ts'
import { signJws } from '../jose/jws.ts'
import { bundleLimits, maxStatusListCharacters } from './schema.ts'
import { selectSnapshots } from './sign-bundle.ts'
import { type VerifyBundleOptions, verifyTrustBundle } from './verify-bundle.ts'

let maker: BundleMaker
beforeAll(async () => {
  maker = await aBundleMaker()
})

const outcomeOf = (token: string, changes: Partial<VerifyBundleOptions> = {}) => {
  const anchors = [maker.anchor.certificate]
  const result = verifyTrustBundle({ token, anchors, now, ...changes })
  return result.ok ? 'accepted' : result.code
}

/** The payload with other members, signed by whom the test says, whatever its form. */
const sign = async (payload: object, { signer } = maker, typ = 'bundle+jwt') =>
  signJws({ header: { typ }, payload, signer, includeX5c: true })

const claims = { iss: verifierUrl, iat: now.getTime() / 1_000, exp: now.getTime() / 1_000 + 60 }

describe('a trust bundle', () => {
  it('is accepted from the verifier that an anchor certifies', async () => {
    const token = await signBundle(maker)
    const anchors = [maker.anchor.certificate]
    const result = verifyTrustBundle({ token, anchors, now, issuer: verifierUrl })
    expect(result).toMatchObject({
      ok: true,
      value: { issuer: verifierUrl, createdAt: now, content: { issuers: [{ id: 'exempel' }] } },
    })
  })

  it('that was altered is refused', async () => {
    const [header, payload = '', signature] = (await signBundle(maker)).split('.')
    const content = JSON.parse(Buffer.from(payload, 'base64url').toString())
    content.policy.statusMaxAgeSeconds = 31_536_000
    const altered = Buffer.from(JSON.stringify(content)).toString('base64url')
    expect(outcomeOf([header, altered, signature].join('.'))).toBe('bundle_signature')
  })

  it('that is not signed is refused (S-05)', async () => {
    const [header = '', payload] = (await signBundle(maker)).split('.')
    const said = JSON.parse(Buffer.from(header, 'base64url').toString())
    const none = Buffer.from(JSON.stringify({ ...said, alg: 'none' })).toString('base64url')
    expect(outcomeOf(`${none}.${payload}.`)).toBe('bundle_signature')
    const bare = Buffer.from('{"alg":"ES256","typ":"bundle+jwt"}').toString('base64url')
    expect(outcomeOf(`${bare}.${payload}.c2ln`)).toBe('bundle_untrusted')
  })

  it('that nobody trusted certifies is refused, whatever anchors it brings itself (V-18)', async () => {
    const stranger = await aBundleMaker()
    const certificate = stranger.anchor.base64
    expect(outcomeOf(await signBundle(stranger, { anchors: [{ certificate }] }))).toBe(
      'bundle_untrusted',
    )
  })

  it('of an issuer that the same authority certifies does not pass for the verifier’s', async () => {
    const other = await aBundleMaker('https://issuer.example.se/exempel', maker.anchor)
    expect(outcomeOf(await signBundle(other))).toBe('bundle_signer')
    const own = await sign(
      { ...claims, ...(await bundleContent()), iss: 'https://issuer.example.se/exempel' },
      other,
    )
    expect(outcomeOf(own, { issuer: verifierUrl })).toBe('bundle_signer')
  })

  it('is no other token of the same signer (S-04)', async () => {
    const payload = { ...claims, ...(await bundleContent()) }
    expect(outcomeOf(await sign(payload))).toBe('accepted')
    expect(outcomeOf(await sign(payload, maker, 'statuslist+jwt'))).toBe('bundle_malformed')
  })

  it('is not used past its end, nor before it was made', async () => {
    const token = await signBundle(maker)
    const at = (time: string) => outcomeOf(token, { now: new Date(time) })
    expect(at('2026-07-10T11:59:59Z')).toBe('accepted')
    expect(at('2026-07-10T12:00:00Z')).toBe('bundle_expired')
    expect(at('2026-06-10T11:59:30Z')).toBe('accepted')
    expect(at('2026-06-10T11:58:00Z')).toBe('bundle_not_yet_valid')
  })

  it('is not used when the certificate of its maker has run out', async () => {
    const token = await signBundle(maker, {}, { expiresAt: new Date('2028-01-01T00:00:00Z') })
    expect(outcomeOf(token, { now: new Date('2027-06-01T00:00:00Z') })).toBe('bundle_untrusted')
  })

  it.each<[string, object]>([
    ['has a member that is not known', { extra: true }],
    ['lacks its policy', { policy: undefined }],
    ['gives a time that is none', { statusLists: [snapshotOf('x', { fetchedAt: 'yesterday' })] }],
    [
      'holds a registry entry without its period',
      { issuers: [{ ...registeredIssuer, since: undefined }] },
    ],
    ['holds an anchor that is no certificate', { anchors: [{ certificate: 'AAAA' }] }],
    [
      'holds more lists than are read',
      { statusLists: Array.from({ length: bundleLimits.statusLists + 1 }, () => snapshotOf('x')) },
    ],
  ])('that %s is refused', async (_what, changes) => {
    const payload = { ...claims, ...(await bundleContent()), ...changes }
    expect(outcomeOf(await sign(payload))).toBe('bundle_malformed')
  })

  it('that is too large, or no token at all, is refused (S-10)', async () => {
    expect(outcomeOf('a'.repeat(16_777_217))).toBe('bundle_too_large')
    expect(outcomeOf('no bundle')).toBe('bundle_malformed')
  })

  it('does not believe a certificate authority that may not sign', async () => {
    const token = await signBundle(maker)
    const other = await makeCertificate({ name: 'Anchor', ca: true })
    expect(outcomeOf(token, { anchors: [other.certificate] })).toBe('bundle_untrusted')
    expect(outcomeOf(token, { anchors: [] })).toBe('bundle_untrusted')
  })
})

it('whatever a trusted signer or a stranger writes, it is accepted or refused, never a crash', async () => {
  const content = await bundleContent()
  const member = fc.constantFrom('iss', 'iat', 'exp', ...Object.keys(content))
  await fc.assert(
    fc.asyncProperty(member, fc.jsonValue(), fc.string(), async (name, value, text) => {
      const signed = await sign({ ...claims, ...content, [name]: value })
      expect(outcomeOf(signed)).toMatch(/^(accepted|bundle_\w+)$/)
      expect(outcomeOf(text)).toBe('bundle_malformed')
    }),
    { numRuns: 100 },
  )
})

describe('the snapshots of a bundle', () => {
  it('are the newest that fit', () => {
    const half = 'a'.repeat(maxStatusListCharacters / 2)
    const at = (day: number, list: string) =>
      snapshotOf(list, { uri: `https://a.se/${day}`, fetchedAt: `2026-06-0${day}T00:00:00.000Z` })
    const selected = selectSnapshots([at(1, half), at(3, half), at(2, half), at(4, 'small')])
    expect(selected.map(({ uri }) => uri)).toEqual([4, 3].map((day) => `https://a.se/${day}`))
  })
})
