import { sign } from 'node:crypto'
import { learningCredentialVct } from '@mikromerit/credentials'
import { measureInTurns, type Plan, ratesOf, repeat } from '../measuring/rounds.ts'
import { median, medianRatio } from '../measuring/statistics.ts'
import { asRate, asShare, asTimes } from '../report/figures.ts'
import type { Section } from '../report/row.ts'
import { createLibrary } from './library.ts'
import {
  createSampleKey,
  disclosableClaims,
  issueSample,
  type SampleKey,
  sampleClaims,
} from './sample.ts'

const issuer = 'https://issuer.example.se/exempeluniversitetet'
const id = 'urn:uuid:0190c1a2-0000-7000-8000-000000000003'
const status = { uri: `${issuer}/status-lists/1`, idx: 4_711 }

/** Issues one SD-JWT VC over and over: ours, the library's, and the signature alone. */
export async function measureSigning(plan: Plan, issuerKey: SampleKey): Promise<Section> {
  const holder = createSampleKey().signer
  const { signer } = issuerKey
  const issueOwn = () => issueSample({ issuer, signer, holder, id, issuedAt: new Date(), status })
  const token = await issueOwn()
  const { own, library, bare } = await measureInTurns(
    {
      own: repeat(issueOwn),
      library: repeat(createLibraryIssue(issuerKey, holder.publicJwk)),
      bare: repeat(createBareSign(issuerKey, token)),
    },
    plan,
  )
  const rates = { own: ratesOf(own), library: ratesOf(library), bare: ratesOf(bare) }
  const toLibrary = medianRatio(rates.own, rates.library)
  const toBare = medianRatio(rates.own, rates.bare)
  const what = 'sign one SD-JWT VC'
  const figure = asRate(median(rates.own))
  return {
    title: 'Sign one SD-JWT VC',
    meaning: `One thread issues a credential of 15 claims, 8 of them disclosable, with certificate chain, key
binding and status reference; the same claims and header for the library, which signs with the same
prepared key through \`node:crypto\`. Bare is the ES256 signature over the finished signing input alone.`,
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
        comparedWith: `bare node:crypto signature: ${asRate(median(rates.bare))}`,
        ratio: asShare(toBare),
        target: '≥ 40 %',
        isMet: toBare >= 0.4,
      },
    ],
  }
}

function createLibraryIssue(issuerKey: SampleKey, holderJwk: object) {
  const library = createLibrary(issuerKey)
  const { kid, x5c } = issuerKey.signer
  const header = { kid, x5c }
  return () => {
    const iat = Math.floor(Date.now() / 1_000)
    const payload = {
      ...sampleClaims,
      iss: issuer,
      jti: id,
      iat,
      exp: iat + 31_536_000,
      vct: learningCredentialVct,
      cnf: { jwk: holderJwk },
      status: { status_list: status },
    }
    return library.issue(payload, { _sd: claimNames }, { header })
  }
}

// Object.keys widens the names that the library's type wants to see one by one.
const claimNames = Object.keys(disclosableClaims) as (keyof typeof disclosableClaims)[]

function createBareSign({ privateKey }: SampleKey, token: string) {
  const input = Buffer.from(token.slice(0, token.lastIndexOf('.', token.indexOf('~'))))
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const
  return () => sign('sha256', input, key)
}
