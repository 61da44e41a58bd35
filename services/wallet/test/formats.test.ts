import { buildDidJwk, projectOpenBadge, signOpenBadgeJwt } from '@mikromerit/credentials'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AwardAtIssuer, anAward, anAwardAtIssuer } from './support/award-issuer.ts'
import { acceptOffer, notificationsOf, previewOffer, startTrustedIssuer } from './support/flow.ts'
import type { ThirdPartyIssuer } from './support/third-party-issuer.ts'
import { problemOf, startWallet, type TestWallet } from './support/wallet.ts'

let wallet: TestWallet
let issuer: ThirdPartyIssuer
let award: AwardAtIssuer

beforeAll(async () => {
  wallet = await startWallet()
  issuer = await startTrustedIssuer(wallet)
})
afterAll(async () => {
  await wallet.close()
  await issuer.close()
})

/** The issuer has one fresh award to give, in every format. */
const offerAward = () => {
  award = anAwardAtIssuer(anAward({}), () => wallet.clock.now())
  issuer.reset(award.behaviour)
  return issuer.offer()
}
const asked = () =>
  issuer.requests
    .filter(({ path }) => path === '/credential')
    .map(({ body }) => JSON.parse(body).credential_configuration_id)

/** Spoils what is issued under one configuration. */
const spoil = (configurationId: string, change: (token: string) => string) => {
  const { issueAs } = issuer.behaviour
  issuer.behaviour.issueAs = async (id, request) => {
    const token = (await issueAs(id, request)) ?? ''
    return id === configurationId ? change(token) : token
  }
}

describe('an offer of one award in three formats', () => {
  it('says which names are one credential', async () => {
    const preview = (await previewOffer(wallet.as(), offerAward())).json()
    expect(preview.credentials).toMatchObject([
      { configurationId: 'MicroCredential_sd_jwt_vc', supported: true },
      { configurationId: 'MicroCredential_elm', format: 'vc+jwt', supported: true },
      {
        configurationId: 'MicroCredential_elm_jwt_vc_json',
        supported: false,
        sameAs: 'MicroCredential_elm',
      },
      { configurationId: 'MicroCredential_open_badge', supported: true },
      { supported: false, sameAs: 'MicroCredential_open_badge' },
    ])
  })

  it('brings each once, under a key of its own, as one award', async () => {
    const learner = wallet.as()
    const response = await acceptOffer(learner, offerAward())
    expect(response.statusCode).toBe(201)
    expect(asked()).toEqual([
      'MicroCredential_sd_jwt_vc',
      'MicroCredential_elm',
      'MicroCredential_open_badge',
    ])
    const { items } = (await learner.get('/v1/credentials')).json()
    const ids = items.map(({ id, format }: { id: string; format: string }) => ({ id, format }))
    expect(items).toHaveLength(3)
    for (const item of items) {
      expect(item).toMatchObject({
        title: 'Datadriven affärsutveckling',
        issuerTrust: 'certificate',
        status: { state: 'valid' },
        award: { id: `urn:uuid:${award.record.award.id}` },
        microCredential: {
          title: 'Datadriven affärsutveckling',
          workload: { hours: 80 },
          learner: { familyName: 'Exempelsson' },
          achievementId: `${issuer.identifier}/achievements/${award.record.achievement.id}`,
        },
      })
      expect(item.award.credentials).toEqual(expect.arrayContaining(ids))
    }
    expect(items.map(({ types }: { types?: string[] }) => types?.at(-1)).sort()).toEqual([
      'EuropeanDigitalCredential',
      'OpenBadgeCredential',
      undefined,
    ])
    const keys = issuer.requests
      .filter(({ path }) => path === '/credential')
      .map(({ body }) => JSON.parse(body).proofs.jwt[0].split('.')[0])
    expect(new Set(keys).size).toBe(3)
  })

  it('keeps them sealed, raw as they were signed', async () => {
    const learner = wallet.as()
    const { credentials } = (await acceptOffer(learner, offerAward())).json()
    const raws: string[] = []
    for (const { id } of credentials)
      raws.push((await learner.get(`/v1/credentials/${id}`)).json().raw)
    expect(raws).toEqual(issuer.issued)
    const rows = JSON.stringify(await wallet.rows('credentials'))
    for (const text of ['Datadriven', 'Exempelsson', 'vc+jwt', issuer.identifier])
      expect([text, Buffer.from(rows).includes(text)]).toEqual([text, false])
  })

  it('shows everything in a VC-JWT as visible, and nothing as a choice', async () => {
    const learner = wallet.as()
    const { credentials } = (await acceptOffer(learner, offerAward())).json()
    const detail = (await learner.get(`/v1/credentials/${credentials[1].id}`)).json()
    expect(detail).toMatchObject({ disclosable: [], disclosureProfiles: [] })
    expect(detail.alwaysVisible.map(({ path }: { path: string[] }) => path.join('.'))).toContain(
      'credentialSubject.hasClaim',
    )
  })

  it('takes the older name alone where only that is offered', async () => {
    offerAward()
    issuer.behaviour.configurations = ['MicroCredential_elm_jwt_vc_json']
    const response = await acceptOffer(wallet.as(), issuer.offer())
    expect(response.json().credentials).toMatchObject([{ format: 'jwt_vc_json' }])
  })
})

