import { isObject } from '@mikromerit/credentials'
import type { ClaimPath } from './claim-path.ts'
import { openCredential } from './open-credential.ts'

// What stands in every SD-JWT VC and says nothing about the learner.
const technicalClaims = new Set([
  'iss',
  'iat',
  'jti',
  'nbf',
  'exp',
  'vct',
  'vct#integrity',
  'cnf',
  'status',
])

// Likewise in every W3C credential.
const technicalProperties = new Set([
  '@context',
  'id',
  'type',
  'issuer',
  'validFrom',
  'validUntil',
  'issuanceDate',
  'expirationDate',
  'credentialStatus',
  'credentialSchema',
  'relatedResource',
  'displayParameter',
])

/** The claims that every verifier sees, whatever the holder chooses. */
export function listAlwaysVisible(token: string): ClaimPath[] {
  const opened = openCredential(token)
  if (opened.vc) return listProperties(opened.payload)
  const { payload } = openCredential(opened.present([]))
  return Object.keys(payload)
    .filter((name) => !technicalClaims.has(name) && !isEmpty(payload[name]))
    .map((name) => [name])
}

/** A VC-JWT is shown whole: its properties, and what it says of its subject. */
function listProperties(credential: Readonly<Record<string, unknown>>): ClaimPath[] {
  return Object.keys(credential)
    .filter((name) => !technicalProperties.has(name))
    .flatMap((name): ClaimPath[] => {
      const value = credential[name]
      if (name !== 'credentialSubject' || !isObject(value)) return [[name]]
      return Object.keys(value)
        .filter((member) => member !== 'id' && member !== 'type')
        .map((member) => [name, member])
    })
}

/** An array or object whose content is all hidden: it shows that there is some, and nothing of it. */
const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0
