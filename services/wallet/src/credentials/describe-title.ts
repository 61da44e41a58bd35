import { normaliseLearningCredential } from '@mikromerit/credentials'

/** A title for people: the achievement's, else what the issuer calls this kind of credential. */
export function describeTitle(payload: Record<string, unknown>, configurationName: string): string {
  const normalised = normaliseLearningCredential(payload)
  // A credential without a title of its own goes by its type, which is no name for people.
  const title =
    normalised.ok && normalised.value.title !== payload.vct
      ? normalised.value.title
      : configurationName
  return title.slice(0, 300)
}
