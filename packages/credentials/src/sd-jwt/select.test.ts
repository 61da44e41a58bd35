import { describe, expect, it } from 'vitest'
import { aDisclosure, digestOf, forgeSdJwt } from '../../test/forged-token.ts'
import { parseSdJwt } from './parse.ts'
import { type ClaimsPathPointer, selectDisclosures } from './select.ts'

const street = aDisclosure('s1', 'street', 'Drottninggatan')
const city = aDisclosure('s2', 'city', 'Umeå')
const address = aDisclosure('s3', 'address', { _sd: [digestOf(street), digestOf(city)] })
const name = aDisclosure('s4', 'name', 'Åsa')
const [swedish, english] = [aDisclosure('s5', 'sv'), aDisclosure('s6', 'en')]
const title = aDisclosure('s7', 'title', 'Svetsare')

const token = forgeSdJwt({
  header: { typ: 'example+sd-jwt' },
  payload: {
    vct: 'urn:x',
    _sd: [digestOf(address), digestOf(name)],
    langs: [{ '...': digestOf(swedish) }, { '...': digestOf(english) }],
    skills: [{ level: 1, _sd: [digestOf(title)] }],
  },
  disclosures: [street, city, address, name, swedish, english, title],
  keyBinding: {},
})

const select = (...paths: ClaimsPathPointer[]) => {
  const sdJwt = parseSdJwt(token)
  const selected = sdJwt.ok ? selectDisclosures(sdJwt.value, paths) : sdJwt
  if (!selected.ok) throw new Error(selected.code)
  return selected.value.split('~').slice(1, -1)
}

describe('selectDisclosures (W-35)', () => {
  it('keeps a claim and no other', () => {
    expect(select(['name'])).toEqual([name])
    expect(select(['vct'])).toEqual([])
    expect(select(['absent'])).toEqual([])
    expect(select()).toEqual([])
  })

  it('keeps the parents of a claim, but not its siblings', () => {
    expect(select(['address', 'city'])).toEqual([address, city])
  })

  it('keeps everything inside a claim', () => {
    expect(select(['address'])).toEqual([address, street, city])
  })

  it('knows elements of arrays, one or all', () => {
    expect(select(['langs', 1])).toEqual([english])
    expect(select(['langs', null])).toEqual([swedish, english])
    expect(select(['langs'])).toEqual([swedish, english])
    expect(select(['skills', null, 'title'])).toEqual([title])
    expect(select(['skills', '0', 'title'])).toEqual([])
    expect(select([null])).toEqual([])
  })

  it('leaves the key binding of another presentation out', () => {
    const sdJwt = parseSdJwt(token)
    const selected = sdJwt.ok && selectDisclosures(sdJwt.value, [['name']])
    expect(selected).toEqual({ ok: true, value: `${token.split('~')[0]}~${name}~` })
  })

  it('refuses to select from a malformed credential', () => {
    const sdJwt = parseSdJwt(forgeSdJwt({ disclosures: [name] }))
    if (!sdJwt.ok) throw new Error(sdJwt.code)
    expect(selectDisclosures(sdJwt.value, [])).toMatchObject({ code: 'disclosure_unreferenced' })
  })
})
