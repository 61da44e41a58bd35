import type { Achievement } from '../../domain/achievement.ts'
import { learnerExample } from '../../domain/examples.ts'
import type { Organisation } from '../../domain/organisation.ts'
import { omitAbsent } from '../omit-absent.ts'
import { buildQualification } from './build-qualification.ts'
import { readElmRecord } from './elm-record.ts'
import { buildCountry } from './nodes.ts'

export interface DefinitionOptions {
  /** The Credential Issuer Identifier of the creator. */
  readonly issuer: string
  /** Where the issuer publishes our context. */
  readonly contextUrl: string
}

/** Terms that credentials need only inside claims, and those a definition has besides. */
const ownTerms = {
  '@version': 1.1,
  id: '@id',
  type: '@type',
  description: { '@id': 'dc:description', '@container': '@language' },
  publisher: { '@id': 'dc:publisher', '@type': '@id' },
  stackingRules: { '@id': 'urn:mikromerit:stacking-rules', '@type': '@json' },
}

/**
 * A definition as JSON-LD: the Qualification that credentials of it specify (European Learning Model), with who
 * publishes it and what it can be stacked of. Pure: the same definition gives the same document.
 */
export function projectDefinition(
  achievement: Achievement,
  organisation: Organisation,
  { issuer, contextUrl }: DefinitionOptions,
): Readonly<Record<string, unknown>> {
  // Nobody has been awarded anything: of an award, only the id is used, to name parts of the document.
  const award = {
    id: achievement.id,
    achievementId: achievement.id,
    learner: { familyName: learnerExample.familyName },
    awardedOn: '1970-01-01',
  }
  const record = readElmRecord({ organisation, achievement, award }, issuer, 'sv')
  const country = buildCountry(organisation.country)
  return omitAbsent({
    '@context': [contextUrl, ownTerms],
    ...buildQualification(record),
    publisher: omitAbsent({
      id: issuer,
      type: 'Organisation',
      legalName: organisation.legalName,
      location: country && [
        { type: 'Location', address: [{ type: 'Address', countryCode: country }] },
      ],
    }),
    stackingRules: achievement.stackingRules,
  })
}