describe('an issuer whose status lists cannot be had', () => {
  it('gives its credentials no less, and their status is unknown', async () => {
    const learner = wallet.as()
    const link = offerAward()
    award.isReachable = false
    wallet.clock.advance(61)
    const { credentials, refused } = (await acceptOffer(learner, link)).json()
    expect(refused).toBeUndefined()
    expect(credentials.map(({ status }: { status: { state: string } }) => status.state)).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ])
  })
})

describe('of several formats, one that is refused', () => {
  const refusal = {
    configurationId: 'MicroCredential_elm',
    format: 'vc+jwt',
    problem: 'credential-rejected',
  }

  it('is named, and takes none of the others along; again asks for it alone', async () => {
    const learner = wallet.as()
    const link = offerAward()
    spoil('MicroCredential_elm', (token) => `${token.slice(0, -4)}AAAA`)
    const { id } = (await previewOffer(learner, link)).json()
    const first = await learner.post(`/v1/offers/${id}/accept`)
    expect(first.statusCode).toBe(201)
    expect(first.json().credentials).toHaveLength(2)
    expect(first.json().refused).toMatchObject([refusal])
    const told = await notificationsOf(issuer, 3)
    expect(told).toContain('credential_failure')
    expect(told).toContain('credential_accepted')

    const again = await learner.post(`/v1/offers/${id}/accept`)
    expect([again.statusCode, problemOf(again)]).toEqual([422, 'credential-rejected'])
    expect((await learner.get('/v1/credentials')).json().items).toHaveLength(2)

    issuer.reset(award.behaviour)
    const last = await learner.post(`/v1/offers/${id}/accept`)
    expect(asked()).toEqual(['MicroCredential_elm'])
    expect(last.json()).toMatchObject({ credentials: [{ format: 'vc+jwt' }] })
    expect(last.json().refused).toBeUndefined()
    const { items } = (await learner.get('/v1/credentials')).json()
    expect(items).toHaveLength(3)
    expect(items[0].award.credentials).toHaveLength(3)
    expect(problemOf(await learner.post(`/v1/offers/${id}/accept`))).toBe('offer-already-accepted')
  })

  it('because the issuer went away keeps what came before', async () => {
    const learner = wallet.as()
    const link = offerAward()
    const { answer } = issuer.behaviour
    let count = 0
    issuer.behaviour.answer = (request) =>
      request.path === '/credential' && ++count > 1 ? { status: 503 } : answer(request)
    const { id } = (await previewOffer(learner, link)).json()
    const first = (await learner.post(`/v1/offers/${id}/accept`)).json()
    expect(first.credentials).toMatchObject([{ format: 'dc+sd-jwt' }])
    expect(first.refused).toMatchObject([
      { configurationId: 'MicroCredential_elm', problem: 'issuer-unreachable' },
      { configurationId: 'MicroCredential_open_badge', problem: 'issuer-unreachable' },
    ])
    expect(count).toBe(2)
    issuer.reset(award.behaviour)
    expect((await learner.post(`/v1/offers/${id}/accept`)).json().credentials).toHaveLength(2)
    expect((await learner.get('/v1/credentials')).json().items).toHaveLength(3)
  })

  it('can be declined for good', async () => {
    const learner = wallet.as()
    const link = offerAward()
    spoil('MicroCredential_elm', () => 'nothing')
    const { id } = (await previewOffer(learner, link)).json()
    await learner.post(`/v1/offers/${id}/accept`)
    expect((await learner.post(`/v1/offers/${id}/decline`)).statusCode).toBe(204)
    expect(problemOf(await learner.post(`/v1/offers/${id}/accept`))).toBe('offer-declined')
    expect((await learner.get('/v1/credentials')).json().items).toHaveLength(2)
  })
})

