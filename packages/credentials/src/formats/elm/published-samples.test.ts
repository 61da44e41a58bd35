import { Compile } from 'typebox/compile'
import { describe, expect, it } from 'vitest'
import { isPublishedHere, parsePublished } from '../../../test/linked-data.ts'
import { MicroCredential } from '../micro-credential.ts'
import { normaliseElm } from './normalise-elm.ts'

const validator = Compile(MicroCredential)

function read(document: Readonly<Record<string, unknown>>): MicroCredential {
  const normalised = normaliseElm(document)
  if (!normalised.ok) throw new Error(normalised.detail)
  expect([...validator.Errors(normalised.value)]).toEqual([])
  return normalised.value
}

describe.skipIf(!isPublishedHere)('the samples the EU and EBSI publish', () => {
  it('read the official micro-credential, sealed or not', () => {
    const found = read(parsePublished('samples/Sample-MC-Annex1-unsigned.jsonld'))
    expect(found).toMatchObject({
      title: 'Digital micro-credential creation',
      issuer: { name: 'University of Zed', country: 'IE' },
      learner: { givenName: 'Ana', familyName: 'Andromeda' },
      workload: { hours: 60, credits: [{ value: 2 }] },
      levels: [
        { framework: 'EQF', level: 6 },
        { framework: 'RQF', level: 6 },
      ],
      setting: { label: { en: 'non-formal learning' } },
      assessment: {
        types: [{ label: { en: 'artefact assessment' } }],
        supervision: { label: { en: 'Unsupervised without ID Verification' } },
      },
      participation: { modes: [{ label: { en: 'Blended' } }], languages: ['en'] },
      result: { grade: 'Pass', scheme: 'Standard grading' },
    })
    expect(found.skills).toHaveLength(6)
    const sealed = read(parsePublished('samples/Sample-MC-Annex1-signed.jsonld'))
    expect(sealed).toMatchObject({ title: found.title, issuer: { name: 'ORGANIZACION TEST' } })
  })

  it('read a certificate of participation, which is an activity', () => {
    expect(read(parsePublished('samples/Sample-CertOfPart-signed.jsonld'))).toMatchObject({
      title: 'EDC Updates Webinar',
      workload: { hours: 2 },
      participation: { modes: [{ label: { en: 'Online' } }] },
    })
  })

  it('read the sample of EBSI, whose texts are lists and whose activities stand beside', () => {
    expect(read(parsePublished('samples/ebsi-edc-vcdm2-microcredential.json'))).toMatchObject({
      title: 'Data and software business',
      awardedOn: '2020-07-20',
      awardingBodies: [{ name: 'University of Life', country: 'BE' }],
      workload: { credits: [{ value: 5 }] },
      result: { grade: 'Excellent (5)', scheme: 'General grading scheme in Finland' },
    })
  })

  it('read the reference examples, in both forms alike', () => {
    const found = read(parsePublished('examples/elm-vc2.json'))
    expect(found).toMatchObject({
      title: 'Datadriven affärsutveckling',
      workload: { hours: 80, credits: [{ value: 3 }] },
      levels: [
        { framework: 'EQF', level: 6 },
        { framework: 'SeQF', level: 6 },
      ],
      assessment: { supervision: { label: { en: 'Supervised with ID Verification' } } },
      qualityAssurance: [{ label: { en: 'Institutional Quality Assurance' } }],
    })
    expect(read(parsePublished('examples/elm-vc11-europass.json'))).toEqual(found)
  })
})
