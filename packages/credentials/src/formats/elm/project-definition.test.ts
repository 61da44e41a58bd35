import jsonld from 'jsonld'
import { describe, expect, it } from 'vitest'
import { anAwardRecord } from '../../../test/award-records.ts'
import { elmContextDocument } from './context.ts'
import { projectDefinition } from './project-definition.ts'

const issuer = 'https://issuer.example.se/ri-se'
const contextUrl = 'https://issuer.example.se/contexts/elm-vc2/v1'
const part = { achievement: 'https://issuer.example/b/achievements/1' }

type Document = Readonly<Record<string, unknown>>

describe('projectDefinition', () => {
  const { achievement, organisation } = anAwardRecord({
    achievement: { stackingRules: { rule: part } },
  })
  const document = projectDefinition(achievement, organisation, { issuer, contextUrl })

  it('is the qualification that credentials specify, without a learner', () => {
    expect(document).toMatchObject({
      id: `${issuer}/achievements/${achievement.id}`,
      type: 'Qualification',
      title: achievement.title,
      publisher: { id: issuer, legalName: organisation.legalName },
      stackingRules: { rule: part },
    })
    expect(JSON.stringify(document)).not.toContain('Exempelsson')
  })

  it('means something to a JSON-LD processor, down to the last member', async () => {
    const documentLoader = async (url: string) => {
      if (url !== contextUrl) throw new Error(`${url} must not be fetched`)
      return { documentUrl: url, document: JSON.parse(elmContextDocument) }
    }
    // The types know neither the promise of a list nor safe mode, which refuses terms without meaning.
    const options = { documentLoader, safe: true } as jsonld.Options.Expand
    const [expanded] = (await jsonld.expand(document, options)) as unknown as Document[]
    expect(expanded).toMatchObject({
      '@id': document.id,
      '@type': ['http://data.europa.eu/snb/model/elm/Qualification'],
      'http://purl.org/dc/terms/publisher': [{ '@id': issuer }],
      'urn:mikromerit:stacking-rules': [{ '@type': '@json', '@value': { rule: part } }],
    })
    expect(Object.keys(expanded ?? {})).toContain('http://purl.org/dc/terms/description')
  })
})
