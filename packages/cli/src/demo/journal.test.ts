import { expect, it } from 'vitest'
import { createJournal } from './journal.ts'

function tell(run: (journal: ReturnType<typeof createJournal>) => void) {
  const lines: string[] = []
  const journal = createJournal((line) => lines.push(line))
  run(journal)
  return { lines, journal }
}

it('aligns labels and wraps what is long below the text', () => {
  const sentence = Array.from({ length: 20 }, () => 'word').join(' ')
  const { lines } = tell((journal) => journal.step('issuer', 'POST /v1/x', [['sent', sentence]]))

  expect(lines.every((line) => line.length <= 100)).toBe(true)
  expect(lines.slice(1)).toEqual([
    '  issuer      POST /v1/x',
    `  sent        ${Array.from({ length: 17 }, () => 'word').join(' ')}`,
    '              word word word',
  ])
})

it('keeps the lines of a list under one label, and further lines behind their mark', () => {
  const long = `✗ Status: ${'revoked '.repeat(12).trim()}`
  const { lines } = tell((journal) =>
    journal.step('verifier', 'GET', [['checks', ['✓ Format', long]]]),
  )

  expect(lines[2]).toBe('  checks      ✓ Format')
  expect(lines[3]).toMatch(/^ {14}✗ Status: revoked/)
  expect(lines[4]).toMatch(/^ {16}revoked/)
})

it('never breaks a link, so that it can be copied', () => {
  const link = `openid-credential-offer://?credential_offer_uri=${'x'.repeat(200)}`
  const { lines } = tell((journal) => journal.step('issuer', 'POST', [['answer', link]]))
  expect(lines.at(-1)).toContain(link)
})

it('tells only expectations that are not met, and remembers them', () => {
  const { lines, journal } = tell((journal) => {
    journal.expect(true, 'a valid report')
    journal.expect(false, 'the status to be revoked')
  })
  expect(lines).toEqual(['  ✗ expected the status to be revoked'])
  expect(journal.failures).toEqual(['the status to be revoked'])
})
