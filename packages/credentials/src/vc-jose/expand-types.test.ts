import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { expandTypes, isKnownContext, matchesTypes } from './expand-types.ts'

const badge = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential'
const contexts = join(import.meta.dirname, '../../../../../shared/vectors/contexts')

describe('types in full', () => {
  it('are those of the contexts; what no context defines stays', () => {
    expect(expandTypes(['VerifiableCredential', 'AchievementCredential', 'Own', badge])).toEqual([
      'https://www.w3.org/2018/credentials#VerifiableCredential',
      badge,
      'Own',
      badge,
    ])
  })

  it.skipIf(!existsSync(contexts))('agree with the published contexts', () => {
    const read = (name: string) =>
      JSON.parse(readFileSync(join(contexts, name), 'utf8'))['@context']
    const terms = Object.assign({}, ...[read('ob-context-3.0.3.json')].flat())
    expect(expandTypes(['OpenBadgeCredential'])).toEqual([terms.OpenBadgeCredential['@id']])
    expect(terms.AchievementCredential['@id']).toBe('OpenBadgeCredential')
    expect(expandTypes(['VerifiableCredential'])).toEqual([
      read('credentials-v2.json').VerifiableCredential['@id'],
    ])
  })

  it('match an alternative when they hold all of its types, and no part of it', () => {
    const types = ['VerifiableCredential', 'OpenBadgeCredential']
    expect(matchesTypes(types, [['Other'], [badge]])).toBe(true)
    expect(matchesTypes(types, [['OpenBadgeCredential', 'VerifiableCredential']])).toBe(true)
    expect(matchesTypes(types, [[badge, 'Other']])).toBe(false)
    expect(matchesTypes(types, [])).toBe(false)
  })
})

describe('isKnownContext', () => {
  it.for([
    ['https://www.w3.org/ns/credentials/v2', true],
    ['https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json', true],
    ['https://issuer.example/contexts/elm-vc2/v1', true],
    ['https://issuer.example/contexts/elm-vc2/v2', false],
    ['https://evil.example/context', false],
    ['contexts/elm-vc2/v1', false],
  ] as const)('%s: %s', ([context, isKnown]) => {
    expect(isKnownContext(context)).toBe(isKnown)
  })
})
