import type { AwardComponent } from '../src/formats/elm/build-components.ts'
import type { ElmOptions } from '../src/formats/elm/elm-options.ts'
import { isObject } from '../src/jose/json.ts'
import { contextUrl } from './linked-data.ts'

type Members = Readonly<Record<string, unknown>>

export const elmIssuer = 'https://issuer.example.se/exempeluniversitetet'
export const elmOptions: ElmOptions = {
  issuer: elmIssuer,
  contextUrl,
  issuedAt: new Date('2026-06-05T12:00:00.987Z'),
}

/** A validation with everything a European Digital Credential tells of one. */
export const elmValidation = {
  purpose: 'competence' as const,
  standard: {
    title: { sv: 'Branschstandard för lagerarbete', en: 'Industry standard for warehouse work' },
    version: '2025',
    uri: 'https://www.example.se/standard',
    ownedBy: { sv: 'Exempelbranschens yrkesnämnd' },
    framework: 4,
  },
  steps: [
    { kind: 'in_depth_mapping' as const, doneOn: '2026-04-14' },
    { kind: 'assessment' as const },
  ],
  methods: ['interview' as const, 'practical_test' as const],
  assessors: [{ name: 'Bo Bedömare', role: { sv: 'yrkesbedömare' } }],
  priorLearning: {
    setting: 'informal' as const,
    years: 15,
    description: { sv: 'Arbete i lager och terminal.' },
  },
}

export const elmComponents: AwardComponent[] = [
  {
    title: { sv: 'Dataanalys, grund' },
    awardingBody: { legalName: { sv: 'Exempelhögskolan' }, country: 'SE' },
    awardedOn: '2026-01-15',
    credentialDigest: 'sha256-LCa0a2j/xo/5m0U8HTBBNBNCLXBkg7+g+YpeiGJm564=',
    credits: [{ framework: 'ects', value: 1.5 }],
  },
  { title: { sv: 'Affärsmodeller' }, awardingBody: { legalName: { sv: 'Exempelföretaget' } } },
]

/** Every node of a class in a document, each once. */
export function findNodes(document: unknown, type: string): Members[] {
  const found = new Map<unknown, Members>()
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const element of value) visit(element)
    if (!isObject(value)) return
    if (value.type === type) found.set(value.id, value)
    for (const member of Object.values(value)) visit(member)
  }
  visit(document)
  return [...found.values()]
}

/** The only node of a class. */
export function findNode(document: unknown, type: string): Members {
  const [node, ...others] = findNodes(document, type)
  if (!node || others.length > 0) throw new Error(`not one ${type}, but ${others.length + 1}`)
  return node
}

/** Texts of notes in one language, with the end of the id of what they are about. */
export const readNoteTexts = (document: unknown): string[] =>
  findNodes(document, 'Note').map(({ noteLiteral, subject }) => {
    const text = isObject(noteLiteral) ? (noteLiteral.sv ?? noteLiteral.en) : noteLiteral
    return `${isObject(subject) ? String(subject.id).replace('urn:mikromerit:', '') : '-'} ${text}`
  })
