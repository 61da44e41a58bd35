import { describe, expect, it } from 'vitest'
import { aDisclosure, digestOf, encode, forgeSdJwt } from '../../test/forged-token.ts'
import { parseSdJwt } from './parse.ts'
import { processSdJwt } from './process.ts'

const header = { typ: 'example+sd-jwt' }

/** The claims, or the code of the refusal. */
function read(payload: Record<string, unknown> | string, disclosures: readonly string[] = []) {
  const sdJwt = parseSdJwt(forgeSdJwt({ header, payload, disclosures }))
  if (!sdJwt.ok) return sdJwt.code
  const processed = processSdJwt(sdJwt.value)
  return processed.ok ? processed.value.payload : processed.code
}

const plain = (value: unknown) => JSON.parse(JSON.stringify(value))

const name = aDisclosure('s1', 'name', 'Åsa')
const city = aDisclosure('s2', 'city', 'Umeå')
const element = aDisclosure('s3', 'sv')

describe('parseSdJwt', () => {
  const codeOf = (token: string) => {
    const sdJwt = parseSdJwt(token)
    return sdJwt.ok ? 'ok' : sdJwt.code
  }

  it('demands a tilde at the end and no empty Disclosure (F-01)', () => {
    const token = forgeSdJwt({ header, disclosures: [name] })
    expect(codeOf(token)).toBe('ok')
    expect(codeOf(token.slice(0, -1))).toBe('sd_jwt_malformed')
    expect(codeOf(token.replace('~', '~~'))).toBe('sd_jwt_malformed')
    expect(codeOf(token.split('~')[0] ?? '')).toBe('sd_jwt_malformed')
    expect(codeOf('~')).toBe('sd_jwt_malformed')
    expect(codeOf('')).toBe('sd_jwt_malformed')
  })

  it('keeps the Key Binding JWT apart from what it covers', () => {
    const token = forgeSdJwt({ header, disclosures: [name], keyBinding: {} })
    const sdJwt = parseSdJwt(token)
    if (!sdJwt.ok) throw new Error(sdJwt.code)
    expect(`${sdJwt.value.presented}${sdJwt.value.keyBindingJwt}`).toBe(token)
    expect(sdJwt.value.presented.endsWith('~')).toBe(true)
  })

  it.for(['md5', 'sha-1', 'sha256', 'constructor', '', 1, null])(
    'refuses _sd_alg %j (F-04)',
    (_sd_alg) => {
      expect(codeOf(forgeSdJwt({ header, payload: { _sd_alg } }))).toBe('sd_alg_unsupported')
    },
  )

  it.for([
    ['JSON that is no array', encode({ 0: 's', 1: 'name', 2: 1 })],
    ['no JSON', encode('["s", "name"')],
    ['one element', aDisclosure('s')],
    ['four elements', aDisclosure('s', 'name', 1, 2)],
    ['none', aDisclosure()],
    ['a salt that is no text', aDisclosure(1, 'name', 1)],
    ['a name that is no text', aDisclosure('s', 1, 1)],
    ['padding', `${aDisclosure('s', 'n', 12)}=`],
    ['white space', `${aDisclosure('s', 'n', 1)} `],
    ['a name twice in its value', encode('["s","n",{"a":1,"a":2}]')],
    ['bytes that are no UTF-8', Buffer.from('["s","n","\xe5"]', 'latin1').toString('base64url')],
    ['too many levels', encode(`["s","n",${'['.repeat(20)}${']'.repeat(20)}]`)],
  ])('refuses a Disclosure with %s (F-06)', ([, disclosure = '']) => {
    const payload = { _sd: [digestOf(disclosure)] }
    expect(codeOf(forgeSdJwt({ header, payload, disclosures: [disclosure] }))).toBe(
      'disclosure_malformed',
    )
  })

  it.for(['_sd', '...', '_sd_alg'])(
    'refuses a Disclosure that calls its claim %s (F-07)',
    (reserved) => {
      expect(
        read({ _sd: [digestOf(aDisclosure('s', reserved, []))] }, [aDisclosure('s', reserved, [])]),
      ).toBe('disclosure_malformed')
    },
  )

  it('refuses more than 500 Disclosures, or 256 KiB', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, at) => aDisclosure(`s${at}`, `n${at}`, 1))
    const payload = { _sd: many(500).map((disclosure) => digestOf(disclosure)) }
    expect(codeOf(forgeSdJwt({ header, payload, disclosures: many(500) }))).toBe('ok')
    expect(codeOf(forgeSdJwt({ header, payload, disclosures: many(501) }))).toBe('sd_jwt_too_large')
    expect(codeOf(forgeSdJwt({ header, disclosures: ['a'.repeat(262_144)] }))).toBe(
      'sd_jwt_too_large',
    )
  })
})

