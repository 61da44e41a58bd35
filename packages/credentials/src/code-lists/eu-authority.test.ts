import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isCountryCode } from './countries.ts'
import { findEuCountry, findEuLanguage, readEuCountry, readEuLanguage } from './eu-authority.ts'

const twoLetters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(97 + at))
const pairs = twoLetters.flatMap((first) => twoLetters.map((second) => first + second))

describe('the tables of countries and languages of the EU', () => {
  it('have every country there is, and lead back to it', () => {
    for (const code of pairs.map((pair) => pair.toUpperCase())) {
      const country = findEuCountry(code)
      expect(country !== undefined, code).toBe(isCountryCode(code))
      if (country) expect(readEuCountry(country.uri)).toBe(code)
    }
  })

  it('name Sweden and Swedish in both languages', () => {
    expect(findEuCountry('SE')).toEqual({
      code: 'SE',
      uri: 'http://publications.europa.eu/resource/authority/country/SWE',
      labels: { sv: 'Sverige', en: 'Sweden' },
    })
    expect(findEuLanguage('sv')).toEqual({
      code: 'sv',
      uri: 'http://publications.europa.eu/resource/authority/language/SWE',
      labels: { sv: 'svenska', en: 'Swedish' },
    })
  })

  it('have languages by two and by three letters, without region and script', () => {
    expect(readEuLanguage(findEuLanguage('sv-FI')?.uri ?? '')).toBe('sv')
    expect(readEuLanguage(findEuLanguage('sma')?.uri ?? '')).toBe('sma')
    expect(findEuLanguage('qaa')).toBeUndefined()
    expect(findEuLanguage('xx')).toBeUndefined()
    expect(readEuLanguage('https://other.example/SWE')).toBeUndefined()
    expect(readEuCountry('https://other.example/SWE')).toBeUndefined()
  })
})

const source = join(
  import.meta.dirname,
  '../../../../../shared/elm/codelists/eu-controlled-lists.en.json',
)

describe.skipIf(!existsSync(source))('the published tables', () => {
  const { country, language }: Record<string, { concepts: { uri: string; en: string }[] }> =
    existsSync(source) ? JSON.parse(readFileSync(source, 'utf8')) : {}

  it('hold each of our countries', () => {
    const known = new Set(country?.concepts.map(({ uri }) => uri))
    const ours = pairs.flatMap((pair) => findEuCountry(pair.toUpperCase())?.uri ?? [])
    expect(ours.filter((uri) => !known.has(uri))).toEqual([])
  })

  it('agree on the languages they have a label for', () => {
    const labels = new Map(language?.concepts.map(({ uri, en }) => [uri, en]))
    for (const tag of ['sv', 'en', 'fi', 'se', 'da', 'de', 'fr', 'pl', 'ar', 'uk', 'el']) {
      const found = findEuLanguage(tag)
      expect(labels.get(found?.uri ?? ''), tag).toBe(found?.labels.en)
    }
  })
})
