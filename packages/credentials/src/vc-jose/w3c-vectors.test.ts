import { createPrivateKey, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseVerificationJwk } from './keys.ts'
import { signVcJwt } from './sign-vc-jwt.ts'
import { signVpJwt } from './sign-vp-jwt.ts'
import { createVcSigner, type VcSigner } from './vc-signer.ts'
import { verifyVcJwt } from './verify-vc-jwt.ts'
import { verifyVpJwt } from './verify-vp-jwt.ts'

const folder = join(import.meta.dirname, '../../../../../shared/vectors/vc-jose-cose')
const read = (name: string) => readFileSync(join(folder, name), 'utf8').trim()

interface Case {
  name: string
  number: number
  input_file: string
  key_file: string
  fn: 'issue' | 'verify'
  feature: string
  expected_result: 'success' | 'failure'
}

const cases: Case[] = existsSync(folder) ? JSON.parse(read('expected.json')).cases : []

/** Every case is either run or named here, with the reason. */
function findReasonToSkip({ number, feature }: Case): string | undefined {
  if (feature.endsWith('_sdjwt')) return 'W3C SD-JWT: a format we neither issue nor read (V-32)'
  if (feature.endsWith('_cose')) return 'COSE: a format we neither issue nor read'
  // We sign projections of our own making and read by exact shape: terms unknown to JSON-LD are ignored (V-25).
  if (number === 5) return 'no JSON-LD processing: unknown terms are ignored'
  return undefined
}

const published: readonly string[] = ['vm-ed25519', 'vm-p256', 'vm-p384', 'vm-p521']

function findKeys(file: string): { publicKey: KeyObject; signer: VcSigner } {
  const { publicKeyJwk, secretKeyJwk } = JSON.parse(read(file))
  const key = parseVerificationJwk(publicKeyJwk)
  if (!key.ok) throw new Error(key.code)
  const privateKey = createPrivateKey({ key: secretKeyJwk, format: 'jwk' })
  return { publicKey: key.value, signer: createVcSigner({ privateKey, kid: publicKeyJwk.kid }) }
}

// Between the iat and the exp of the published presentations.
const now = new Date('2024-12-16T12:00:00Z')

describe.skipIf(!existsSync(folder))('the vectors of w3c/vc-jose-cose-test-suite', () => {
  for (const vector of cases) {
    const reason = findReasonToSkip(vector)
    const title = `${vector.name}: ${vector.expected_result}`
    if (reason) {
      it.skip(`${title} (out of scope: ${reason})`, () => {})
      continue
    }
    it(title, async () => {
      const outcome = await run(vector)
      expect(outcome).toBe(vector.expected_result)
    })
  }

  it('are all accounted for', () => {
    expect(cases).toHaveLength(26)
    expect(cases.filter((vector) => !findReasonToSkip(vector))).toHaveLength(15)
  })

  it('verify with no other published key than the one that signed', () => {
    const accepted = published.filter((name) => {
      const { publicKey } = findKeys(`${name}.json`)
      return verifyVcJwt({ token: read('credential-jose-minimal.txt'), keys: [publicKey], now }).ok
    })
    expect(accepted).toEqual(['vm-p256'])
  })

  it('hand back what a presentation holds, also what we cannot read', () => {
    const { publicKey } = findKeys('vm-p384.json')
    const token = read('presentation-jose-multiple.txt')
    const verified = verifyVpJwt({ token, holderKeys: [publicKey], now })
    if (!verified.ok) throw new Error(verified.code)
    const { credentials } = verified.value
    expect(credentials.map(({ mediaType }) => mediaType)).toEqual([
      'application/vc+jwt',
      'application/vc+sd-jwt',
      'application/vc+cose;base64',
    ])
    const keys = [findKeys('vm-p256.json').publicKey]
    expect(verifyVcJwt({ token: credentials[0]?.data ?? '', keys, now }).ok).toBe(true)
  })
})

async function run({ fn, feature, input_file, key_file }: Case): Promise<'success' | 'failure'> {
  const { publicKey, signer } = findKeys(key_file)
  const isCredential = feature === 'credential_jose'
  try {
    const token =
      fn === 'verify'
        ? read(input_file)
        : await (isCredential ? signCredential : signPresentation)(input_file, signer)
    const { ok } = isCredential
      ? verifyVcJwt({ token, keys: [publicKey], now })
      : verifyVpJwt({ token, holderKeys: [publicKey], now })
    return ok ? 'success' : 'failure'
  } catch {
    return 'failure'
  }
}

const signCredential = (file: string, signer: VcSigner) =>
  signVcJwt({ credential: JSON.parse(read(file)), signer, issuedAt: now })

function signPresentation(file: string, signer: VcSigner) {
  const { holder, verifiableCredential } = JSON.parse(read(file))
  const credentials = verifiableCredential.map(({ id }: { id: string }) => {
    const [, mediaType = '', data = ''] = /^data:([^,]+),(.+)$/s.exec(id) ?? []
    return { mediaType, data }
  })
  return signVpJwt({ credentials, holder, signer, issuedAt: now })
}
