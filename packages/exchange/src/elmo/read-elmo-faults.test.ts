import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  aLearner,
  anElmo,
  anIssuer,
  anOpportunity,
  readDocument,
  readText,
} from '../../test/elmo-files.ts'

const codesOf = (xml: string) =>
  readDocument(xml).findings.map(({ code, line, path }) => `${code} ${line} ${path}`)

/** Line and path of the instance of {@link anOpportunity}. */
const specification = '/elmo/report[1]/learningOpportunitySpecification[1]'
const instance = `${specification}/specifies[1]/learningOpportunityInstance[1]`
const unsigned = 'ELMO_UNSIGNED 2 /elmo'

describe('a faulty ELMO file', () => {
  it.each<[string, string, string[]]>([
    [
      'no name',
      anElmo({ learner: '<givenNames/><familyName> </familyName>' }),
      ['NAME_MISSING 4 /elmo/learner[1]'],
    ],
    [
      'no learner',
      anElmo().replace(/<learner>.*<\/learner>/, ''),
      ['ELMO_ELEMENT_MISSING 2 /elmo'],
    ],
    ['no report', anElmo().replace(/<report>.*<\/report>/s, ''), ['ELMO_ELEMENT_MISSING 2 /elmo']],
    [
      'no issuer',
      anElmo().replace(/<issuer>.*<\/issuer>/, ''),
      ['ELMO_ELEMENT_MISSING 5 /elmo/report[1]'],
    ],
    [
      'a country that is none',
      anElmo({ issuer: anIssuer.replace('SE', 'Sverige') }),
      ['COUNTRY_INVALID 6 /elmo/report[1]/issuer[1]/country[1]'],
    ],
    [
      'a birthday that is none',
      anElmo({ learner: aLearner.replace('02-28', '02-30') }),
      ['DATE_INVALID 4 /elmo/learner[1]/bday[1]'],
    ],
    [
      'no title',
      anElmo({ opportunities: anOpportunity({ title: '<title/>' }) }),
      [`TITLE_MISSING 7 ${specification}`],
    ],
    [
      'no instance',
      anElmo({
        opportunities:
          '<learningOpportunitySpecification><title>A</title></learningOpportunitySpecification>',
      }),
      [`ELMO_ELEMENT_MISSING 7 ${specification}`],
    ],
    [
      'a field that is none',
      anElmo({ opportunities: anOpportunity({ more: '<iscedCode>IT</iscedCode>' }) }),
      [`ISCED_FORMAT 8 ${specification}/iscedCode[1]`],
    ],
    [
      'a field that lost its zero',
      anElmo({ opportunities: anOpportunity({ more: '<iscedCode>541</iscedCode>' }) }),
      [`ISCED_ZERO_LOST 8 ${specification}/iscedCode[1]`],
    ],
    [
      'days in the wrong order',
      anElmo({
        opportunities: anOpportunity({
          instance: '<start>2026-06-05</start>\n<date>2026-06-04</date>',
        }),
      }),
      [`DATE_ORDER 11 ${instance}/date[1]`],
    ],
    [
      'a status of nobody',
      anElmo({ opportunities: anOpportunity({ instance: '<status>perhaps</status>' }) }),
      [`STATUS_UNKNOWN 10 ${instance}/status[1]`],
    ],
    [
      'credits below nothing',
      anElmo({
        opportunities: anOpportunity({
          instance: '<credit><scheme>ects</scheme><value>-3</value></credit>',
        }),
      }),
      [`CREDIT_VALUE_INVALID 10 ${instance}/credit[1]/value[1]`],
    ],
    [
      'credits in words',
      anElmo({
        opportunities: anOpportunity({
          instance: '<credit><scheme>ects</scheme><value>7,5</value></credit>',
        }),
      }),
      [`CREDIT_VALUE_INVALID 10 ${instance}/credit[1]/value[1]`],
    ],
    [
      'a level in words',
      anElmo({
        opportunities: anOpportunity({
          instance: '<level><type>EQF</type><value>high</value></level>',
        }),
      }),
      [`LEVEL_OUT_OF_RANGE 10 ${instance}/level[1]/value[1]`],
    ],
    [
      'a scale described nowhere',
      anElmo({
        opportunities: anOpportunity({
          instance: '<gradingSchemeLocalId>s</gradingSchemeLocalId>',
        }),
      }),
      [`ELMO_GRADING_SCHEME_UNKNOWN 10 ${instance}/gradingSchemeLocalId[1]`],
    ],
  ])('says where there is %s', (_, xml, findings) => {
    expect(codesOf(xml)).toEqual([unsigned, ...findings])
  })

  it('finds credits given both for a whole and for its parts, however deep', () => {
    const inner = anOpportunity({ code: 'inner' })
    const middle = anOpportunity({ code: 'middle', instance: '', parts: [inner] })
    const double = anElmo({
      opportunities: anOpportunity({ parts: [middle, anOpportunity({ instance: '' })] }),
    })
    expect(codesOf(double)).toEqual([
      unsigned,
      `DOUBLE_CREDIT 17 ${specification}/hasPart[1]/learningOpportunitySpecification[1]/hasPart[1]/learningOpportunitySpecification[1]`,
    ])
    const single = anElmo({ opportunities: anOpportunity({ instance: '', parts: [inner, inner] }) })
    expect(codesOf(single)).toEqual([unsigned])
  })

  it.each<[string, string | Uint8Array, string]>([
    ['nothing', ' ', 'IMPORT_EMPTY'],
    ['no XML', 'Efternamn;Tilldelad', 'XML_MALFORMED'],
    ['another document', '<html/>', 'ELMO_ROOT'],
    ['entities', `<!DOCTYPE elmo [<!ENTITY x "y">]>${anElmo().slice(39)}`, 'XML_DOCTYPE'],
    [
      'endless nesting',
      anElmo({ opportunities: '<a>'.repeat(100) + '</a>'.repeat(100) }),
      'XML_TOO_COMPLEX',
    ],
    ['bytes of no encoding', Buffer.from([0xff, 0xfe, 0x00]), 'IMPORT_ENCODING'],
  ])('refuses %s', (_, text, code) => {
    expect(readText(text)).toMatchObject({ ok: false, code, finding: { code, severity: 'error' } })
  })

  it('refuses more bytes than allowed', () => {
    expect(readText(anElmo(), { maxBytes: 100 })).toMatchObject({
      ok: false,
      code: 'IMPORT_TOO_LARGE',
    })
  })

  it('reports a few hundred findings and no more', () => {
    const document = readDocument(
      anElmo({ opportunities: anOpportunity({ title: '<title/>' }).repeat(1000) }),
    )
    expect(document.findings).toHaveLength(200)
  })

  it('never throws, whatever the file', () => {
    const xml = anElmo()
    fc.assert(
      fc.property(fc.nat({ max: xml.length }), fc.string({ maxLength: 5 }), (at, letters) => {
        return (
          typeof readText(xml.slice(0, at) + letters + xml.slice(at + letters.length)).ok ===
          'boolean'
        )
      }),
    )
  })
})
