import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import {
  bakePng,
  bakeSvg,
  drawDefaultBadge,
  drawDefaultBadgeSvg,
  generateSigningKey,
} from '@mikromerit/credentials'
import { elmoNamespace, signDocument } from '@mikromerit/exchange'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faults } from './flow.ts'
import { startVerifier, type TestVerifier } from './support.ts'
import { startTestIssuer, type TestIssuer } from './test-issuer.ts'
import { aBadge, issueBadge } from './vc-credentials.ts'

let verifier: TestVerifier
let issuer: TestIssuer
const now = () => verifier.clock.now()

beforeAll(async () => {
  verifier = await startVerifier({ VERIFICATION_MAX_BYTES: 300_000 })
  issuer = await startTestIssuer({ certifiedIn: verifier.config.DATA_DIR, now })
})
afterAll(async () => {
  await issuer.close()
  await verifier.close()
})

const send = async (contentType: string | undefined, payload: Buffer | string) => {
  const token = await verifier.token('verifications:write')
  return verifier.app.inject({
    method: 'POST',
    url: '/v1/verifications',
    headers: {
      authorization: `Bearer ${token}`,
      ...(contentType !== undefined && { 'content-type': contentType }),
    },
    payload,
  })
}
const sendForm = (...files: readonly (Buffer | string)[]) => {
  const parts = files.map((file) =>
    Buffer.concat([
      Buffer.from(
        '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\ncontent-type: image/png\r\n\r\n',
      ),
      Buffer.from(file),
      Buffer.from('\r\n'),
    ]),
  )
  return send('multipart/form-data; boundary=x', Buffer.concat([...parts, Buffer.from('--x--')]))
}
const paste = (credential: unknown) =>
  verifier.as('verifications:write').post('/v1/verifications', { credential })

const baked = (credential: string, image = drawDefaultBadge({ seed: 'a', size: 16 })) => {
  const made = bakePng(image, credential)
  if (!made.ok) throw new Error(made.code)
  return made.value
}
const bakedSvg = (credential: string) => {
  const made = bakeSvg(
    Buffer.from(drawDefaultBadgeSvg({ seed: 'a', title: 'Algebra' })),
    credential,
  )
  if (!made.ok) throw new Error(made.code)
  return made.value
}

describe('a file', () => {
  it.for(['a form', 'its media type', 'any media type', 'a data: address'])(
    'is taken as %s',
    async (way) => {
      const image = baked(await issueBadge(issuer, { now: now() }))
      const ways: Record<string, () => Promise<{ json(): { outcome: string } }>> = {
        'a form': () => sendForm(image),
        'its media type': () => send('image/png', image),
        'any media type': () => send('application/octet-stream', image),
        'a data: address': () => paste(`data:image/png;base64,${image.toString('base64')}`),
      }
      const report = (await ways[way]?.())?.json()
      expect(report).toMatchObject({ outcome: 'valid', microCredentials: [{}] })
    },
  )

  it('is read by what it is, whatever it is called', async () => {
    const badge = await issueBadge(issuer, { now: now() })
    for (const [type, body] of [
      ['image/png', bakedSvg(badge)],
      ['image/svg+xml', bakedSvg(badge)],
      ['application/xml', badge],
      ['application/vc+jwt', `\n${badge}\n`],
      ['text/plain', await issuer.issue()],
    ] as const)
      expect([type, (await send(type, body)).json().outcome]).toEqual([type, 'valid'])
  })

  it.for<[string, () => Promise<{ statusCode: number; json(): { type: string } }>, number, string]>(
    [
      ['an empty file', () => sendForm(''), 400, 'upload-invalid'],
      ['a form without a file', () => sendForm(), 400, 'upload-invalid'],
      ['two files', () => sendForm('a', 'b'), 400, 'upload-invalid'],
      ['no body', () => send(undefined, ''), 400, 'upload-invalid'],
      ['a file beyond the limit', () => sendForm(Buffer.alloc(300_001)), 413, 'file-too-large'],
      [
        'a body beyond the limit',
        () => send('image/png', Buffer.alloc(300_001)),
        413,
        'file-too-large',
      ],
      ['a media type of no file', () => send('video/mp4', 'x'), 415, 'unsupported-media-type'],
    ],
  )('is refused: %s', async ([, request, status, code]) => {
    const answer = await request()
    expect([answer.statusCode, answer.json().type]).toEqual([
      status,
      `http://localhost:3003/problems/${code}`,
    ])
  })

  it('leaves nothing behind', async () => {
    await sendForm(baked(await issueBadge(issuer, { now: now() })))
    for (const table of ['presentation_requests', 'wallet_requests', 'idempotency_keys'])
      expect(await verifier.rows(table)).toEqual([])
  })
})

