import { describe, expect, it } from 'vitest'
import { isDay, stockholmDate, yearsBetween } from './dates.ts'
import { findOrganisationNumberFault, holdsPersonalNumber } from './swedish-numbers.ts'

// The example in Skatteverket's brochure SKV 704, as is the samordningsnummer below.
const testNumber = '640823-3234'

describe('holdsPersonalNumber', () => {
  it.for([
    testNumber,
    '6408233234',
    '19640823-3234',
    '196408233234',
    '640823+3234',
    `Mejla om ${testNumber}.`,
    'intyg_196408233234.pdf',
    '701063-2391', // a samordningsnummer: day + 60
  ])('finds %s', (text) => {
    expect(holdsPersonalNumber(text)).toBe(true)
  })

  it.for([
    '640823-3235', // wrong check digit
    '641323-3233', // no such month
    '999999-9999', // an organisation number
    '0190c1a2-0000-7000-8000-196408233234', // a UUID
    '1196408233234',
    'kursregister-2026-000123',
    '',
  ])('passes over %s', (text) => {
    expect(holdsPersonalNumber(text)).toBe(false)
  })
})

describe('findOrganisationNumberFault', () => {
  it('accepts numbers with and without dash and century', () => {
    for (const number of ['999999-9999', '9999999999', '16999999-9999'])
      expect(findOrganisationNumberFault(number), number).toBeUndefined()
  })

  it('tells a wrong number from a person’s', () => {
    expect(findOrganisationNumberFault('999999-9998')).toBe('invalid')
    expect(findOrganisationNumberFault('99999999')).toBe('invalid')
    expect(findOrganisationNumberFault(testNumber)).toBe('person')
  })
})

describe('days', () => {
  it('change at midnight in Stockholm, summer and winter', () => {
    expect(stockholmDate(new Date('2026-06-05T21:59:59Z'))).toBe('2026-06-05')
    expect(stockholmDate(new Date('2026-06-05T22:00:00Z'))).toBe('2026-06-06')
    expect(stockholmDate(new Date('2026-01-05T22:30:00Z'))).toBe('2026-01-05')
  })

  it('exist or not', () => {
    expect(isDay('2028-02-29')).toBe(true)
    for (const wrong of ['2026-02-29', '2026-13-01', '2026-1-1', '20260101'])
      expect(isDay(wrong)).toBe(false)
  })

  it('count years like ages', () => {
    expect(yearsBetween('2000-06-05', '2026-06-04')).toBe(25)
    expect(yearsBetween('2000-06-05', '2026-06-05')).toBe(26)
  })
})
