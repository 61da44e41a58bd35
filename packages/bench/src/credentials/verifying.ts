import { verify } from 'node:crypto'
import { createKeyBindingJwt, verifySdJwtVc } from '@mikromerit/credentials'
import { measureInTurns, type Plan, ratesOf, repeat } from '../measuring/rounds.ts'
import { median, medianRatio } from '../measuring/statistics.ts'
import { asRate, asShare, asTimes } from '../report/figures.ts'
import type { Section } from '../report/row.ts'
import { createLibrary } from './library.ts'
import { createSampleKey, issueSample, type SampleKey } from './sample.ts'

const nonce = 'nonce-of-this-request-and-no-other'
const audience = 'x509_hash:Uvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk'

/** Verifies one presentation over and over: ours, the library's, and its two signatures alone. */
export async function measureVerifying(plan: Plan, issuerKey: SampleKey): Promise<Section> {
  const holderKey = createSampleKey()
  const token = await presentSample(issuerKey, holderKey)
  const { own, library, bare } = await measureInTurns(
    {
      own: repeat(createOwnVerify(token, issuerKey)),
      library: repeat(createLibraryVerify(token, issuerKey)),
      bare: repeat(createBareVerify(token, issuerKey, holderKey)),
    },
    plan,
  )
  const rates = { own: ratesOf(own), library: ratesOf(library), bare: ratesOf(bare) }
  const toLibrary = medianRatio(rates.own, rates.library)
  const what = 'verify one with key binding'
  const figure = asRate(median(rates.own))
  return {
    title: 'Verify one with key binding',
    meaning: `One thread verifies a presentation of the credential above with all its Disclosures and a key binding:
shape, type, both signatures, every digest, validity period, nonce, audience and \`sd_hash\`. The library
checks less of it (no audience, no type). Bare is the two ES256 verifications alone, with parsed keys.`,
    rows: [
      {
        what,
        figure,
        comparedWith: `@sd-jwt/sd-jwt-vc 0.19: ${asRate(median(rates.library))}`,
        ratio: asTimes(toLibrary),
        target: '≥ 2 ×',
        isMet: toLibrary >= 2,
      },
      {
        what,
        figure,
        comparedWith: `two bare node:crypto verifications: ${asRate(median(rates.bare))}`,
        ratio: asShare(medianRatio(rates.own, rates.bare)),
        target: '',
        isMet: undefined,
      },
    ],
  }
}

async function presentSample(issuerKey: SampleKey, holderKey: SampleKey): Promise<string> {
  const issuedAt = new Date()
  const sdJwt = await issueSample({
    issuer: 'https://issuer.example.se/exempeluniversitetet',
    signer: issuerKey.signer,
    holder: holderKey.signer,
    id: 'urn:uuid:0190c1a2-0000-7000-8000-000000000003',
    issuedAt,
  })
  const keyBinding = { sdJwt, nonce, audience, issuedAt, signer: holderKey.signer }
  return `${sdJwt}${await createKeyBindingJwt(keyBinding)}`
}

function createOwnVerify(token: string, { publicKey: key }: SampleKey) {
  const keyBinding = { nonce, audience, maxAgeSeconds: 3_600 }
  return () => {
    const verified = verifySdJwtVc({ token, key, now: new Date(), keyBinding })
    if (!verified.ok) throw new Error(verified.detail)
  }
}

function createLibraryVerify(token: string, issuerKey: SampleKey) {
  const library = createLibrary(issuerKey)
  return () => library.verify(token, { keyBindingNonce: nonce })
}

function createBareVerify(token: string, issuerKey: SampleKey, holderKey: SampleKey) {
  const [credential = ''] = token.split('~')
  const keyBinding = token.slice(token.lastIndexOf('~') + 1)
  const checks = [takeApart(credential, issuerKey), takeApart(keyBinding, holderKey)]
  return () => {
    for (const { input, key, signature } of checks)
      if (!verify('sha256', input, key, signature)) throw new Error('A signature is wrong.')
  }
}

function takeApart(jws: string, { publicKey }: SampleKey) {
  const dot = jws.lastIndexOf('.')
  return {
    input: Buffer.from(jws.slice(0, dot)),
    signature: Buffer.from(jws.slice(dot + 1), 'base64url'),
    key: { key: publicKey, dsaEncoding: 'ieee-p1363' } as const,
  }
}
