import { createHash, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  askWith,
  receive,
  startTrustedIssuer,
  startTrustedVerifier,
  submitTo,
} from './support/flow.ts'
import { disclosedIn } from './support/sd-jwt.ts'
import type { ThirdPartyIssuer } from './support/third-party-issuer.ts'
import {
  courseQuery,
  type ReceivedAnswer,
  type ThirdPartyVerifier,
} from './support/third-party-verifier.ts'
import { type Learner, problemOf, startWallet, type TestWallet } from './support/wallet.ts'

let wallet: TestWallet
let issuer: ThirdPartyIssuer
let verifier: ThirdPartyVerifier
/** Has one credential. */
let learner: Learner
let credentialId: string

beforeAll(async () => {
  wallet = await startWallet()
  issuer = await startTrustedIssuer(wallet)
  verifier = await startTrustedVerifier(wallet)
  learner = wallet.as()
  credentialId = (await receive(learner, issuer))[0] ?? ''
})
afterEach(() => verifier.reset())
afterAll(async () => {
  await wallet.close()
  await issuer.close()
  await verifier.close()
})

const askFor = (query: object) => ({
  credentials: [{ ...courseQuery.credentials[0], ...query }],
})
const ask = (who = learner) => askWith(who, verifier)
const submit = (id: string, body?: object, who = learner) => submitTo(who, id, body)
const presented = (answer: ReceivedAnswer | undefined, query = 'course'): string[] =>
  Object(answer?.content.vp_token)[query]
const namesIn = (presentation = '') => disclosedIn(presentation).map(([name]) => name)

