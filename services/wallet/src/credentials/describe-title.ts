import { normaliseCredential } from '../claims/normalise-credential.ts'
import type { OpenCredential } from '../claims/open-credential.ts'

/** A title for people: the achievement's, else what the issuer calls this kind of credential. */
export function describeTitle(opened: OpenCredential, configurationName: string): string {
  const normalised = normaliseCredential(opened)
  // A credential without a title of its own goes by its type, which is no name for people.
  const title =
    normalised && normalised.title !== normalised.type ? normalised.title : configurationName
  return title.slice(0, 300)
}