const chunk = (type: string, content: Buffer) => {
  const body = Buffer.concat([Buffer.from(type), content])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
const withChunk = (content: Buffer) => {
  const image = drawDefaultBadge({ seed: 'a', size: 16 })
  return Buffer.concat([image.subarray(0, 33), chunk('iTXt', content), image.subarray(33)])
}

describe('a picture', () => {
  const notReadable = { outcome: 'invalid', microCredentials: [] }

  it('that inflates to far more than it is, is refused and not inflated', async () => {
    const bomb = deflateSync(Buffer.alloc(200_000_000))
    const image = withChunk(
      Buffer.concat([Buffer.from('openbadgecredential\0\u0001\0\0\0', 'latin1'), bomb]),
    )
    expect(image.length).toBeLessThan(300_000)
    const before = process.memoryUsage().arrayBuffers
    const answer = await send('image/png', image)
    expect([answer.statusCode, answer.json()]).toMatchObject([200, notReadable])
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000)
  })

  it('with two credentials shows one at most, and never as the other', async () => {
    const [good, other] = [
      await issueBadge(issuer, { now: now() }),
      await issueBadge(issuer, { now: now(), members: { name: 'Ett annat' } }),
    ]
    const extra = Buffer.concat([
      Buffer.from('openbadgecredential\0\0\0\0\0', 'latin1'),
      Buffer.from(other),
    ])
    const image = baked(good)
    const two = Buffer.concat([image.subarray(0, 33), chunk('iTXt', extra), image.subarray(33)])
    const report = (await send('image/png', two)).json()
    expect(report.microCredentials.length).toBeLessThan(2)
  })

  it.for<[string, (svg: string) => string]>([
    [
      'entities',
      (svg) => `<!DOCTYPE svg [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]>${svg}`,
    ],
    [
      'no credential',
      (svg) => svg.replace(/<openbadges:credential[\s\S]*?(\/>|<\/openbadges:credential>)/, ''),
    ],
  ])('as SVG with %s is no credential', async ([, change]) => {
    const svg = bakedSvg(await issueBadge(issuer, { now: now() })).toString()
    const report = (await send('image/svg+xml', change(svg))).json()
    expect(report).toMatchObject(notReadable)
    expect(JSON.stringify(report)).not.toContain('root:')
  })

  it('as SVG with a script is read for its credential alone', async () => {
    const svg = bakedSvg(await issueBadge(issuer, { now: now() })).toString()
    const report = (
      await send('image/svg+xml', svg.replace('</svg>', '<script>alert(1)</script></svg>'))
    ).json()
    expect(JSON.stringify(report)).not.toContain('alert(1)')
  })

  it('without anything in it is no credential', async () => {
    expect((await send('image/png', drawDefaultBadge({ seed: 'a' }))).json()).toMatchObject(
      notReadable,
    )
  })
})

