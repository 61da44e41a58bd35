import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createCertifiedSigner } from './support/authorities.ts'
import { type AwardAtIssuer, anAward, anAwardAtIssuer } from './support/award-issuer.ts'
import { acceptOffer, receive, startTrustedIssuer } from './support/flow.ts'
import { serve } from './support/http-server.ts'
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

/** A learner who holds one award in the given formats. */
const givenAward = async (
  configurations = ['MicroCredential_sd_jwt_vc', 'MicroCredential_elm'],
  learner = wallet.as(),
) => {
  const award = anAwardAtIssuer(anAward({}), () => wallet.clock.now())
  issuer.reset({ ...award.behaviour, configurations })
  // Lists that are kept from the award before have run out.
  wallet.clock.advance(61)
  const { credentials } = (await acceptOffer(learner, issuer.offer())).json()
  const ids: string[] = credentials.map(({ id }: { id: string }) => id)
  return { award, learner, ids }
}

const ask = async (learner: Learner, id = '') =>
  (await learner.post(`/v1/credentials/${id}/status`)).json()
const shown = async (learner: Learner, id = '') =>
  (await learner.get(`/v1/credentials/${id}`)).json().status

const replace = (award: AwardAtIssuer, by: Partial<AwardAtIssuer['replacedBy']> = {}) => {
  award.status = 'revoked'
  award.replacedBy = {
    awardId: crypto.randomUUID(),
    credentialIds: [],
    reason: 'result_changed',
    ...by,
  }
}

describe('POST /v1/credentials/{credential}/status', () => {
  it.each([
    ['valid', 'valid'],
    ['suspended', 'suspended'],
    ['revoked', 'revoked'],
  ] as const)('says %s of both kinds of list, and keeps it', async (status, state) => {
    const { award, learner, ids } = await givenAward()
    award.status = status
    for (const id of ids) {
      const checkedAt = wallet.clock.now().toISOString()
      expect(await ask(learner, id)).toEqual({ state, checkedAt })
      expect(await shown(learner, id)).toEqual({ state, checkedAt })
    }
  })

  it('says what took its place, and finds that here', async () => {
    const { award, learner, ids } = await givenAward()
    const old = issuer.identifier
    const next = await givenAward(['MicroCredential_elm'], learner)
    expect(issuer.identifier).toBe(old)
    issuer.reset(award.behaviour)
    replace(award, { awardId: next.award.record.award.id })
    for (const id of ids)
      expect(await ask(learner, id)).toMatchObject({
        state: 'replaced',
        replacedBy: {
          award: `urn:uuid:${next.award.record.award.id}`,
          reason: 'result_changed',
          credentials: next.ids,
        },
      })
    const [newest] = next.ids
    const { items } = (await learner.get('/v1/credentials')).json()
    expect(items.find(({ id }: { id: string }) => id === newest).status.state).toBe('valid')
    expect(items.find(({ id }: { id: string }) => id === ids[0]).status.state).toBe('replaced')
  })

  it('finds the credential by its own name as well, and names none that others hold', async () => {
    const { award, learner, ids } = await givenAward()
    const next = await givenAward(['MicroCredential_sd_jwt_vc'])
    issuer.reset(award.behaviour)
    replace(award, { credentialIds: next.award.issuedIds })
    expect((await ask(learner, ids[0])).replacedBy.credentials).toEqual([])
    const own = await givenAward(['MicroCredential_sd_jwt_vc'], learner)
    issuer.reset(award.behaviour)
    replace(award, { credentialIds: own.award.issuedIds })
    expect((await ask(learner, ids[0])).replacedBy.credentials).toEqual(own.ids)
  })

  it('is unknown, never valid, when the issuer cannot be asked', async () => {
    const { award, learner, ids } = await givenAward()
    award.isReachable = false
    wallet.clock.advance(61)
    for (const id of ids) {
      expect((await ask(learner, id)).state).toBe('unknown')
      expect((await shown(learner, id)).state).toBe('unknown')
    }
  })

  it('is unknown when somebody else signed the list', async () => {
    const { award, learner, ids } = await givenAward()
    award.statusSigner = await createCertifiedSigner(wallet.config.DATA_DIR, {
      dns: 'other.example',
    })
    for (const id of ids) expect((await ask(learner, id)).state).toBe('unknown')
  })

  it('does not believe a replacement that somebody else signed: revoked it is', async () => {
    const { award, learner, ids } = await givenAward(['MicroCredential_sd_jwt_vc'])
    award.status = 'revoked'
    expect((await ask(learner, ids[0])).state).toBe('revoked')
    replace(award)
    award.statusSigner = await createCertifiedSigner(wallet.config.DATA_DIR, {
      dns: 'other.example',
    })
    expect(await ask(learner, ids[0])).toEqual({
      state: 'revoked',
      checkedAt: expect.any(String),
    })
  })

  it('tells no other host which credential it asks about', async () => {
    const { award, learner, ids } = await givenAward(['MicroCredential_sd_jwt_vc'])
    const other = await serve(() => ({ status: 404, body: {} }))
    replace(award)
    award.replacementEndpoint = `${other.origin}/replacements`
    expect((await ask(learner, ids[0])).state).toBe('revoked')
    expect(other.requests).toEqual([])
    await other.close()
  })

  it('stays revoked, whatever the issuer says or does not say later', async () => {
    const { award, learner, ids } = await givenAward()
    award.status = 'revoked'
    for (const id of ids) await ask(learner, id)
    award.status = 'valid'
    for (const id of ids) expect((await ask(learner, id)).state).toBe('revoked')
    award.isReachable = false
    for (const id of ids) expect((await ask(learner, id)).state).toBe('revoked')
  })

  it('says expired of what has come to its end', async () => {
    const learner = wallet.as()
    issuer.reset()
    const [id] = await receive(learner, issuer)
    expect((await shown(learner, id)).state).toBe('not_published')
    wallet.clock.advance(86_401)
    expect((await shown(learner, id)).state).toBe('expired')
    wallet.clock.advance(-86_401)
  })

  it('is not for another learner', async () => {
    const { ids } = await givenAward()
    const response = await wallet.as().post(`/v1/credentials/${ids[0]}/status`)
    expect([response.statusCode, problemOf(response)]).toEqual([404, 'credential-not-found'])
  })
})

describe('a look at credentials', () => {
  it('asks again about what was asked long ago, and shows nothing old as valid', async () => {
    const { award, learner, ids } = await givenAward()
    award.status = 'suspended'
    wallet.clock.advance(901)
    expect((await shown(learner, ids[0])).state).toBe('valid')
    await vi.waitFor(async () => expect((await shown(learner, ids[0])).state).toBe('suspended'), {
      timeout: 10_000,
      interval: 50,
    })
    await learner.get('/v1/credentials')
    await vi.waitFor(async () => expect((await shown(learner, ids[1])).state).toBe('suspended'), {
      timeout: 10_000,
      interval: 50,
    })
    award.isReachable = false
    wallet.clock.advance(86_401)
    expect((await shown(learner, ids[0])).state).toBe('unknown')
  })

  it('shows what an award in several formats has lost only once it is known for each', async () => {
    const { award, learner, ids } = await givenAward()
    award.status = 'revoked'
    await ask(learner, ids[1])
    expect((await shown(learner, ids[0])).state).toBe('valid')
    expect((await shown(learner, ids[1])).state).toBe('revoked')
  })
})
