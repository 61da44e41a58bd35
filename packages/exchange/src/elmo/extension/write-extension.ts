import { type AwardRecord, isObject } from '@mikromerit/credentials'
import Value from 'typebox/value'
import { node, type XmlNode } from '../../xml/write-xml.ts'
import type { MicroCredentialExtension } from './micro-credential-extension.ts'
import { viewSchema } from './schema-view.ts'
import { achievementEntries, awardEntries, type Entry, extensionNamespace } from './vocabulary.ts'
import { writeDecimal, writeValue } from './write-value.ts'

/** The element in ELMO's `extension` that holds the rest of a micro-credential. Readers of others pass it over. */
export function writeExtension({ achievement, award }: AwardRecord): XmlNode {
  const published = {
    ...award,
    ...(award.validation && { validation: hideNames(award.validation) }),
  }
  return writePieces({ achievement, award: published })
}

/** The same of what is known, where not everything is. */
export const writePieces = ({ achievement, award }: MicroCredentialExtension): XmlNode =>
  node(
    'microCredential',
    [
      ...writeEntries(achievementEntries, achievement),
      node('award', writeEntries(awardEntries, award)),
    ],
    { xmlns: extensionNamespace },
  )

/** Leaves out each member that {@link readExtension} would refuse: a stranger's may be longer or of another form. */
export const keepReadable = ({
  achievement,
  award,
}: MicroCredentialExtension): MicroCredentialExtension => ({
  achievement: keepEntries(achievementEntries, achievement),
  award: keepEntries(awardEntries, award),
})

function keepEntries(entries: readonly Entry[], holder: object): object {
  const kept = structuredClone(holder)
  for (const { path, schema } of entries) {
    const value = valueAt(kept, path)
    if (value === undefined || Value.Check(schema, value)) continue
    const parent = valueAt(kept, path.slice(0, -1))
    if (isObject(parent)) Reflect.deleteProperty(parent, path.at(-1) ?? '')
  }
  return kept
}

const writeEntries = (entries: readonly Entry[], holder: unknown): XmlNode[] =>
  entries.flatMap(({ name, path, schema }) => {
    const value = valueAt(holder, path)
    return name === 'volumeOfLearning' && typeof value === 'number'
      ? [node(name, writeHours(value))]
      : writeValue(name, viewSchema(schema), value)
  })

const valueAt = (holder: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, member) => (isObject(value) ? value[member] : undefined), holder)

/** ISO 8601, where the last component may have a fraction. */
const writeHours = (hours: number): string => `PT${writeDecimal(hours)}H`

/** Assessors' names are never published; their roles and organisations are. */
const hideNames = (validation: NonNullable<AwardRecord['award']['validation']>) => ({
  ...validation,
  ...(validation.assessors && {
    assessors: validation.assessors.map(({ name: _, ...assessor }) => assessor),
  }),
})
