import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startVerifier, type TestVerifier } from './support.ts'

const shared = join(import.meta.dirname, '../../../../shared')
const folders = [
  'elm/samples',
  'elm/examples',
  'elm/elmo',
  'vectors/ob3',
  'vectors/vcdm2',
  'vectors/vc-jose-cose',
  'vectors/openid4vp/credentials',
]
const files = folders
  .map((folder) => join(shared, folder))
  .filter(existsSync)
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((path) => /\.(json|jsonld|xml|txt)$/.test(path))

let verifier: TestVerifier
beforeAll(async () => {
  verifier = await startVerifier()
})
afterAll(() => verifier.close())

const upload = async (path: string) =>
  verifier.app.inject({
    method: 'POST',
    url: '/v1/verifications',
    headers: {
      authorization: `Bearer ${await verifier.token('verifications:write')}`,
      'content-type': 'application/octet-stream',
    },
    payload: readFileSync(path),
  })

describe.skipIf(files.length === 0)('files that others have published', () => {
  it.for(files.map((path) => [path.slice(shared.length + 1), path] as const))(
    'are answered with a report, and none is valid, since nobody here knows who made them: %s',
    async ([, path]) => {
      const answer = await upload(path)
      expect(answer.statusCode).toBe(200)
      const report = answer.json()
      expect(report.outcome).not.toBe('valid')
      expect(report.checks.length).toBeGreaterThan(0)
    },
  )

  it.for<[string, string, string]>([
    ['elm/samples/Sample-MC-Annex1-signed.jsonld', 'seal_unsupported', 'undetermined'],
    ['elm/samples/Sample-MC-Annex1-unsigned.jsonld', 'unsigned', 'undetermined'],
    ['elm/examples/elmo-1.7.xml', 'unsigned', 'undetermined'],
    // Published with a signature that is not its own.
    ['elm/elmo/elmo-1.7.0-example.xml', 'signature_invalid', 'invalid'],
    ['vectors/ob3/fullOpenBadge.json', 'unsigned', 'undetermined'],
  ])('say what could not be checked: %s %s', async ([name, reason, outcome]) => {
    const report = (await upload(join(shared, name))).json()
    const reasons = report.checks.map(
      ({ code, evidence }: { code: string; evidence: { reason: string } }) => [
        code,
        evidence.reason,
      ],
    )
    expect([report.outcome, reasons]).toEqual([
      outcome,
      expect.arrayContaining([['signature', reason]]),
    ])
    expect(report.microCredentials.length > 0).toBe(outcome !== 'invalid')
  })
})
