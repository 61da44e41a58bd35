import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anAwardRecord } from '../../../test/award-records.ts'
import { elmComponents, elmOptions, elmValidation } from '../../../test/elm-documents.ts'
import {
  canonicalGraph,
  contextUrl,
  isPublishedHere,
  ownContexts,
  publishedContexts,
} from '../../../test/linked-data.ts'
import { richAwardRecords } from '../../../test/rich-award-records.ts'
import { buildStatusEntry } from '../../bitstring-status-list/status-entry.ts'
import { isObject } from '../../jose/json.ts'
import { elmContextDocument, elmContextIntegrity, elmContextSha256 } from './context.ts'
import { projectElm, projectElmVc11 } from './project-elm.ts'

const status = buildStatusEntry({ listUrl: 'https://x.example/1', index: 7, purpose: 'revocation' })
const everything = projectElm(
  anAwardRecord({
    achievement: {
      cycle: 'first',
      targetGroups: [{ sv: 'yrkesverksamma' }],
      homepage: 'https://www.example.se/kurs',
      identifiers: [{ scheme: 'ladok', value: 'EX123U' }],
      partOf: [{ title: { sv: 'Programmet' }, isPartialQualification: true }],
      qualityAssurance: [
        {
          type: 'programme_qa',
          agent: {
            legalName: { sv: 'Myndigheten' },
            country: 'SE',
            identifiers: [{ scheme: 'vat', value: 'SE999999999901' }],
          },
          decidedOn: '2024-03-12',
          expiresOn: '2030-03-12',
          reference: 'https://www.example.se/beslut',
          limits: { levels: [6], fields: ['06'] },
        },
      ],
    },
    award: {
      validation: elmValidation,
      validUntil: '2031-01-01',
      homepage: 'https://www.example.se/merit',
      assessments: [{ types: ['quiz', 'portfolio'], assessedOn: '2026-05-01', language: 'sv' }],
    },
  }),
  { ...elmOptions, status, components: elmComponents, profile: 'accredited', withBirthDate: true },
).credential

describe('our context for European Digital Credentials', { timeout: 30_000 }, () => {
  it('stands beside that of VC 2.0 and defines every member of a credential', async () => {
    const graph = await canonicalGraph(everything)
    expect(graph).toContain('<http://data.europa.eu/snb/model/elm/hasClaim>')
    expect(graph).toContain('<http://purl.org/dc/terms/description>')
    await expect(canonicalGraph({ ...everything, undefinedTerm: 1 })).rejects.toThrow()
  })

  it('defines what any award needs', async () => {
    const anyAward = fc.asyncProperty(richAwardRecords, async (record) => {
      await canonicalGraph(projectElm(record, elmOptions).credential)
    })
    await fc.assert(anyAward, { numRuns: 6 })
  })

  it('is fetched by nobody: what is not pinned is refused', async () => {
    const none = new Map([...ownContexts].filter(([url]) => url !== contextUrl))
    await expect(canonicalGraph(everything, none)).rejects.toThrow()
  })

  it('cannot be given other meanings by a context after it', async () => {
    const contexts = [
      ...(everything['@context'] as unknown[]),
      { title: 'https://other.example/t' },
    ]
    await expect(canonicalGraph({ ...everything, '@context': contexts })).rejects.toThrow()
  })

  it('is named by digests of exactly the bytes to publish', () => {
    const digest = createHash('sha256').update(elmContextDocument)
    expect(elmContextSha256).toBe(digest.copy().digest('hex'))
    expect(elmContextIntegrity).toBe(`sha256-${digest.digest('base64')}`)
  })

  it('never changes: credentials out there name these bytes, so another needs an address of its own', () => {
    expect(elmContextSha256).toBe(
      '4425203ca3a2f94670c61cebfb15b16b8140e1cfcf4040cf63a4a4a110020656',
    )
  })

  it('defines no term that no credential of ours uses', () => {
    const used = new Set<string>()
    const collect = (value: unknown): void => {
      if (Array.isArray(value)) for (const element of value) collect(element)
      if (!isObject(value)) return
      for (const [name, member] of Object.entries(value)) {
        used.add(name)
        if (name === 'type') for (const type of [member].flat()) used.add(String(type))
        collect(member)
      }
    }
    collect(everything)
    const outsideSweden = projectElm(
      anAwardRecord({
        achievement: {
          fields: ['06'],
          learningOutcomes: [
            {
              title: { sv: 'kan köra truck' },
              type: 'skill',
              reuseLevel: 'cross-sector',
              skills: [{ uri: 'https://taxonomy.example.se/1' }],
            },
          ],
        },
      }),
      elmOptions,
    )
    collect(outsideSweden.credential)
    const { '@context': context } = JSON.parse(elmContextDocument)
    const terms = Object.keys(context).filter(
      (term) => !term.startsWith('@') && !String(context[term]).startsWith('http'),
    )
    expect(terms.filter((term) => !used.has(term))).toEqual([])
  })
})

describe.skipIf(!isPublishedHere)('the context the EU publishes', { timeout: 30_000 }, () => {
  it('made usable with VC 2.0, gives the same graph as ours', async () => {
    expect(await canonicalGraph(everything)).toBe(
      await canonicalGraph(everything, publishedContexts()),
    )
  })

  it('gives the same graph for any award', async () => {
    const anyAward = fc.asyncProperty(richAwardRecords, async (record) => {
      const { credential } = projectElm(record, elmOptions)
      expect(await canonicalGraph(credential)).toBe(
        await canonicalGraph(credential, publishedContexts()),
      )
    })
    await fc.assert(anyAward, { numRuns: 6 })
  })

  it('as published, gives the form of VC 1.1 the same graph but for what only one form has', async () => {
    const record = anAwardRecord({ award: { validation: elmValidation } })
    const v2 = await canonicalGraph(projectElm(record, elmOptions).credential)
    const v11 = await canonicalGraph(
      projectElmVc11(record, elmOptions).credential,
      publishedContexts(),
    )
    const onlyIn = (graph: string, other: string) => {
      const said = new Set(other.split('\n'))
      const lines = graph.split('\n').filter((line) => !said.has(line))
      return lines.map((line) => /#(\w+)> /.exec(line)?.[1])
    }
    expect(onlyIn(v2, v11)).toEqual(['digestSRI', 'relatedResource'])
    expect(onlyIn(v11, v2)).toEqual(['issuanceDate'])
  })

  it('cannot stand beside that of VC 2.0, which is why we have our own', async () => {
    const contexts = [
      'https://www.w3.org/ns/credentials/v2',
      'http://data.europa.eu/snb/model/context/edc-ap',
    ]
    await expect(
      canonicalGraph({ ...everything, '@context': contexts }, publishedContexts()),
    ).rejects.toThrow()
  })
})
