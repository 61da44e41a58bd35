import type { ClaimPath } from './claim-path.ts'
import { openCredential } from './open-credential.ts'

// What stands in every SD-JWT VC and says nothing about the learner.
const technicalClaims = new Set([
  'iss',
  'iat',
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
    .filter((name) => !technicalClaims.has(name))
    .map((name) => [name])
}
