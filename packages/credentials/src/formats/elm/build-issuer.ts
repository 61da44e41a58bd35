import type { Identifier } from '../../domain/organisation.ts'
import { omitAbsent } from '../omit-absent.ts'
import { buildOrganisationAccreditations } from './build-accreditations.ts'
import { buildAgent, buildLocation, sortIdentifiers } from './build-agents.ts'
import type { ElmRecord } from './elm-record.ts'
import { buildCountry, buildWebResource, type ElmNode, type IdOf } from './nodes.ts'

/** The organisation that seals the credential, with the legal identifier every issuer must have (domain.md 3.1). */
export function buildIssuer(record: ElmRecord): ElmNode {
  const { organisation, issuer, idOf } = record
  const { identifiers = [], country, homepage } = organisation
  const of = (part: string) => idOf(`issuer/${part}`)
  return {
    id: issuer,
    type: 'Organisation',
    legalName: organisation.legalName,
    ...sortIdentifiers(identifiers, country, of),
    ...omitAbsent({
      eIDASIdentifier: buildEidasIdentifier(identifiers, country, of),
      location: buildLocation(country, of),
      homepage: homepage && [buildWebResource(of('homepage'), homepage)],
      ...buildOrganisationAccreditations(record),
    }),
  }
}

/** The bodies that decided the award: the sealing organisation, when no others are named. */
export const buildAwardingBodies = (record: ElmRecord): ElmNode[] =>
  record.award.awardingBodies?.map((body) => buildAgent(body, record.idOf)) ?? [buildIssuer(record)]

/**
 * The identifier that also stands in the organisation's seal certificate (ETSI EN 319 412-1, 5.1.4): as recorded,
 * else made of the Swedish organisation number, for which that standard prescribes the form.
 */
function buildEidasIdentifier(
  identifiers: readonly Identifier[],
  country: string,
  of: IdOf,
): ElmNode | undefined {
  const recorded = identifiers.find(({ scheme }) => scheme === 'eidas')?.value
  const number = identifiers
    .find(({ scheme }) => scheme === 'organisationsnummer')
    ?.value.replaceAll(/\D/g, '')
    .slice(-10)
  const notation = recorded ?? (number && `NTRSE-${number}`)
  if (!notation) return undefined
  const register = /^[A-Z]{3}([A-Z]{2})-/.exec(notation)?.[1] ?? country
  return {
    id: of('eidas'),
    type: 'LegalIdentifier',
    notation,
    spatial: buildCountry(register) ?? buildCountry(country),
  }
}
