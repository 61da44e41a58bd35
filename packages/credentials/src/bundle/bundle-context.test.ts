import { beforeAll, describe, expect, it } from 'vitest'
import { anAwardRecord } from '../../test/award-records.ts'
import {
  issueCredential,
  issuer,
  issuerSigner,
  now,
  signStatusList,
  statusUri,
  strangerSigner,
} from '../../test/issued-credential.ts'
import { makeCertificate } from '../../test/made-certificates.ts'
import {
  aBundleMaker,
  type BundleMaker,
  issuerKey,
  registeredIssuer,
  signBundle,
  snapshotOf,
} from '../../test/trust-bundles.ts'
import { createSoftwareSigner } from '../jose/signer.ts'
import { verifyCredential } from '../verification/verify-credential.ts'
import { createBundleContext } from './bundle-context.ts'
import { noteAges } from './note-ages.ts'
import type { BundleContent } from './schema.ts'
import { verifyTrustBundle } from './verify-bundle.ts'

let maker: BundleMaker
beforeAll(async () => {
  maker = await aBundleMaker()
})

/** Verifies with a bundle that says this, at a time that may be later. */
async function verify(credential: string, changes: Partial<BundleContent> = {}, at = now) {
  const token = await signBundle(maker, changes)
  const bundle = verifyTrustBundle({ token, anchors: [maker.anchor.certificate], now: at })
  if (!bundle.ok) throw new Error(bundle.code)
  const { report } = await verifyCredential(credential, createBundleContext(bundle.value, at))
  const checks = noteAges(report.checks, bundle.value, at)
  const faults = checks
    .filter(({ outcome }) => outcome !== 'valid')
    .map(({ code, outcome, evidence }) => [code, outcome, evidence?.reason])
  return { outcome: report.outcome, checks, faults }
}

const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000)
const signedLater = { issuedAt: later(0), expiresAt: later(86_400) }

describe('verification with a bundle alone', () => {
  it('finds valid what the bundle says all of, and how old its status list was', async () => {
    const { outcome, checks } = await verify(await issueCredential())
    expect(outcome).toBe('valid')
    expect(checks.find(({ code }) => code === 'status')?.evidence).toMatchObject({
      snapshotAt: '2026-06-10T11:30:00.000Z',
      ageSeconds: 1_800,
      maxAgeSeconds: 3_600,
    })
  })

  it('finds revoked what was revoked in the snapshot (V-22)', async () => {
    const statusLists = [snapshotOf(await signStatusList({ value: 1 }))]
    const { outcome, faults } = await verify(await issueCredential(), { statusLists })
    expect(outcome).toBe('invalid')
    expect(faults).toEqual([['status', 'invalid', 'revoked']])
  })

  it('does not know the status when the snapshot is too old, whatever it says', async () => {
    for (const value of [0, 1]) {
      const list = await signStatusList({ value, expiresAt: later(86_400) })
      const statusLists = [snapshotOf(list)]
      const credential = await issueCredential()
      expect((await verify(credential, { statusLists }, later(1_800))).faults).toEqual(
        value === 0 ? [] : [['status', 'invalid', 'revoked']],
      )
      const { faults, checks } = await verify(credential, { statusLists }, later(1_801))
      expect(faults).toEqual([['status', 'undetermined', 'status_snapshot_stale']])
      expect(checks.find(({ code }) => code === 'status')?.evidence?.ageSeconds).toBe(3_601)
    }
  })

  it('does not use a list past the end its issuer gave it (V-21)', async () => {
    const statusLists = [snapshotOf(await signStatusList({ expiresAt: later(60) }))]
    const { faults } = await verify(await issueCredential(), { statusLists }, later(61))
    expect(faults).toEqual([['status', 'undetermined', 'status_list_unusable']])
  })

  it('does not know the status without the list', async () => {
    const { faults } = await verify(await issueCredential(), { statusLists: [] })
    expect(faults).toEqual([['status', 'undetermined', 'status_snapshot_missing']])
  })

  it('does not believe a list that somebody else signed (V-20)', async () => {
    const statusLists = [snapshotOf(await signStatusList({ signer: strangerSigner }))]
    const { faults } = await verify(await issueCredential(), { statusLists })
    expect(faults).toEqual([['status', 'undetermined', 'status_list_unusable']])
  })

  it('knows nothing of an issuer that is not in it, and blames nobody', async () => {
    const { outcome, faults } = await verify(await issueCredential(), { issuers: [] })
    expect(outcome).toBe('undetermined')
    expect(faults[0]).toEqual(['issuer_key', 'undetermined', 'issuer_not_bundled'])
  })

  it('holds the issuer to its entry (V-19)', async () => {
    const level = { mayAward: { levels: [{ framework: 'EQF', max: 1 }] }, keys: [issuerKey] }
    const { faults } = await verify(await issueCredential({ record: anAwardRecord() }), {
      issuers: [{ ...registeredIssuer, ...level }],
    })
    expect(faults).toEqual([['issuer_authorised', 'invalid', 'level_not_allowed']])
  })

  it('finds altered what was altered', async () => {
    const [jwt = '', ...rest] = (await issueCredential()).split('~')
    const altered = [`${jwt.slice(0, -8)}AAAAAAAA`, ...rest].join('~')
    expect((await verify(altered)).faults).toEqual([['signature', 'invalid', 'signature_invalid']])
  })
})

