import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { checkQuery } from './check-query.ts'
import { hasClaimsAskedFor } from './evaluate.ts'
import { DcqlQuery } from './schemas.ts'

const folder = join(import.meta.dirname, '../../../../../shared/vectors/openid4vp')
const schema = Compile(DcqlQuery)

const read = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), 'utf8'))

const parse = (name: string): DcqlQuery => schema.Parse(read(`query_lang/${name}.json`))

describe.skipIf(!existsSync(folder))('the queries printed in OpenID4VP 1.0', () => {
  it.each(['simple', 'value_matching_simple', 'claims_alternatives', 'credentials_alternatives'])(
    'for dc+sd-jwt are taken: %s',
    (name) => {
      expect(checkQuery(parse(name))).toEqual([])
    },
  )

  it.each(['simple_mdoc', 'complex_mdoc', 'multi_credentials'])(
    'for other formats are not taken for what they are not: %s',
    (name) => {
      expect(schema.Check(read(`query_lang/${name}.json`))).toBe(false)
    },
  )

  it('find the claims of the credential printed beside them', () => {
    const payload = Object(read('credentials/sd_jwt_vc_unsecured.json'))
    const [query] = parse('simple').credentials
    if (!query) throw new Error('The query asks for nothing')
    expect(hasClaimsAskedFor(query, payload)).toBe(false)
    const address = { street_address: '42 Market Street' }
    expect(hasClaimsAskedFor(query, { ...payload, address })).toBe(true)
  })

  it('match values as they say', () => {
    const [query] = parse('value_matching_simple').credentials
    if (!query) throw new Error('The query asks for nothing')
    const payload = {
      family_name: 'Doe',
      given_name: 'John',
      address: { street_address: '42 Market Street' },
      postal_code: '90211',
    }
    expect(hasClaimsAskedFor(query, payload)).toBe(true)
    expect(hasClaimsAskedFor(query, { ...payload, postal_code: '90212' })).toBe(false)
    expect(hasClaimsAskedFor(query, { ...payload, postal_code: 90_211 })).toBe(false)
  })
})
