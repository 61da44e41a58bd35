import { bakePng, bakeSvg, drawDefaultBadge, drawDefaultBadgeSvg } from '@mikromerit/credentials'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCertifiedSigner, makeDataDir } from './support/authorities.ts'
import { withDatabase } from './support/database.ts'
import { askWith, startTrustedIssuer, startTrustedVerifier } from './support/flow.ts'
import {
  anEdcFile,
  anElmoFile,
  anOpenBadge,
  aSignedBadge,
  signElmo,
} from './support/own-records.ts'
import type { ThirdPartyIssuer } from './support/third-party-issuer.ts'
import { type Learner, problemOf, startWallet, type TestWallet } from './support/wallet.ts'

let wallet: TestWallet
let issuer: ThirdPartyIssuer

beforeAll(async () => {
  wallet = await startWallet()
  issuer = await startTrustedIssuer(wallet)
})
afterAll(async () => {
  await wallet.close()
  await issuer.close()
})

const bring = (learner: Learner, record: unknown) => learner.post('/v1/records', { record })
/** Sends a file as the body itself. */
const upload = async (learner: Learner, type: string, payload: Buffer | string) =>
  wallet.app.inject({
    method: 'POST',
    url: '/v1/records',
    headers: {
      authorization: `Bearer ${await wallet.token('wallet', learner.id)}`,
      'content-type': type,
    },
    payload,
  })
const demand = <T>(result: { ok: true; value: T } | { ok: false; code: string }): T => {
  if (!result.ok) throw new Error(result.code)
  return result.value
}
const signer = () =>
  createCertifiedSigner(wallet.config.DATA_DIR, { uri: 'https://old.example/school' })

