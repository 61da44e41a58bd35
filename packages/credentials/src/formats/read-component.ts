import { isObject } from '../jose/json.ts'
import type { MicroCredential } from './micro-credential.ts'
import { omitEmpty } from './omit-absent.ts'
import { readParty, readText } from './read-claims.ts'

type Component = NonNullable<MicroCredential['components']>[number]

/** A part of a composite micro-credential, as our SD-JWT VC names it. */
export function readComponent(value: unknown): Component | undefined {
  if (!isObject(value)) return undefined
  return omitEmpty({
    title: readText(value.title),
    awardingBody: readParty(value.awarding_body),
    awardedOn: readText(value.awarded_on),
    achievementId: readText(value.achievement_id),
    awardId: readText(value.award_id),
    credentialDigest: readText(value.digest),
  })
}
