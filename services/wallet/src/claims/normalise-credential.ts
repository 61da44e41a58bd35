import {
  type MicroCredential,
  normaliseElm,
  normaliseLearningCredential,
  normaliseOpenBadge,
} from '@mikromerit/credentials'
import type { OpenCredential } from './open-credential.ts'

/** What a credential says, whatever its format; undefined when it does not describe a micro-credential. */
export function normaliseCredential(opened: OpenCredential): MicroCredential | undefined {
  const normalised = readContent(opened)
  return normalised && { ...normalised, credentialDigest: opened.digest }
}

function readContent({ payload, vc }: OpenCredential): MicroCredential | undefined {
  if (!vc) {
    const normalised = normaliseLearningCredential(payload)
    return normalised.ok ? normalised.value : undefined
  }
  if (vc.isOpenBadge) {
    const badge = normaliseOpenBadge(vc.credential)
    return badge.ok ? badge.value.microCredential : undefined
  }
  const elm = normaliseElm(vc.credential)
  return elm.ok ? elm.value : undefined
}
