import { creditFrameworks } from '../code-lists/credits.ts'
import { eqfLevels } from '../code-lists/levels.ts'
import type { MicroCredential, Party } from '../formats/micro-credential.ts'
import { omitAbsent, omitEmpty } from '../formats/omit-absent.ts'
import {
  type Claims,
  readCoded,
  readList,
  readMoment,
  readNumber,
  readText,
} from '../formats/read-claims.ts'
import { accept, type Result, refuse } from '../result.ts'

/** What a compact credential is called where types are named. */
export const compactVct = 'urn:mikromerit:compact:1'

/** Reads the micro-credential out of the claims of a compact credential. Never throws on what a stranger wrote. */
export function normaliseCompact(claims: Claims): Result<MicroCredential, 'title_missing'> {
  const title = readText(claims.t)
  if (title === undefined) return refuse('title_missing', 'The credential has no title.')
  const organisation = readBody(claims.o)
  return accept({
    type: compactVct,
    title,
    issuer: omitAbsent({ ...organisation, identifier: readText(claims.iss) }),
    ...omitAbsent({
      awardingBodies: readList(claims.b, readBody) ?? (organisation && [organisation]),
      ...readAward(claims),
      workload: omitEmpty({
        hours: readNumber(claims.h),
        credits: readList(claims.c, readCredit),
      }),
      levels: readList(claims.v, readLevel),
      // Who validated, and how, has no room; that it was validated has.
      validation: omitEmpty({ purpose: readText(claims.w) }),
      result: omitEmpty({ grade: readText(claims.r) }),
    }),
  })
}

function readAward(claims: Claims) {
  const awardId = readText(claims.a)
  return {
    awardedOn: readText(claims.d),
    validUntil: readText(claims.u),
    issuedAt: readMoment(claims.iat),
    expiresAt: readMoment(claims.exp),
    learner: omitEmpty({ givenName: readText(claims.g), familyName: readText(claims.f) }),
    awardId: awardId === undefined ? undefined : `urn:uuid:${awardId}`,
    achievementId: readText(claims.s),
  }
}

function readBody(value: unknown): Party | undefined {
  const [name, country] = readPair(value)
  return omitEmpty({ name: readText(name), country: readText(country) })
}

function readCredit(value: unknown) {
  const [framework, amount] = readPair(value)
  const system = readCoded(creditFrameworks)(framework)
  const credits = readNumber(amount)
  return system && credits !== undefined ? { framework: system, value: credits } : undefined
}

function readLevel(value: unknown) {
  const [framework, level] = readPair(value)
  const name = readText(framework)
  if (name === undefined || !Number.isSafeInteger(level)) return undefined
  const uri =
    name === 'EQF' ? eqfLevels.concepts.find(({ code }) => code === String(level))?.uri : undefined
  return { framework: name, level: Number(level), ...omitAbsent({ uri }) }
}

const readPair = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
