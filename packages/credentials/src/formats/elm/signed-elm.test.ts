import { describe, expect, it } from 'vitest'
import { anAwardRecord } from '../../../test/award-records.ts'
import { elmComponents, elmIssuer, elmOptions, elmValidation } from '../../../test/elm-documents.ts'
import { keys, now } from '../../../test/forged-token.ts'
import { importPublicJwk } from '../../jose/jwk.ts'
import { createSoftwareSigner } from '../../jose/signer.ts'
import { signVcJwt } from '../../vc-jose/sign-vc-jwt.ts'
import { verifyVcJwt } from '../../vc-jose/verify-vc-jwt.ts'
import { normaliseElm } from './normalise-elm.ts'
import { projectElm } from './project-elm.ts'

describe('a signed European Digital Credential', () => {
  it('verifies, however deep its parts lie, and reads as the award', async () => {
    const assessments = [{ types: ['quiz', 'portfolio'] }]
    const record = anAwardRecord({ award: { validation: elmValidation, assessments } })
    const { credential } = projectElm(record, {
      ...elmOptions,
      profile: 'accredited',
      components: elmComponents,
    })
    const token = await signVcJwt({
      credential,
      signer: createSoftwareSigner(keys.issuer),
      issuedAt: elmOptions.issuedAt,
      expiresAt: new Date('2031-06-05T12:00:00Z'),
    })
    const verified = verifyVcJwt({ token, keys: [importPublicJwk(keys.issuer.publicJwk)], now })
    expect(verified).toMatchObject({ ok: true })
    const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    expect(normaliseElm(payload)).toMatchObject({
      ok: true,
      value: {
        title: 'Datadriven affärsutveckling',
        issuer: { identifier: elmIssuer },
        validation: { purpose: 'competence' },
        expiresAt: '2031-06-05T12:00:00.000Z',
      },
    })
  })
})
