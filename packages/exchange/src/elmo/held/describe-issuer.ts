import type { Identifier, Party } from '@mikromerit/credentials'
import { node, textNode, type XmlNode } from '../../xml/write-xml.ts'
import { isElmoCountry } from '../countries.ts'
import { writeIdentifiers } from '../write-identifiers.ts'
import { writeTexts } from '../write-texts.ts'
import { unknownLanguage } from './unknown-language.ts'

/** The issuer of a credential as the issuer of a report. It has to have a name: its identifier, where it gives none. */
export function describeIssuer(issuer: Party): XmlNode {
  const { country, identifier, name = identifier ?? '' } = issuer
  return node('issuer', [
    ...textNode('country', country !== undefined && isElmoCountry(country) ? country : undefined),
    // Required like the address, and empty when there is none.
    ...(identifier === undefined
      ? [node('identifier', '', { type: 'uri' })]
      : writeIdentifiers(identifiersOf(issuer))),
    ...writeTexts('title', { [unknownLanguage]: name }),
    node('url', identifier !== undefined && /^https?:/.test(identifier) ? identifier : ''),
  ])
}

/** A Swedish number goes by its own name, all else by what it is: an address or a name of a register. */
export function identifiersOf({ identifier }: Party): Identifier[] {
  if (identifier === undefined) return []
  const number = /^urn:se:organisationsnummer:(\d{10})$/.exec(identifier)?.[1]
  return number === undefined
    ? [{ scheme: 'uri', value: identifier }]
    : [{ scheme: 'organisationsnummer', value: number }]
}
