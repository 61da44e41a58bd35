import type { MicroCredential } from '../micro-credential.ts'
import { omitEmpty } from '../omit-absent.ts'
import type { ElmSource } from './elm-source.ts'
import { type Members, someOf } from './read-elm.ts'
import { readDayOf } from './read-times.ts'

/** The parts a composite achievement was built of, as far as they can be told apart outside this document. */
export function readComponents(source: ElmSource): MicroCredential['components'] {
  const parts = source.reader.nodes(source.claim.hasPart).slice(0, 200)
  return someOf(parts.map((part) => readComponent(source, part)))
}

function readComponent({ reader }: ElmSource, part: Members) {
  const { nodes, text } = reader
  const [awarding] = nodes(part.awardedBy)
  const [specification] = nodes(part.specifiedBy)
  const identifiers = nodes(part.identifier)
  const find = (list: readonly Members[], name: string) =>
    list
      .filter(({ schemeName }) => text(schemeName) === name)
      .map(({ notation }) => text(notation))
      .find((value) => value !== undefined)
  return omitEmpty({
    title: text(part.title),
    awardingBody: reader.parties(awarding?.awardingBody)?.[0],
    awardedOn: readDayOf(awarding?.awardingDate),
    achievementId: find(nodes(specification?.identifier), 'definition'),
    awardId: find(identifiers, 'award'),
    credentialDigest: find(identifiers, 'credential digest'),
  })
}
