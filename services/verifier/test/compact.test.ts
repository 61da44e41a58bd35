import {
  type AwardRecord,
  achievementExample,
  awardExample,
  normaliseAchievement,
  normaliseAward,
  organisationExample,
  projectCompact,
  type Signer,
  signCompactCredential,
} from '@mikromerit/credentials'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startVerifier, type TestVerifier } from './support.ts'
import { startTestIssuer, type TestIssuer } from './test-issuer.ts'

let verifier: TestVerifier
let issuer: TestIssuer
const now = () => verifier.clock.now()
beforeAll(async () => {
  verifier = await startVerifier()
  issuer = await startTestIssuer({ certifiedIn: verifier.config.DATA_DIR, now })
})
afterAll(async () => {
  await issuer.close()
  await verifier.close()
})

const content = normaliseAchievement(achievementExample)
const record: AwardRecord = {
  organisation: organisationExample,
  achievement: { id: awardExample.achievementId, version: 1, ...content },
  award: { id: '0190c1a2-0000-7000-8000-0000000000a1', ...normaliseAward(awardExample, content) },
}

async function onPaper(signer: Signer = issuer.signer, idx = 3): Promise<string> {
  const { identifier, statusListUri } = issuer
  const signed = await signCompactCredential({
    claims: projectCompact(record, { issuer: identifier }),
    issuer: identifier,
    id: '0190c1a2-0000-7000-8000-0000000000c1',
    issuedAt: now(),
    expiresAt: new Date(now().getTime() + 86_400_000),
    status: { uri: statusListUri, idx },
    signer,
  })
  if (!signed.ok) throw new Error(signed.code)
  return signed.value
}

const publish = (certificates: object) => {
  const { publicJwk, kid } = issuer.signer
  const jwks = { keys: [{ ...publicJwk, kid, ...certificates }] }
  issuer.answerWith('/.well-known/jwt-vc-issuer/exempel', {
    status: 200,
    type: 'application/json',
    body: JSON.stringify({ issuer: issuer.identifier, jwks }),
  })
}
const verify = async (credential: string) => {
  const answer = await verifier.as('verifications:write').post('/v1/verifications', { credential })
  return answer.json()
}

describe('a code on paper', () => {
  it('is valid when the certificates beside the published key lead to an anchor', async () => {
    publish({ x5c: issuer.signer.x5c })
    const report = await verify(await onPaper())
    expect([report.outcome, report.microCredentials[0].title]).toEqual([
      'valid',
      'Datadriven affärsutveckling',
    ])
  })

  it('is revoked with its award', async () => {
    issuer.setStatus(9, 1)
    verifier.clock.advance(120)
    const report = await verify(await onPaper(issuer.signer, 9))
    expect(report.outcome).toBe('invalid')
  })

  it('is undetermined when nobody vouches for the key', async () => {
    verifier.clock.advance(3_600)
    publish({})
    const report = await verify(await onPaper())
    expect(report.outcome).toBe('undetermined')
    expect(report.checks[1].evidence.reason).toBe('issuer_untrusted')
  })

  it('is invalid when it was altered', async () => {
    const text = await onPaper()
    const report = await verify(
      `${text.slice(0, -6)}${text.slice(-6) === 'ABCDEF' ? 'FEDCBA' : 'ABCDEF'}`,
    )
    expect(report.outcome).toBe('invalid')
  })
})