describe('a VC-JWT', () => {
  const offerElm = () => {
    offerAward()
    issuer.behaviour.configurations = ['MicroCredential_elm']
  }
  const withPayload = async (changes: Record<string, unknown>) => {
    offerElm()
    const { issueAs } = issuer.behaviour
    issuer.behaviour.issueAs = async (id, request) => {
      const [header = '', payload = ''] = ((await issueAs(id, request)) ?? '').split('.')
      const read = JSON.parse(Buffer.from(payload, 'base64url').toString())
      const changed = Buffer.from(JSON.stringify({ ...read, ...changes })).toString('base64url')
      const signature = await request.signer.sign(`${header}.${changed}`)
      return `${header}.${changed}.${signature.toString('base64url')}`
    }
  }

  it.each<[string, () => void | Promise<void>, RegExp]>([
    ['of another type', () => withPayload({ type: ['VerifiableCredential', 'X'] }), /type/],
    ['bound to nobody', () => withPayload({ cnf: undefined }), /bound/],
    [
      'bound to another key',
      () => withPayload({ cnf: { jwk: { ...issuer.behaviour, kty: 'EC' } } }),
      /bound/,
    ],
    [
      'of another issuer',
      () => withPayload({ issuer: 'https://other.example', iss: 'https://other.example' }),
      /another issuer/,
    ],
    ['whose iss and issuer differ', () => withPayload({ iss: 'https://x.example' }), /claim_misma/],
    ['that has expired', () => withPayload({ exp: 1_000 }), /expired/],
    [
      'with terms of its own',
      () => withPayload({ '@context': ['https://www.w3.org/ns/credentials/v2', { title: 'x:y' }] }),
      /terms of its own/,
    ],
    [
      'that is an SD-JWT',
      () => {
        offerElm()
        spoil('MicroCredential_elm', (token) => `${token}~`)
      },
      /well-formed VC-JWT/,
    ],
    [
      'that was revoked before it came',
      () => {
        offerElm()
        award.status = 'revoked'
        // The list that is kept from before has run out.
        wallet.clock.advance(61)
      },
      /revoked/,
    ],
  ])('%s is not kept', async (_what, arrange, detail) => {
    await arrange()
    const before = await wallet.counts()
    const response = await acceptOffer(wallet.as(), issuer.offer())
    expect([response.statusCode, problemOf(response)]).toEqual([422, 'credential-rejected'])
    expect(response.json().detail).toMatch(detail)
    const { credentials, history } = await wallet.counts()
    expect({ credentials, history }).toEqual({
      credentials: before.credentials,
      history: before.history,
    })
  })
})