describe('what is shown', () => {
  it('discloses what was asked for, and nothing else', async () => {
    await submit((await ask()).preview.id)
    const [answer] = verifier.answers
    expect(disclosedIn(presented(answer)[0] ?? '')).toEqual([['grade', 'VG']])
    expect(JSON.stringify(answer)).not.toMatch(/Planterad|Hemliga/)
  })

  it('discloses nothing that need not be shown when no claim is asked for (W-32)', async () => {
    verifier.reset({ dcql: askFor({ claims: undefined }) })
    await submit((await ask()).preview.id)
    expect(disclosedIn(presented(verifier.answers[0])[0] ?? '')).toEqual([])
  })

  it.each<[string, unknown[], string[]]>([
    [
      'a nested claim with its parents, not its siblings',
      ['address', 'street'],
      ['address', 'street'],
    ],
    ['a visible claim inside a hidden one', ['address', 'locality'], ['address']],
    ['an object with all it holds', ['address'], ['address', 'street']],
    ['one element of an array', ['outcomes', 1], ['…']],
    ['all elements of an array', ['outcomes', null], ['…', '…']],
    ['a claim that is always visible', ['course'], []],
  ])('discloses %s (W-35)', async (_what, path, names) => {
    verifier.reset({ dcql: askFor({ claims: [{ path }] }) })
    const { preview } = await ask()
    await submit(preview.id)
    expect(namesIn(presented(verifier.answers[0])[0]).sort()).toEqual(names.sort())
    const promised = preview.requested[0].candidates[0].wouldDisclose
    expect(promised).toHaveLength(names.length)
  })

  it.each<[string, object]>([
    ['a claim that is not there', { claims: [{ path: ['absent'] }] }],
    ['a member of what is no object', { claims: [{ path: ['grade', 'x'] }] }],
    ['an element of what is no array', { claims: [{ path: ['grade', 0] }] }],
    ['an element that is not there', { claims: [{ path: ['outcomes', 7] }] }],
    ['another value (W-34)', { claims: [{ path: ['grade'], values: ['MVG'] }] }],
    ['a value of another type', { claims: [{ path: ['grade'], values: [1] }] }],
    ['another type', { meta: { vct_values: ['urn:other'] } }],
    ['another format', { format: 'mso_mdoc', meta: { doctype_value: 'x' } }],
    ['another authority', { trusted_authorities: [{ type: 'aki', values: ['AAAA'] }] }],
    [
      'an authority by a list we cannot read',
      { trusted_authorities: [{ type: 'etsi_tl', values: ['https://x'] }] },
    ],
  ])('has nothing to show for %s', async (_what, query) => {
    verifier.reset({ dcql: askFor(query) })
    const { preview } = await ask()
    expect(preview.satisfiable).toBe(false)
    const response = await submit(preview.id)
    expect([response.statusCode, problemOf(response)]).toEqual([409, 'presentation-unsatisfiable'])
    expect(verifier.answers).toEqual([])
  })

  it('matches a value and an authority that are right', async () => {
    const aki = await authorityKey()
    verifier.reset({
      dcql: askFor({
        claims: [{ path: ['grade'], values: ['G', 'VG'] }],
        trusted_authorities: [{ type: 'aki', values: [aki] }],
      }),
    })
    expect((await submit((await ask()).preview.id)).statusCode).toBe(200)
  })

  it('takes the first claim set that can be met', async () => {
    verifier.reset({
      dcql: askFor({
        claims: [
          { id: 'a', path: ['absent'] },
          { id: 'b', path: ['grade'] },
          { id: 'c', path: ['given_name'] },
        ],
        claim_sets: [['a'], ['b'], ['c']],
      }),
    })
    await submit((await ask()).preview.id)
    expect(namesIn(presented(verifier.answers[0])[0])).toEqual(['grade'])
  })

  it('takes the first option of a credential set that can be met, and no optional set', async () => {
    const [course] = courseQuery.credentials
    verifier.reset({
      dcql: {
        credentials: [
          { ...course, id: 'passport', meta: { vct_values: ['urn:passport'] } },
          course,
          { ...course, id: 'name', claims: [{ path: ['given_name'] }] },
        ],
        credential_sets: [
          { options: [['passport'], ['course']] },
          { options: [['name']], required: false },
        ],
      },
    })
    await submit((await ask()).preview.id)
    expect(Object.keys(Object(verifier.answers[0]?.content.vp_token))).toEqual(['course'])
    await submit((await ask()).preview.id, { selection: { name: credentialId } })
    const [, second] = verifier.answers
    expect(namesIn(presented(second, 'name')[0])).toEqual(['given_name'])
    expect(namesIn(presented(second, 'course')[0])).toEqual(['grade'])
  })

  it('shows several credentials for one query when it takes several and the learner chose', async () => {
    const rich = wallet.as()
    const owned = [...(await receive(rich, issuer)), ...(await receive(rich, issuer))]
    verifier.reset({ dcql: askFor({ multiple: true }) })
    const one = await ask(rich)
    expect(one.preview.requested[0]).toMatchObject({ multiple: true })
    await submit(one.preview.id, {}, rich)
    const all = await ask(rich)
    await submit(all.preview.id, { selection: { course: owned } }, rich)
    expect(verifier.answers.map((answer) => presented(answer).length)).toEqual([1, 2])
    expect(new Set(presented(verifier.answers[1])).size).toBe(2)
  })

  it('shows what is in force rather than what has expired', async () => {
    const careful = wallet.as()
    const [lasting] = await receive(careful, issuer)
    const soon = new Date(wallet.clock.now().getTime() + 60_000)
    issuer.reset({ changeIssued: (parts) => ({ ...parts, expiresAt: soon }) })
    const [fleeting] = await receive(careful, issuer)
    issuer.reset()
    const candidates = async () =>
      (await ask(careful)).preview.requested[0].candidates.map(
        ({ credentialId: id }: { credentialId: string }) => id,
      )
    expect(await candidates()).toEqual([fleeting, lasting])
    wallet.clock.advance(120)
    expect(await candidates()).toEqual([lasting, fleeting])
    wallet.clock.advance(-120)
  })

  it('shows the credential that was selected', async () => {
    const rich = wallet.as()
    const [first] = await receive(rich, issuer)
    await receive(rich, issuer)
    const { preview } = await ask(rich)
    expect(preview.requested[0].candidates).toHaveLength(2)
    await submit(preview.id, { selection: { course: first } }, rich)
    const [token = ''] = presented(verifier.answers[0])
    expect(issuer.issued.at(-2)?.split('~')[0]).toBe(token.split('~')[0])
  })
})

async function authorityKey(): Promise<string> {
  const pem = await readFile(`${wallet.config.DATA_DIR}/development/issuing-ca.pem`, 'utf8')
  const spki = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' })
  // RFC 5280 4.2.1.2, method 1: SHA-1 over the bits of the key, here an uncompressed P-256 point.
  return createHash('sha1').update(spki.subarray(-65)).digest('base64url')
}
