import { createPublicKey, type KeyObject } from 'node:crypto'
import {
  createSoftwareSigner,
  generateSigningKey,
  issueSdJwtVc,
  learningCredentialVct,
  type Signer,
} from '@mikromerit/credentials'
import type { CertificateAuthority } from '@mikromerit/service-kit'

/** Seven claims that always show, and eight that the learner may keep: a short course. */
export const visibleClaims = {
  issuing_authority: 'Exempeluniversitetet',
  issuing_country: 'SE',
  date_of_issuance: '2026-06-05',
  achievement_title: 'Datadriven affärsutveckling',
  language_of_classes: ['sv', 'en'],
  achievement_id: 'https://issuer.example.se/exempeluniversitetet/achievements/0190a5c4-7d1e-7c3b',
  category: 'eaa:eu:non-qualified',
} as const

export const disclosableClaims = {
  family_name: 'Exempelsson',
  given_name: 'Alva',
  learner_identification: '0190c1a2-0000-7000-8000-0000000000c1',
  learning_outcomes: [
    'kan genomföra en affärsanalys med stöd av data',
    'kan granska hur data har samlats in och vad de inte visar',
  ],
  assessment_grade: 'VG',
  notional_workload: {
    hours: 80,
    credits: [{ framework: 'http://data.europa.eu/snb/education-credit/6fcec5c5af', value: 3 }],
  },
  levels: [{ framework: 'EQF', level: 6, uri: 'http://data.europa.eu/snb/eqf/6' }],
  skills: ['http://data.europa.eu/esco/skill/27ed854c-15b8-4ba2-90e9-ae888a219703'],
} as const

export const sampleClaims = { ...visibleClaims, ...disclosableClaims }
export const disclosableNames = Object.keys(disclosableClaims)

/** A key with what both sides of a comparison need of it. */
export interface SampleKey {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly signer: Signer
}

export function createSampleKey(x5c?: readonly string[]): SampleKey {
  return fromPrivateKey(generateSigningKey().privateKey, x5c)
}

/** An issuer's key, certified for its identifier as the services do it. */
export async function createIssuerKey(
  authority: CertificateAuthority,
  issuer: string,
): Promise<SampleKey> {
  const { privateKey, publicJwk } = generateSigningKey()
  const x5c = await authority.issueLeaf({
    publicKey: publicJwk,
    commonName: sampleClaims.issuing_authority,
    dns: new URL(issuer).hostname,
    uri: issuer,
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + 365 * day),
  })
  return fromPrivateKey(privateKey, x5c)
}

const fromPrivateKey = (privateKey: KeyObject, x5c?: readonly string[]): SampleKey => ({
  privateKey,
  publicKey: createPublicKey(privateKey),
  signer: createSoftwareSigner({ privateKey, ...(x5c && { x5c }) }),
})

export const day = 86_400_000

export interface SampleCredential {
  readonly issuer: string
  readonly signer: Signer
  readonly holder: Signer
  readonly issuedAt: Date
  readonly id: string
  readonly status?: { readonly uri: string; readonly idx: number }
}

/** The credential that all rows are about: 15 claims, 8 of them disclosable, bound to a key. */
export const issueSample = ({ holder, issuedAt, ...options }: SampleCredential): Promise<string> =>
  issueSdJwtVc({
    ...options,
    claims: sampleClaims,
    disclosable: disclosableNames,
    vct: learningCredentialVct,
    issuedAt,
    expiresAt: new Date(issuedAt.getTime() + 365 * day),
    holderKey: holder.publicJwk,
  })
