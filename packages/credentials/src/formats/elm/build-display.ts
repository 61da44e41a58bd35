import { findConcept } from '../../code-lists/code-list.ts'
import { creditAbbreviations, creditFrameworks } from '../../code-lists/credits.ts'
import {
  euFileTypeScheme,
  euLanguageScheme,
  findEuLanguage,
} from '../../code-lists/eu-authority.ts'
import { chooseText } from '../../domain/text.ts'
import { type Card, drawCard } from './card/draw-card.ts'
import { type ElmRecord, primaryTag } from './elm-record.ts'
import { describeAwardedBy, words } from './messages.ts'
import { buildConcept, chooseLabel, type ElmNode, mapTexts } from './nodes.ts'

/** Every European Digital Credential has a picture of itself per language, which we draw (domain.md 3.1). */
export function buildDisplay(record: ElmRecord): ElmNode {
  const { idOf, title } = record
  const tags = listTags(record)
  return {
    id: idOf('display'),
    type: 'DisplayParameter',
    title,
    description: mapTexts(title, (_, tag) =>
      chooseLabel(describeAwardedBy(nameAwardingBodies(record, tag)), tag),
    ),
    language: tags.map(describeLanguage),
    primaryLanguage: describeLanguage(primaryTag(record)),
    individualDisplay: tags.map((tag, at) => ({
      id: idOf(`display/${at}`),
      type: 'IndividualDisplay',
      language: describeLanguage(tag),
      displayDetail: [
        {
          id: idOf(`display/${at}/1`),
          type: 'DisplayDetail',
          image: buildPicture(idOf(`display/${at}/1/image`), describeCard(record, tag)),
          page: 1,
        },
      ],
    })),
  }
}

/** The languages of the title, the primary one first; `en` and `en-GB` are one. */
function listTags(record: ElmRecord): string[] {
  const tags = [primaryTag(record), ...Object.keys(record.title)]
  return [
    ...new Map(tags.toReversed().map((tag) => [describeLanguage(tag).id, tag])).values(),
  ].toReversed()
}

/** A language the EU's table lacks is undetermined to it. */
const describeLanguage = (tag: string): ElmNode =>
  buildConcept(
    findEuLanguage(tag) ?? {
      code: 'und',
      uri: `${euLanguageScheme}/UND`,
      labels: { sv: 'obestämt språk', en: 'undetermined language' },
    },
    euLanguageScheme,
  )

const nameAwardingBodies = ({ organisation, award }: ElmRecord, tag: string): string =>
  (award.awardingBodies ?? [organisation])
    .map(({ legalName }) => legalName[tag] ?? chooseText(legalName, localeOf(tag)).text)
    .join(', ')

const localeOf = (tag: string) => (tag.split('-', 1)[0] === 'sv' ? 'sv' : 'en')

function describeCard(record: ElmRecord, tag: string): Card {
  const { award, achievement, title } = record
  const say = (label: (typeof words)[keyof typeof words]) => chooseLabel(label, tag)
  const { givenName = '', familyName } = award.learner
  const workload = describeWorkload(record, tag)
  const levels = (achievement.levels ?? []).map(({ framework, level }) => `${framework} ${level}`)
  return {
    heading: say(words.microCredential),
    title: title[tag] ?? chooseText(title, localeOf(tag)).text,
    holder: `${say(words.holder)}: ${`${givenName} ${familyName}`.trim()}`,
    lines: [
      `${say(words.awardingBody)}: ${nameAwardingBodies(record, tag)}`,
      `${say(words.awardedOn)}: ${award.awardedOn}`,
      ...(workload === '' ? [] : [`${say(words.workload)}: ${workload}`]),
      ...(levels.length === 0 ? [] : [`${say(words.level)}: ${levels.join(', ')}`]),
      ...(award.validation ? [say(words.validated)] : []),
    ],
    footer: say(words.illustration),
  }
}

/** Made once: each takes longer than a whole credential does. */
const numberFormats = {
  sv: new Intl.NumberFormat('sv', { useGrouping: false }),
  en: new Intl.NumberFormat('en', { useGrouping: false }),
}

function describeWorkload({ achievement, isPartial }: ElmRecord, tag: string): string {
  if (isPartial) return ''
  const { hours, credits = [] } = achievement.workload ?? {}
  const { format } = numberFormats[localeOf(tag)]
  const number = (value: number) => format(value)
  return [
    ...(hours === undefined ? [] : [`${number(hours)} h`]),
    ...credits.map(({ framework, value }) => {
      const code = findConcept(creditFrameworks, framework)?.code ?? ''
      return `${number(value)} ${creditAbbreviations[code] ?? framework}`
    }),
  ].join(' / ')
}

const base64Encoding = {
  code: 'base64',
  uri: 'http://data.europa.eu/snb/encoding/6146cde7dd',
  labels: { sv: 'base64', en: 'base64' },
}

function buildPicture(id: string, card: Card): ElmNode {
  const { fileType, base64 } = drawCard(card)
  const concept = {
    code: fileType,
    uri: `${euFileTypeScheme}/${fileType}`,
    labels: { sv: fileType, en: fileType },
  }
  return {
    id,
    type: 'MediaObject',
    content: base64,
    contentEncoding: buildConcept(base64Encoding, 'http://data.europa.eu/snb/encoding/25831c2'),
    contentType: buildConcept(concept, euFileTypeScheme),
  }
}
