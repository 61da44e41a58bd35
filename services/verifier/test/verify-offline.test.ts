import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  achievementExample,
  awardExample,
  bakePng,
  drawDefaultBadge,
  normaliseAchievement,
  normaliseAward,
  organisationExample,
  projectCompact,
  signCompactCredential,
} from '@mikromerit/credentials'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startVerifier, type TestVerifier } from './support.ts'
import { startTestIssuer, type TestIssuer } from './test-issuer.ts'
import { issueBadge, issueElm, publishList, revocationEntry } from './vc-credentials.ts'

const bin = join(import.meta.dirname, '../../../node_modules/.bin/mikromerit')

let verifier: TestVerifier
let issuer: TestIssuer
let folder: string
let credential: string
let file: string
let bundle: string

const now = () => verifier.clock.now()
const inAYear = () => new Date(now().getTime() + 365 * 86_400_000)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mikromerit-offline-'))
  verifier = await startVerifier()
  issuer = await startTestIssuer({
    certifiedIn: verifier.config.DATA_DIR,
    now,
    listLifetimeSeconds: 90 * 86_400,
  })
  issuer.setStatus(11, 1)
  credential = await issuer.issue({ expiresAt: inAYear() })
  file = await save('credential', credential)
  await registerIssuer()
  // What was verified once, the bundle holds the status lists of.
  await publishList(issuer, now())
  for (const given of [credential, await issueBadge(issuer, { now: now(), status: status() })])
    await verifier.as('verifications:write').post('/v1/verifications', { credential: given })
  bundle = await fetchBundle('bundle', `?issuer=${encodeURIComponent(issuer.identifier)}`)
})
afterAll(async () => {
  await issuer.close()
  await verifier.close()
  await rm(folder, { recursive: true, force: true })
})

const status = (index?: number) => revocationEntry(issuer, index)

async function save(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const registerIssuer = () =>
  verifier.as('trust:write').put('/v1/trust/issuers/exempel', {
    identifier: issuer.identifier,
    legalName: { sv: 'Exempel', en: 'Example' },
    since: '2020-01-01T00:00:00.000Z',
  })

async function fetchBundle(name: string, query = '', from = verifier): Promise<string> {
  const answer = await from.as('trust:read').get(`/v1/trust/bundle${query}`)
  expect(answer.statusCode).toBe(200)
  return save(name, answer.body)
}

/** Runs `mikromerit verify` as anyone does. */
const run = (...args: string[]) =>
  new Promise<{ code: number; output: string }>((resolve) => {
    const { PATH = '' } = process.env
    const env = { PATH, DATA_DIR: verifier.config.DATA_DIR, LANG: 'en_GB.UTF-8' }
    execFile(bin, ['verify', ...args], { env }, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : error ? 1 : 0
      resolve({ code, output: `${stdout}${stderr}` })
    })
  })

const daysLater = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

async function onPaper(): Promise<string> {
  const content = normaliseAchievement(achievementExample)
  const award = normaliseAward(awardExample, content)
  const record = {
    organisation: organisationExample,
    achievement: { id: awardExample.achievementId, version: 1, ...content },
    award: { id: '0190c1a2-0000-7000-8000-0000000000a1', ...award },
  }
  const signed = await signCompactCredential({
    claims: projectCompact(record, { issuer: issuer.identifier }),
    issuer: issuer.identifier,
    id: '0190c1a2-0000-7000-8000-0000000000c1',
    issuedAt: now(),
    expiresAt: inAYear(),
    status: { uri: issuer.statusListUri, idx: 3 },
    signer: issuer.signer,
  })
  if (!signed.ok) throw new Error(signed.code)
  return signed.value
}

function inPicture(text: string): Uint8Array {
  const baked = bakePng(drawDefaultBadge({ seed: 'a', size: 16 }), text)
  if (!baked.ok) throw new Error(baked.code)
  return baked.value
}

