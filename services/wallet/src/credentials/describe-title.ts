import { normaliseLearningCredential } from '@mikromerit/credentials'

/** A title for people: the achievement's, else what the issuer calls this kind of credential. */
export function describeTitle(payload: Record<string, unknown>, configurationName: string): string {
  const normalised = normaliseLearningCredential(payload)
  const title = normalised.ok ? normalised.value.title : undefined
  const text = typeof title === 'string' ? title : Object.values(title ?? {})[0]
  return (typeof text === 'string' && text !== '' ? text : configurationName).slice(0, 300)
}
