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

/** The claims that every verifier sees, whatever the holder chooses. */
export function listAlwaysVisible(token: string): ClaimPath[] {
  const { payload } = openCredential(openCredential(token).present([]))
  return Object.keys(payload)
    .filter((name) => !technicalClaims.has(name) && !isEmpty(payload[name]))
    .map((name) => [name])
}

/** An array or object whose content is all hidden: it shows that there is some, and nothing of it. */
const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0
