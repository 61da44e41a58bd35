import { describe, expect, it } from 'vitest'
import { fitToPaper } from './fit-to-paper.ts'
import { labels } from './labels.ts'
import type { PrintedCredential } from './printed-credential.ts'

const label = { sv: 'Beskrivning', en: 'Description' }
const aPrint = (changes: Partial<PrintedCredential> = {}): PrintedCredential => ({
  title: [{ text: 'Svetsning', language: 'sv' }],
  issuer: [{ text: 'Exempelskolan' }],
  learner: 'Alva Exempelsson',
  notices: [],
  elements: [{ label, values: [[{ text: 'Allt om svetsning.' }]] }],
  outcomes: [[{ text: 'kan svetsa' }]],
  details: [],
  ...changes,
})
const learnerOf = (learner: string) => fitToPaper(aPrint({ learner })).learner

describe('fitToPaper', () => {
  it('changes nothing of what fits', () => {
    expect(fitToPaper(aPrint())).toEqual(aPrint())
  })

  it.for<[string, string, string]>([
    ['control characters', 'Alva\0\r\nB', 'Alva B'],
    ['marks that turn the direction of writing', 'G\u202E51 .on\u2066', 'G 51 .on'],
    ['half a letter', 'Alva\ud800', 'Alva\ufffd'],
  ])('takes %s out of a name', ([, name, printed]) => {
    expect(learnerOf(name)).toBe(printed)
  })

  it('lets a word without end be broken, and no letter of it get lost', () => {
    const word = 'Å\u{1F600}'.repeat(100)
    const printed = learnerOf(word)
    expect(printed.split('\u200B').every((part) => [...part].length <= 40)).toBe(true)
    expect(printed.replaceAll('\u200B', '')).toBe(word)
  })

  it('leaves out what nobody would print, and says so', () => {
    const long = fitToPaper(
      aPrint({ elements: [{ label, values: [[{ text: 'a '.repeat(9_000) }]] }] }),
    )
    expect(long.elements[0]?.values[0]?.[0]?.text.length).toBeLessThan(5_010)
    const many = fitToPaper(aPrint({ outcomes: Array(5_000).fill([{ text: 'kan' }]) }))
    expect(many.outcomes.length).toBeLessThan(600)
    const much = fitToPaper(aPrint({ outcomes: Array(100).fill([{ text: 'a '.repeat(2_000) }]) }))
    expect(much.outcomes.length).toBeLessThan(25)
    for (const { notices } of [long, many, much]) expect(notices).toEqual([labels.extract])
  })
})