describe('mikromerit verify', () => {
  it('ends with 0 for a valid credential, asks nobody, and says how old what it rests on is', async () => {
    const before = { ...issuer.fetches }
    const { code, output } = await run(file, '--bundle', bundle)
    expect(output).toContain('✓ Valid')
    expect(output).toContain('✓ Signature: The issuer signed the credential.')
    expect(output).toMatch(
      /The status list was fetched \S+ \(.* ago; may be at most 24 hours old\)/,
    )
    expect(output).toContain(`Bundle of ${verifier.config.PUBLIC_URL}`)
    expect(code).toBe(0)
    expect(issuer.fetches).toEqual(before)
  })

  it('reads a European Digital Credential, a badge in a picture, and a code on paper', async () => {
    const given = [
      await issueElm(issuer, { now: now(), status: status() }),
      inPicture(await issueBadge(issuer, { now: now(), status: status() })),
      await onPaper(),
    ]
    for (const content of given) {
      const { code, output } = await run(await save('given', content), '--bundle', bundle)
      expect(output).toContain('✓ Valid')
      expect(output).toContain('The status list was fetched')
      expect(code).toBe(0)
    }
  })

  it('ends with 1 for one that is revoked in the snapshot, and says so in Swedish (V-22)', async () => {
    const revoked = await issuer.issue({ status: { uri: issuer.statusListUri, idx: 11 } })
    const path = await save('revoked', revoked)
    const { code, output } = await run(path, '--bundle', bundle, '--language', 'sv')
    expect(output).toContain('✗ Ogiltigt')
    expect(output).toContain('✗ Status: Utfärdaren har återkallat beviset.')
    expect(output).toContain('Statuslistan hämtades')
    expect(output).toContain('Kontrollerat utan nät')
    expect(code).toBe(1)
  })

  it('ends with 1 for one that was altered', async () => {
    const [jwt = '', ...rest] = credential.split('~')
    const altered = await save('altered', [`${jwt.slice(0, -8)}AAAAAAAA`, ...rest].join('~'))
    const { code, output } = await run(altered, '--bundle', bundle)
    expect(output).toContain('✗ Signature')
    expect(code).toBe(1)
  })

  it('ends with 3 when the clock has moved past the age that the bundle allows', async () => {
    const { code, output } = await run(file, '--bundle', bundle, '--at', daysLater(3))
    expect(output).toContain('? Undetermined')
    expect(output).toMatch(/\? Status: The bundle’s copy of the issuer’s status list is too old/)
    expect(output).toContain('3 days ago; may be at most 24 hours old')
    expect(output).toContain('→ Get a new bundle')
    expect(code).toBe(3)
  })

  it('ends with 3 for an issuer that the bundle does not know', async () => {
    const other = encodeURIComponent('https://other.example.se/exempel')
    const narrow = await fetchBundle('narrow', `?issuer=${other}`)
    const { code, output } = await run(file, '--bundle', narrow)
    expect(output).toContain('? Issuer’s key: The bundle does not know enough of the issuer')
    expect(code).toBe(3)
  })

  it('ends with 3 without the status list, and names its address, which a bundle can be asked for', async () => {
    const restarted = await verifier.another()
    const { code, output } = await run(file, '--bundle', await fetchBundle('bare', '', restarted))
    expect(output).toContain('? Status: The bundle does not hold the issuer’s status list')
    expect(output).toContain(`Address: "${issuer.statusListUri}"`)
    expect(code).toBe(3)

    const query = `?statusList=${encodeURIComponent(issuer.statusListUri)}`
    expect((await run(file, '--bundle', await fetchBundle('full', query, restarted))).code).toBe(0)
  })
})

describe('a bundle', () => {
  it('that was altered leaves everything open', async () => {
    const answer = await verifier.as('trust:read').get('/v1/trust/bundle')
    const changed = await save('changed', `${answer.body.slice(0, -8)}AAAAAAAA`)
    const { code, output } = await run(file, '--bundle', changed)
    expect(output).toContain('bundle_signature')
    expect(output).not.toContain('✓')
    expect(code).toBe(3)
  })

  it.each([
    ['past its end', 31, 'bundle_expired'],
    ['before it was made', -1, 'bundle_not_yet_valid'],
  ])('is not used %s', async (_when, days, reason) => {
    const { code, output } = await run(file, '--bundle', bundle, '--at', daysLater(days))
    expect(output).toContain(reason)
    expect(code).toBe(3)
  })

  it('counts for those who trust its authority, and expect its verifier', async () => {
    const authority = join(verifier.config.DATA_DIR, 'development', 'ca-anchor.pem')
    const named = (url: string) =>
      run(file, '--bundle', bundle, '--anchor', authority, '--verifier', url)
    expect((await named(verifier.config.PUBLIC_URL)).code).toBe(0)
    const { code, output } = await named('https://other.example.se')
    expect(output).toContain('bundle_signer')
    expect(code).toBe(3)
  })
})

it.each<[string, () => string[], string]>([
  ['without a bundle', () => [file], '--bundle'],
  ['for a file that is not there', () => ['nowhere', '--bundle', bundle], 'There is no file'],
  ['for a time that is none', () => [file, '--bundle', bundle, '--at', 'soon'], '--at'],
  ['for an anchor that is none', () => [file, '--bundle', bundle, '--anchor', file], '--anchor'],
])('mikromerit verify ends with 2 %s', async (_what, args, text) => {
  const { code, output } = await run(...args())
  expect(output).toContain(text)
  expect(output).toContain('Usage: mikromerit verify FILE')
  expect(code).toBe(2)
})