describe('a credential that nobody can check the signature of', () => {
  const reasonOf = (report: Parameters<typeof faults>[0]) =>
    report.checks.find(({ code }) => code === 'signature')?.evidence?.reason
  const edc = {
    '@context': [
      'https://www.w3.org/2018/credentials/v1',
      'http://data.europa.eu/snb/model/context/edc-ap',
    ],
    id: 'urn:credential:1',
    type: ['VerifiableCredential', 'EuropeanDigitalCredential'],
    issuer: { id: 'urn:org:1', type: 'Organisation', legalName: { sv: 'Exempel' } },
    issuanceDate: '2026-06-05T12:00:00Z',
    credentialSubject: {
      type: 'Person',
      hasClaim: [{ type: 'LearningAchievement', title: { sv: 'Algebra' } }],
    },
  }

  it.for<[string, () => unknown, string]>([
    ['an unsigned EDC', () => edc, 'unsigned'],
    ['an unsigned badge', () => aBadge(issuer, { now: now() }), 'unsigned'],
    [
      'a badge with a linked data proof',
      () => ({
        ...aBadge(issuer, { now: now() }),
        proof: { type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022', proofValue: 'z3' },
      }),
      'proof_unsupported',
    ],
    [
      'an EDC sealed with JAdES',
      () => ({ payload: JSON.stringify(edc), signatures: [{ protected: 'e30', signature: 'eA' }] }),
      'seal_unsupported',
    ],
  ])('is undetermined: %s', async ([, document, reason]) => {
    for (const given of [document(), JSON.stringify(document())]) {
      const report = (await paste(given)).json()
      expect([report.outcome, reasonOf(report)]).toEqual(['undetermined', reason])
      expect(report.microCredentials).toHaveLength(1)
      const outcomes = report.checks.slice(1).map(({ outcome }: { outcome: string }) => outcome)
      expect(outcomes).not.toContain('valid')
    }
  })

  it('is not believed about what its words mean, and no context is fetched (S-13)', async () => {
    const url = `${issuer.identifier}/context`
    const badge = aBadge(issuer, { now: now() })
    const members = { '@context': [...(badge['@context'] as string[]), url] }
    const before = { ...issuer.fetches }
    const report = (await paste(await issueBadge(issuer, { now: now(), members }))).json()
    expect(faults(report)).toMatchObject([{ code: 'content', reason: 'context_unknown' }])
    expect(issuer.fetches).toEqual(before)
  })

  it('counts as one each in a presentation that nobody signed', async () => {
    const report = (
      await paste({
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiablePresentation'],
        verifiableCredential: [
          edc,
          await issueBadge(issuer, { now: now() }),
          {
            type: 'EnvelopedVerifiableCredential',
            id: `data:application/vc+jwt,${await issueBadge(issuer, { now: now() })}`,
          },
        ],
      })
    ).json()
    expect(report.microCredentials).toHaveLength(3)
    expect(report.outcome).toBe('undetermined')
  })

  it('is one of a hundred at most, however they lie inside of each other', async () => {
    const presentation = (inside: unknown) => ({
      type: ['VerifiablePresentation'],
      verifiableCredential: Array.from({ length: 20 }, () => inside),
    })
    const report = (await paste(presentation(presentation('x')))).json()
    expect(report.checks.length).toBeLessThan(120)
    expect(faults(report)).toContainEqual({
      code: 'format',
      outcome: 'undetermined',
      reason: 'too_many_credentials',
    })
  })

  it('is one of a hundred at most, also where each presentation is signed by itself', async () => {
    const contexts = ['https://www.w3.org/ns/credentials/v2']
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
    const enclosed = {
      type: 'EnvelopedVerifiableCredential',
      id: 'data:application/vc+jwt,e30.e30.e30',
    }
    const payload = {
      '@context': contexts,
      type: ['VerifiablePresentation'],
      verifiableCredential: Array.from({ length: 20 }, () => enclosed),
    }
    const signed = `${encode({ alg: 'ES256', typ: 'vp+jwt' })}.${encode(payload)}.e30`
    const report = (
      await paste({ ...payload, verifiableCredential: Array.from({ length: 20 }, () => signed) })
    ).json()
    expect(report.checks.length).toBeGreaterThan(80)
    expect(report.checks.length).toBeLessThan(110)
    const reasons = faults(report).map(({ reason }) => reason)
    expect(reasons.filter((reason) => reason === 'too_many_credentials')).toHaveLength(1)
  })

  it.for<[string, unknown]>([
    ['JSON with a name twice', '{"type":"a","type":"b"}'],
    ['JSON nested without end', '{"a":'.repeat(5_000)],
    [
      'an envelope in an envelope in an envelope',
      Array.from({ length: 8 }).reduce<string>(
        (inside) => `data:text/plain,${encodeURIComponent(inside)}`,
        'x',
      ),
    ],
    ['an object nested without end', JSON.parse(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`)],
    ['a data: address without end', `data:${'a'.repeat(390_000)}`],
    ['HTML', '<!doctype html><html><body>eyJ</body></html>'],
    [
      'an enormous presentation',
      {
        type: 'VerifiablePresentation',
        verifiableCredential: Array.from({ length: 1_000 }, () => 'x'),
      },
    ],
  ])('is no credential at all: %s', async ([, given]) => {
    const answer = await paste(given)
    expect([answer.statusCode, answer.json()]).toMatchObject([
      200,
      { outcome: 'invalid', microCredentials: [] },
    ])
  })
})

describe('an ELMO file', () => {
  const elmo = (course = 'Algebra', count = 1) => `<?xml version="1.0" encoding="UTF-8"?>
<elmo xmlns="${elmoNamespace}"><generatedDate>2026-06-10T12:00:00+02:00</generatedDate>
<learner><givenNames>Åsa</givenNames><familyName>Öst</familyName></learner>
<report><issuer><country>SE</country><identifier type="schac">example.se</identifier><title xml:lang="sv">Exempeluniversitetet</title><url>https://www.example.se</url></issuer>
${`<learningOpportunitySpecification><identifier type="local">M1</identifier><title xml:lang="sv">${course}</title><specifies><learningOpportunityInstance><date>2026-06-05</date><status>passed</status><credit><scheme>ects</scheme><value>3</value></credit></learningOpportunityInstance></specifies></learningOpportunitySpecification>`.repeat(count)}
<issueDate>2026-06-10T12:00:00+02:00</issueDate></report></elmo>
`
  const signed = (xml: string) => signDocument(xml, issuer.signer)

  it('that somebody known has sealed is valid, and says who', async () => {
    const report = (await send('application/xml', await signed(elmo('Algebra', 2)))).json()
    expect([report.outcome, faults(report)]).toEqual(['valid', []])
    expect(report.microCredentials).toMatchObject(
      Array.from({ length: 2 }, () => ({
        title: 'Algebra',
        issuer: { identifier: issuer.identifier },
        awardingBodies: [{ name: 'Exempeluniversitetet' }],
      })),
    )
  })

  it('that nobody has sealed is undetermined, in any encoding', async () => {
    for (const bytes of [
      elmo(),
      Buffer.from(`\ufeff${elmo().replace('UTF-8', 'UTF-16')}`, 'utf16le'),
    ]) {
      const report = (await send('application/xml', Buffer.from(bytes))).json()
      expect(report).toMatchObject({
        outcome: 'undetermined',
        microCredentials: [{ title: 'Algebra' }],
      })
      expect(faults(report)).toContainEqual({
        code: 'signature',
        outcome: 'undetermined',
        reason: 'unsigned',
      })
    }
    expect((await paste(elmo())).json().outcome).toBe('undetermined')
  })

  it('is held to the keys that the registry has of its sealer (V-17)', async () => {
    const { publicJwk } = generateSigningKey()
    const entry = {
      identifier: issuer.identifier,
      legalName: { sv: 'Exempel', en: 'Example' },
      since: '2020-01-01T00:00:00Z',
    }
    const put = (keys: object[] | undefined) =>
      verifier
        .as('trust:write')
        .put('/v1/trust/issuers/exempel', { ...entry, ...(keys && { keys }) })
    const verifySealed = async () => (await send('application/xml', await signed(elmo()))).json()
    await put([publicJwk])
    expect(faults(await verifySealed())[0]).toMatchObject({
      code: 'issuer_key',
      outcome: 'invalid',
      reason: 'issuer_mismatch',
    })
    await put([issuer.signer.publicJwk])
    expect((await verifySealed()).outcome).toBe('valid')
    await put(undefined)
  })

  it('that was altered after it was sealed shows nothing', async () => {
    const altered = (await signed(elmo())).replace('<value>3</value>', '<value>30</value>')
    const report = (await send('application/xml', altered)).json()
    expect(report).toMatchObject({ outcome: 'invalid', microCredentials: [] })
    expect(faults(report)).toContainEqual(
      expect.objectContaining({ code: 'signature', reason: 'signature_invalid' }),
    )
  })

  it('sealed by a stranger is undetermined', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mikromerit-'))
    const stranger = await startTestIssuer({ certifiedIn: folder, now })
    await stranger.close()
    rmSync(folder, { recursive: true })
    const report = (
      await send('application/xml', await signDocument(elmo(), stranger.signer))
    ).json()
    expect(report.outcome).toBe('undetermined')
    expect(report.checks.map(({ outcome }: { outcome: string }) => outcome).slice(1)).not.toContain(
      'valid',
    )
  })

  it.for<[string, string]>([
    [
      'entities',
      elmo().replace('<elmo', '<!DOCTYPE elmo [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><elmo'),
    ],
    ['another root', '<?xml version="1.0"?><notElmo/>'],
    ['an end that is missing', elmo().slice(0, -20)],
    [
      'more elements than any has',
      elmo().replace('</report>', `${'<x/>'.repeat(60_000)}</report>`),
    ],
  ])('with %s is refused', async ([, xml]) => {
    const report = (await send('application/xml', xml)).json()
    expect(report).toMatchObject({ outcome: 'invalid', microCredentials: [] })
  })

  it('with more than is checked at once says so', async () => {
    const report = (await send('application/xml', elmo('A', 101))).json()
    expect(report.microCredentials).toHaveLength(100)
    expect(faults(report)[0]).toMatchObject({ code: 'format', reason: 'too_many_credentials' })
  })
})
