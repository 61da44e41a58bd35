import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { anAwardRecord } from '../../test/award-records.ts'
import { learningCredentialTypeMetadata } from './learning-credential-type-metadata.ts'
import { projectLearningCredential } from './project-learning-credential.ts'

const { claims } = learningCredentialTypeMetadata()
const find = (name: string) => claims.find(({ path }) => path.length === 1 && path[0] === name)

describe('the type metadata', () => {
  it('describes every claim of a credential in Swedish and English, and whether it is disclosable', () => {
    const projection = projectLearningCredential(anAwardRecord(), {
      issuer: 'https://issuer.example',
    })
    for (const name of Object.keys(projection.claims)) {
      const described = find(name)
      expect(
        described?.display.map(({ locale }) => locale),
        name,
      ).toEqual(['sv', 'en'])
      expect(described?.sd, name).toBe(projection.disclosable.includes(name) ? 'always' : 'never')
    }
  })

  it('promises only claims that even the barest credential holds', () => {
    const record = anAwardRecord({ achievement: { setting: 'informal', levels: [] } })
    const { workload: _, ...achievement } = record.achievement
    const projection = projectLearningCredential(
      { ...record, achievement },
      { issuer: 'https://issuer.example' },
    )
    for (const { path, mandatory } of claims)
      if (mandatory) expect(projection.claims).toHaveProperty(String(path[0]))
  })
})

const reference = join(
  import.meta.dirname,
  '../../../../../shared/elm/eudi/learning_credential.vctm.json',
)

describe.skipIf(!existsSync(reference))('the EUDI reference metadata', () => {
  const listed: { path: (string | null)[]; sd: string }[] = existsSync(reference)
    ? JSON.parse(readFileSync(reference, 'utf8')).claims
    : []
  const registered = ['jti', 'iat', 'exp', 'vct', 'iss', 'cnf']

  it('agrees on what is disclosable', () => {
    for (const { path, sd } of listed.filter(
      ({ path }) => path.length === 1 && !registered.includes(String(path[0])),
    )) {
      expect(find(String(path[0]))?.sd, String(path[0])).toBe(sd)
    }
  })
})