describe('processSdJwt (V-16)', () => {
  it('puts Disclosures where their digests stand, and drops what is not disclosed (F-11)', () => {
    const payload = {
      a: 1,
      _sd: [digestOf(name), 'undisclosed'],
      langs: [{ '...': digestOf(element) }, 'en', { '...': 'undisclosed-2' }],
      home: { _sd: [digestOf(city)] },
    }
    expect(plain(read(payload, [name, city, element]))).toEqual({
      a: 1,
      name: 'Åsa',
      langs: ['sv', 'en'],
      home: { city: 'Umeå' },
    })
    expect(plain(read(payload))).toEqual({ a: 1, langs: ['en'], home: {} })
  })

  it('follows digests inside Disclosures, and tells where each went', () => {
    const home = aDisclosure('s4', 'home', { _sd: [digestOf(city)] })
    const sdJwt = parseSdJwt(
      forgeSdJwt({ header, payload: { _sd: [digestOf(home)] }, disclosures: [city, home] }),
    )
    if (!sdJwt.ok) throw new Error(sdJwt.code)
    expect(processSdJwt(sdJwt.value)).toMatchObject({
      value: { disclosed: [{ path: ['home'] }, { path: ['home', 'city'] }] },
    })
    expect(read({ _sd: [digestOf(home)] }, [city])).toBe('disclosure_unreferenced')
  })

  it.for([
    ['sha-256', 'sha256'],
    ['sha-384', 'sha384'],
    ['sha-512', 'sha512'],
  ])('computes digests with %s when told so (F-04)', ([_sd_alg, algorithm = '']) => {
    expect(plain(read({ _sd_alg, _sd: [digestOf(name, algorithm)] }, [name]))).toEqual({
      name: 'Åsa',
    })
  })

  it('computes digests over what was received, not over JSON written anew (F-13)', () => {
    const spaced = encode('[ "s" , "name" ,\n "\\u00c5sa" ]')
    expect(plain(read({ _sd: [digestOf(spaced)] }, [spaced]))).toEqual({ name: 'Åsa' })
    expect(read({ _sd: [digestOf(aDisclosure('s', 'name', 'Åsa'))] }, [spaced])).toBe(
      'disclosure_unreferenced',
    )
  })

  it('refuses a Disclosure that no digest asks for, or that came twice (F-10)', () => {
    expect(read({ _sd: [digestOf(name)] }, [name, city])).toBe('disclosure_unreferenced')
    expect(read({ _sd: [digestOf(name)] }, [name, name])).toBe('disclosure_repeated')
  })

  it('refuses a digest that occurs twice, disclosed or not (F-09)', () => {
    const twice = digestOf(name)
    const home = aDisclosure('s4', 'home', { _sd: [twice] })
    for (const payload of [
      { _sd: [twice, twice] },
      { _sd: [twice], home: { _sd: [twice] } },
      { _sd: [twice], list: [{ '...': twice }] },
      { list: [{ '...': twice }, { '...': twice }] },
    ]) {
      expect(read(payload)).toBe('digest_repeated')
      expect(read({ ...payload, _sd_alg: 'sha-256' })).toBe('digest_repeated')
    }
    expect(read({ _sd: [twice, digestOf(home)] }, [home])).toBe('digest_repeated')
  })

  it('refuses a Disclosure that would overwrite a claim (F-08)', () => {
    const other = aDisclosure('s9', 'name', 'Evil')
    expect(read({ name: 'Åsa', _sd: [digestOf(other)] }, [other])).toBe('claim_overwritten')
    expect(read({ _sd: [digestOf(name), digestOf(other)] }, [name, other])).toBe(
      'claim_overwritten',
    )
    expect(read({ home: { name: 1, _sd: [digestOf(other)] } }, [other])).toBe('claim_overwritten')
    // The same name elsewhere is another claim.
    expect(plain(read({ name: 'Åsa', home: { _sd: [digestOf(other)] } }, [other]))).toEqual({
      name: 'Åsa',
      home: { name: 'Evil' },
    })
  })

  it('refuses an element in an object, and a member in an array (F-06)', () => {
    expect(read({ _sd: [digestOf(element)] }, [element])).toBe('disclosure_misplaced')
    expect(read({ list: [{ '...': digestOf(name) }] }, [name])).toBe('disclosure_misplaced')
  })

  it.for([
    ['_sd is no array', { _sd: 'digest' }],
    ['_sd is null', { _sd: null }],
    ['_sd holds something else than texts', { _sd: ['digest', 1] }],
    ['_sd is no array deep inside', { a: [{ b: { _sd: {} } }] }],
    ['a placeholder has other members', { list: [{ '...': 'digest', a: 1 }] }],
    ['a placeholder is no text', { list: [{ '...': 1 }] }],
    ['a placeholder stands outside an array', { a: { '...': 'digest' } }],
    ['a placeholder stands at the top', { '...': 'digest' }],
  ] as const)('refuses a credential in which %s (F-05)', ([, payload]) => {
    expect(read(payload)).toBe('digest_malformed')
  })

  it('refuses _sd_alg below the top, in the open or disclosed (F-04)', () => {
    expect(read({ a: { _sd_alg: 'sha-256' } })).toBe('sd_alg_nested')
    const nested = aDisclosure('s', 'a', { _sd_alg: 'sha-256' })
    expect(read({ _sd: [digestOf(nested)] }, [nested])).toBe('sd_alg_nested')
  })

  it('keeps __proto__ and constructor as claims like any other (F-14)', () => {
    const disclosure = encode('["s","__proto__",{"admin":true}]')
    const claims = read(`{"constructor":1,"_sd":["${digestOf(disclosure)}"]}`, [disclosure])
    if (typeof claims === 'string') throw new Error(claims)
    expect(Object.keys(claims)).toEqual(['constructor', '__proto__'])
    expect(Object.getPrototypeOf(claims)).toBeNull()
    expect('admin' in claims).toBe(false)
    expect('admin' in {}).toBe(false)
    const again = aDisclosure('s', 'toString', 'text')
    expect(plain(read({ _sd: [digestOf(again)] }, [again]))).toEqual({ toString: 'text' })
  })

  it('refuses claims that Disclosures nest deeper than 16 levels (S-11)', () => {
    let innermost = aDisclosure('s', 'n', 1)
    const disclosures = [innermost]
    for (let level = 0; level < 16; level++) {
      innermost = aDisclosure('s', 'n', { _sd: [digestOf(innermost)] })
      disclosures.push(innermost)
    }
    expect(read({ _sd: [digestOf(innermost)] }, disclosures)).toBe('nesting_too_deep')
    const shallower = disclosures.slice(0, 16)
    expect(read({ _sd: [digestOf(shallower.at(-1) ?? '')] }, shallower)).toBeTypeOf('object')
  })
})
