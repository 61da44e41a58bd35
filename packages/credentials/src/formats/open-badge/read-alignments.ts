import { isObject } from '../../jose/json.ts'
import { readElements } from '../../vc-jose/read-credential.ts'
import { omitAbsent } from '../omit-absent.ts'
import { type Claims, readText } from '../read-claims.ts'
import { targetTypes } from './vocabulary.ts'

/** One thing an achievement is aligned with. */
export interface Alignment {
  readonly kind: AlignmentKind
  readonly name?: string
  /** Absent where it only points back at the achievement, as ours do for want of an address. */
  readonly url?: string
  readonly code?: string
  readonly framework?: string
  readonly description?: string
}

export type AlignmentKind = keyof typeof targetTypes | 'unknown'

const maxAlignments = 500

/** Reads alignments of anybody: by our target types, those of others, or by what their addresses say. */
export function readAlignments({ id, alignment }: Claims): Alignment[] {
  const own = typeof id === 'string' ? `${id}#` : undefined
  const elements = Array.isArray(alignment)
    ? alignment.slice(0, maxAlignments)
    : readElements(alignment)
  return (elements ?? []).filter(isObject).map((element) => {
    const url = readText(element.targetUrl)
    return {
      kind: classify(element.targetType, url),
      ...omitAbsent({
        name: readText(element.targetName),
        url: own !== undefined && url?.startsWith(own) ? undefined : url,
        code: readText(element.targetCode),
        framework: readText(element.targetFramework),
        description: readText(element.targetDescription),
      }),
    }
  })
}

/** Target types of others (educredential, edubadges) and of the specification that name a skill or competency. */
const others: ReadonlyMap<string, AlignmentKind> = new Map([
  ['ext:ESCOAlignment', 'esco'],
  ['ext:ESCOSkill', 'esco'],
  ['ext:SeQF', 'nqf'],
  ['ext:NLQF', 'nqf'],
  ['CFItem', 'skill'],
  ['ceasn:Competency', 'skill'],
  ['CTDL', 'skill'],
])

const ours: ReadonlyMap<string, AlignmentKind> = new Map(
  // The keys of a constant object are what its type says.
  (Object.keys(targetTypes) as (keyof typeof targetTypes)[]).map((kind) => [
    targetTypes[kind],
    kind,
  ]),
)

const addresses: readonly (readonly [prefix: string, AlignmentKind])[] = [
  ['http://data.europa.eu/esco/skill/', 'esco'],
  ['http://data.europa.eu/snb/eqf/', 'eqf'],
  ['http://data.europa.eu/snb/qdr/', 'nqf'],
  ['http://data.europa.eu/snb/isced-f/', 'field'],
  ['http://data.europa.eu/snb/accreditation/', 'qualityAssurance'],
  ['http://data.europa.eu/snb/learning-assessment/', 'participation'],
  ['http://data.europa.eu/snb/assessment/', 'assessment'],
  ['http://data.europa.eu/snb/supervision-verification/', 'supervision'],
  ['http://data.europa.eu/snb/learning-setting/', 'setting'],
]

function classify(targetType: unknown, url: string | undefined): AlignmentKind {
  const type = typeof targetType === 'string' ? targetType : ''
  const byAddress = addresses.find(([prefix]) =>
    url?.replace(/^https:/, 'http:').startsWith(prefix),
  )
  // What the European lists say is exact; a general type beside it, such as CFItem, is not.
  return ours.get(type) ?? byAddress?.[1] ?? others.get(type) ?? (type === '' ? 'skill' : 'unknown')
}