describe('POST /v1/records', () => {
  it('takes an ELMO file, a record for each result, self-declared without a signature', async () => {
    const learner = wallet.as()
    const response = await bring(learner, anElmoFile('Svetsning', 'Ritningsläsning'))
    expect(response.statusCode).toBe(201)
    expect(response.json()).toMatchObject({
      added: 2,
      records: [
        {
          format: 'elmo',
          selfDeclared: true,
          outcome: 'undetermined',
          microCredential: { title: 'Svetsning', issuer: { name: 'Gamla skolan' } },
        },
        { microCredential: { title: 'Ritningsläsning' } },
      ],
    })
    const [{ id }] = response.json().records
    const detail = (await learner.get(`/v1/records/${id}`)).json()
    expect(detail.checks).toContainEqual(
      expect.objectContaining({ code: 'signature', outcome: 'undetermined' }),
    )
    expect((await learner.get('/v1/records')).json().items).toHaveLength(2)
  })

  it('says that an ELMO file is sealed only when its signer is trusted here', async () => {
    const trusted = await signElmo(anElmoFile('Svetsning'), await signer())
    const known = (await upload(wallet.as(), 'application/xml', trusted)).json()
    expect(known.records).toMatchObject([{ selfDeclared: false, outcome: 'valid' }])
    // Whose name a file bears costs its signer nothing: its issuer is who sealed it.
    expect(known.records[0].microCredential).toMatchObject({
      issuer: { identifier: 'https://old.example/school' },
      awardingBodies: [{ name: 'Gamla skolan' }],
    })
    expect(known.records[0].microCredential.issuer.name).not.toBe('Gamla skolan')
    const stranger = await createCertifiedSigner(await makeDataDir(), { dns: 'old.example' })
    const signed = await signElmo(anElmoFile('Svetsning'), stranger)
    const unknown = (await upload(wallet.as(), 'application/xml', signed)).json()
    expect(unknown.records).toMatchObject([{ selfDeclared: true, outcome: 'undetermined' }])
  })

  it('takes a badge as JSON, PNG and SVG, which nobody signed', async () => {
    const learner = wallet.as()
    const badge = anOpenBadge()
    const text = JSON.stringify(badge)
    const png = demand(bakePng(drawDefaultBadge({ seed: 'a' }), text))
    const svg = demand(bakeSvg(Buffer.from(drawDefaultBadgeSvg({ seed: 'a', title: 'A' })), text))
    for (const response of [
      await bring(learner, badge),
      await upload(learner, 'image/png', png),
      await upload(learner, 'image/svg+xml', Buffer.from(svg)),
    ])
      expect(response.json()).toMatchObject({
        added: 1,
        records: [
          {
            format: 'open_badge',
            selfDeclared: true,
            microCredential: { title: 'Datadriven affärsutveckling' },
          },
        ],
      })
  })

  it('takes a European Digital Credential that nobody sealed', async () => {
    const { records } = (await bring(wallet.as(), anEdcFile())).json()
    expect(records).toMatchObject([{ format: 'edc', selfDeclared: true, outcome: 'undetermined' }])
  })

  it('reads a credential in an envelope, and one in a seal that cannot be checked here', async () => {
    const token = await aSignedBadge('https://old.example/school', await signer())
    const enveloped = {
      '@context': 'https://www.w3.org/ns/credentials/v2',
      type: 'EnvelopedVerifiableCredential',
      id: `data:application/vc+jwt,${token}`,
    }
    expect((await bring(wallet.as(), enveloped)).json().records).toMatchObject([
      { format: 'vc_jwt', selfDeclared: false },
    ])
    const sealed = { payload: JSON.stringify(anEdcFile()), signatures: [{}] }
    expect((await bring(wallet.as(), sealed)).json().records).toMatchObject([
      { format: 'edc', selfDeclared: true, outcome: 'undetermined' },
    ])
  })

  it('verifies what is signed: by a known issuer it is sealed, by a stranger the learner’s word', async () => {
    const key = await signer()
    const known = await aSignedBadge('https://old.example/school', key)
    expect((await bring(wallet.as(), known)).json().records).toMatchObject([
      { format: 'vc_jwt', selfDeclared: false, outcome: 'valid' },
    ])
    const stranger = await createCertifiedSigner(await makeDataDir(), {
      uri: 'https://old.example/school',
    })
    const unknown = await aSignedBadge('https://old.example/school', stranger)
    expect((await bring(wallet.as(), unknown)).json().records).toMatchObject([
      { format: 'vc_jwt', selfDeclared: true },
    ])
  })

  it('adds nothing the second time, also twice at once', async () => {
    const learner = wallet.as()
    const file = anElmoFile('Svetsning')
    const [one, other] = await Promise.all([bring(learner, file), bring(learner, file)])
    expect(one.json().added + other.json().added).toBe(1)
    expect(one.json().records).toEqual(other.json().records)
    expect((await bring(learner, file)).json().added).toBe(0)
    expect((await learner.get('/v1/records')).json().items).toHaveLength(1)
  })

  it.each<[string, () => unknown | Promise<unknown>, RegExp]>([
    ['is nothing of the kind', () => 'hello', /none of/],
    ['is JSON of another kind', () => ({ hello: 'world' }), /malformed/],
    ['is an ELMO file that is cut off', () => anElmoFile('A').slice(0, -20), /XML_\w+ at line/],
    [
      'has an external entity',
      () =>
        anElmoFile('A').replace('<elmo', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/x">]><elmo'),
      /readable ELMO/,
    ],
    ['has nothing that was passed', () => anElmoFile(), /passed/],
    [
      'was altered after it was signed',
      async () => (await signElmo(anElmoFile('Svetsning'), await signer())).replace('7.5', '75'),
      /altered/,
    ],
    [
      'is a badge with another payload than was signed',
      async () => {
        const [header, payload = '', rest] = (
          await aSignedBadge('https://old.example/school', await signer())
        ).split('.')
        const read = JSON.parse(Buffer.from(payload, 'base64url').toString())
        const changed = JSON.stringify({ ...read, name: 'Doktor' })
        return [header, Buffer.from(changed).toString('base64url'), rest].join('.')
      },
      /altered/,
    ],
  ])('refuses what %s, and keeps nothing', async (_what, make, detail) => {
    const record = await make()
    const before = await wallet.counts()
    const response = await bring(wallet.as(), record)
    expect([response.statusCode, problemOf(response)]).toEqual([422, 'record-invalid'])
    expect(response.json().detail).toMatch(detail)
    const { records, credentials } = await wallet.counts()
    expect({ records, credentials }).toEqual({
      records: before.records,
      credentials: before.credentials,
    })
  })

  it('refuses an image without a badge, a file that is too large, and no body', async () => {
    const learner = wallet.as()
    const image = await upload(learner, 'image/png', drawDefaultBadge({ seed: 'a' }))
    expect([image.statusCode, problemOf(image)]).toEqual([422, 'record-invalid'])
    const large = await upload(learner, 'application/xml', Buffer.alloc(5 * 1_048_576 + 1))
    expect([large.statusCode, problemOf(large)]).toEqual([413, 'payload-too-large'])
    const none = await learner.post('/v1/records')
    expect([none.statusCode, problemOf(none)]).toEqual([422, 'record-invalid'])
    const more = await learner.post('/v1/records', { record: 'x', trusted: true })
    expect([more.statusCode, problemOf(more)]).toEqual([400, 'validation-failed'])
    const media = await upload(learner, 'application/pdf', 'x')
    expect(media.statusCode).toBe(415)
    expect((await learner.get('/v1/records')).json().items).toEqual([])
  })
})

describe('own records', () => {
  it('are never among credentials, and answer no request', async () => {
    const learner = wallet.as()
    const known = await aSignedBadge('https://old.example/school', await signer())
    const [{ id }] = (await bring(learner, known)).json().records
    expect((await learner.get('/v1/credentials')).json().items).toEqual([])
    expect((await learner.get(`/v1/credentials/${id}`)).statusCode).toBe(404)
    expect((await learner.post(`/v1/credentials/${id}/shares`)).statusCode).toBe(404)
    const verifier = await startTrustedVerifier(wallet, {
      dcql: {
        credentials: [
          {
            id: 'badge',
            format: 'vc+jwt',
            meta: { type_values: [['OpenBadgeCredential']] },
            require_cryptographic_holder_binding: false,
          },
        ],
      },
      changePayload: (payload) => ({
        ...payload,
        client_metadata: undefined,
        response_mode: 'direct_post',
      }),
    })
    const { preview } = await askWith(learner, verifier)
    expect(preview).toMatchObject({ satisfiable: false, requested: [{ candidates: [] }] })
    await verifier.close()
  })

  it('are deleted for good, and go with their holder', async () => {
    const [learner, other] = [wallet.as(), wallet.as()]
    const [{ id }] = (await bring(learner, anElmoFile('Svetsning'))).json().records
    await bring(other, anElmoFile('Svetsning'))
    expect((await learner.delete(`/v1/records/${id}`)).statusCode).toBe(204)
    const again = await learner.delete(`/v1/records/${id}`)
    expect([again.statusCode, problemOf(again)]).toEqual([404, 'record-not-found'])
    await other.delete('/v1/holder')
    const rows = await wallet.rows('records')
    expect(
      rows.filter(({ holder_id }) => [learner.id, other.id].includes(String(holder_id))),
    ).toEqual([])
  })

  it('of one learner are nobody else’s', async () => {
    const [learner, stranger] = [wallet.as(), wallet.as()]
    const [{ id }] = (await bring(learner, anElmoFile('Svetsning'))).json().records
    for (const response of [
      await stranger.get(`/v1/records/${id}`),
      await stranger.delete(`/v1/records/${id}`),
    ])
      expect([response.statusCode, problemOf(response)]).toEqual([404, 'record-not-found'])
    expect((await stranger.get('/v1/records')).json().items).toEqual([])
    expect((await learner.get(`/v1/records/${id}`)).statusCode).toBe(200)
    await withDatabase(wallet, async (query) => {
      expect((await query(learner.id, 'SELECT * FROM records')).rows).toHaveLength(1)
      expect((await query(stranger.id, 'SELECT * FROM records')).rows).toEqual([])
    })
  })

  it('lie sealed, and two learners with the same file cannot be seen to have it', async () => {
    const file = anElmoFile('Planterad svetsning')
    await bring(wallet.as(), file)
    await bring(wallet.as(), file)
    const rows = await wallet.rows('records')
    const bytes = rows.flatMap((row) => Object.values(row).filter(Buffer.isBuffer))
    expect(bytes.some((value) => value.includes('Planterad'))).toBe(false)
    const digests = rows.map(({ digest }) => Buffer.from(Object(digest)).toString('hex'))
    expect(new Set(digests).size).toBe(digests.length)
  })
})