describe('a key that the bundle does not know', () => {
  const keyOutcome = async (credential: string, changes: Partial<BundleContent>) =>
    (await verify(credential, changes)).checks.find(({ code }) => code === 'issuer_key')?.evidence
      ?.reason
  const documents = (keys: object[]) => ({
    issuers: [registeredIssuer],
    issuerDocuments: [
      {
        url: 'https://issuer.example.se/.well-known/jwt-vc-issuer/exempeluniversitetet',
        fetchedAt: now.toISOString(),
        document: { issuer, jwks: { keys } },
      },
    ],
  })

  it('may have been published since (S-07)', async () => {
    const credential = await issueCredential()
    expect(await keyOutcome(credential, documents([issuerKey]))).toBe('issuer_key_found')
    const other = { ...issuerKey, kid: 'another' }
    expect(await keyOutcome(credential, documents([other]))).toBe('issuer_not_bundled')
  })

  it('may have been registered since when it signed later, and is somebody else’s when earlier', async () => {
    const issuers = [{ ...registeredIssuer, keys: [{ ...issuerKey, kid: 'another' }] }]
    expect(await keyOutcome(await issueCredential(), { issuers })).toBe('issuer_mismatch')
    const credential = await issueCredential({ ...signedLater, issuedAt: later(30) })
    expect(await keyOutcome(credential, { issuers })).toBe('issuer_not_bundled')
  })
})

describe('a certificate path', () => {
  const certified = async () => {
    const anchor = await makeCertificate({ name: 'Issuers', ca: true })
    const names = [{ type: 'url' as const, value: issuer }]
    const leaf = await makeCertificate({ name: 'Issuer', issuer: anchor, names })
    const { privateKey } = leaf.keys
    const signer = createSoftwareSigner({ privateKey, kid: 'x', x5c: [leaf.base64] })
    const statusLists = [snapshotOf(await signStatusList({ signer }))]
    const credential = await issueCredential({ signer })
    return { certificate: anchor.base64, credential, content: { issuers: [], statusLists } }
  }

  it('is followed to an anchor of the bundle, within the anchor’s period (V-18)', async () => {
    const { certificate, credential, content } = await certified()
    const within = async (period: { since?: string; until?: string }) =>
      (await verify(credential, { ...content, anchors: [{ certificate, ...period }] })).outcome
    expect(await within({})).toBe('valid')
    expect(await within({ since: '2026-06-11T00:00:00Z' })).toBe('undetermined')
    expect(await within({ until: '2026-06-10T00:00:00Z' })).toBe('undetermined')
  })

  it('is not enough in a bundle about other issuers: the registry may say more', async () => {
    const { certificate, credential, content } = await certified()
    const about = async (issuersAskedFor: string[]) =>
      (await verify(credential, { ...content, anchors: [{ certificate }], issuersAskedFor }))
        .outcome
    expect(await about([issuer])).toBe('valid')
    expect(await about(['https://other.example.se'])).toBe('undetermined')
  })
})

it('asks for no list by another name', async () => {
  const list = await signStatusList({ uri: 'https://other.example.se/1', signer: issuerSigner })
  const { faults } = await verify(await issueCredential(), {
    statusLists: [snapshotOf(list, { uri: statusUri })],
  })
  expect(faults).toEqual([['status', 'undetermined', 'status_list_unusable']])
})