describe('an award that is offered again', () => {
  it('is the same award, whichever of its credentials is looked at', async () => {
    const learner = wallet.as()
    // The list of the test before, in which everything was revoked, has run out.
    wallet.clock.advance(61)
    const first = (await acceptOffer(learner, offerAward())).json().credentials
    issuer.reset({ ...award.behaviour, configurations: ['MicroCredential_elm'] })
    const [again] = (await acceptOffer(learner, issuer.offer())).json().credentials
    expect(again.award.credentials).toHaveLength(4)
    for (const { id } of [...first, again]) {
      const { award: shown } = (await learner.get(`/v1/credentials/${id}`)).json()
      expect(shown.credentials).toHaveLength(4)
    }
    const { items } = (await learner.get('/v1/credentials?limit=1')).json()
    expect(items[0].award.credentials).toHaveLength(4)
  })

  it('cannot be seen in the database to be another learner’s too', async () => {
    const [one, other] = [wallet.as(), wallet.as()]
    await acceptOffer(one, offerAward())
    issuer.reset(award.behaviour)
    await acceptOffer(other, issuer.offer())
    const rows = await wallet.rows('credentials')
    const macsOf = ({ id }: { id: string }) =>
      rows
        .filter(({ holder_id, award_mac }) => holder_id === id && award_mac)
        .map(({ award_mac }) => Buffer.from(Object(award_mac)).toString('hex'))
    const [mine, theirs] = [new Set(macsOf(one)), new Set(macsOf(other))]
    expect([mine.size, theirs.size]).toEqual([1, 1])
    expect([...mine].filter((mac) => theirs.has(mac))).toEqual([])
  })
})

describe('a badge signed as Open Badges demands, without certificates', () => {
  const offerBadge = (keyPath: string) => {
    offerAward()
    issuer.behaviour.configurations = ['MicroCredential_open_badge']
    const { answer } = issuer.behaviour
    issuer.behaviour.issueAs = (_id, { identifier, signer, holderKey }) => {
      issuer.behaviour.answer = (request) =>
        request.path === keyPath ? { body: { ...signer.publicJwk } } : answer(request)
      const { credential } = projectOpenBadge(award.record, {
        issuer: identifier,
        validFrom: wallet.clock.now(),
        subjectId: buildDidJwk(holderKey),
      })
      return signOpenBadgeJwt({ credential, signer, keyUrl: `${issuer.origin}${keyPath}` })
    }
    return issuer.offer()
  }

  it('is kept when its key lies at the issuer’s own address', async () => {
    const response = await acceptOffer(wallet.as(), offerBadge('/school/keys/1'))
    expect(response.json().credentials).toMatchObject([
      { format: 'vc+jwt', issuerTrust: 'metadata' },
    ])
  })

  it.each(['/other-school/keys/1', '/school/../other-school/keys/1', '/schoolhouse/keys/1'])(
    'is not when its key lies at %s, which may be another issuer’s on the same host',
    async (path) => {
      const before = await wallet.counts()
      const response = await acceptOffer(wallet.as(), offerBadge(path))
      expect([response.statusCode, problemOf(response)]).toEqual([422, 'issuer-untrusted'])
      expect((await wallet.counts()).credentials).toBe(before.credentials)
    },
  )
})

describe('metadata that an issuer lets be kept', () => {
  const metadataRequests = () =>
    issuer.requests.filter(({ path }) => path.startsWith('/.well-known/openid-credential')).length

  it('is asked for once, until it names another configuration or its time is over', async () => {
    const learner = wallet.as()
    wallet.clock.advance(400)
    offerAward()
    issuer.behaviour.configurations = ['MicroCredential_elm']
    issuer.behaviour.headers = { 'cache-control': 'public, max-age=60' }
    for (let times = 0; times < 3; times += 1) await previewOffer(learner, issuer.offer())
    expect(metadataRequests()).toBe(1)
    issuer.behaviour.configurations = ['MicroCredential_elm', 'MicroCredential_open_badge']
    const preview = await previewOffer(learner, issuer.offer())
    expect([preview.statusCode, metadataRequests()]).toEqual([200, 2])
    wallet.clock.advance(61)
    await previewOffer(learner, issuer.offer())
    expect(metadataRequests()).toBe(3)
  })
})
