import {
  learningCredentialTypeMetadata,
  rulebookFormats,
  rulebookTypeMetadata,
} from '@mikromerit/credentials'
import Type, { type Static } from 'typebox'
import { type ClaimPath, joinPath } from './claim-path.ts'

export const LabelledClaim = Type.Object({
  path: Type.Array(Type.Union([Type.String(), Type.Integer({ minimum: 0 }), Type.Null()]), {
    description: 'Claims path as in DCQL: names, indexes, null for all elements',
  }),
  label: Type.Object({ sv: Type.String(), en: Type.String() }),
})
export type LabelledClaim = Static<typeof LabelledClaim>

/** Names of claims by joined path, per language, as an issuer's metadata gives them. */
export type ClaimLabels = Readonly<Record<string, { sv?: string; en?: string }>>

/** Labels a path: by the issuer's own words, else by ours, else by the claim's name. */
export function labelClaim(path: ClaimPath, issuerLabels: ClaimLabels): LabelledClaim {
  const given = findLabel(path, issuerLabels)
  const ours = findLabel(path, ownLabels)
  const name = path.filter((part) => typeof part === 'string').at(-1) ?? joinPath(path)
  const fallback = name.replaceAll('_', ' ')
  return {
    path: [...path],
    label: {
      sv: given.sv ?? ours.sv ?? given.en ?? fallback,
      en: given.en ?? ours.en ?? given.sv ?? fallback,
    },
  }
}

/** An element goes by the name of all elements, else by that of its array. */
function findLabel(path: ClaimPath, labels: ClaimLabels): { sv?: string; en?: string } {
  const everyElement = path.map((part) => (typeof part === 'number' ? null : part))
  const last = path.findLastIndex((part) => typeof part === 'string')
  const paths = [path, everyElement, everyElement.slice(0, last + 1)]
  const found = paths.map(joinPath).find((joined) => Object.hasOwn(labels, joined))
  return (found === undefined ? undefined : labels[found]) ?? {}
}

/**
 * Reads `claims: [{ path, display: [{ name | label, locale }] }]`, the form that issuer metadata and
 * type metadata share. Malformed entries are skipped: a label is never a reason to refuse (W-44).
 */
export function readClaimLabels(claims: unknown): ClaimLabels {
  const listed: unknown[] = Array.isArray(claims) ? claims.slice(0, 500) : []
  return Object.fromEntries(
    listed.flatMap((claim) => {
      const { path, display } = Object(claim)
      return isPath(path) && Array.isArray(display) ? [[joinPath(path), readNames(display)]] : []
    }),
  )
}

function readNames(display: readonly unknown[]): { sv?: string; en?: string } {
  const names: { sv?: string; en?: string } = {}
  for (const entry of display) {
    const { name, label, locale } = Object(entry)
    const text = [name, label].find((value): value is string => typeof value === 'string')
    if (text === undefined) continue
    const language = typeof locale === 'string' ? locale.slice(0, 2).toLowerCase() : 'en'
    if (language === 'sv' || language === 'en') names[language] ??= text.slice(0, 200)
  }
  return names
}

const isPath = (value: unknown): value is ClaimPath =>
  Array.isArray(value) &&
  value.length <= 16 &&
  value.every((part) => part === null || typeof part === 'string' || Number.isInteger(part))

/** Of all types that are known here; where they share a name they share its meaning, and ours says it. */
const ownLabels = readClaimLabels(
  [...rulebookFormats.map(rulebookTypeMetadata), learningCredentialTypeMetadata()].flatMap(
    ({ claims }) => claims,
  ),
)
