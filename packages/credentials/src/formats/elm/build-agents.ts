import type { Agent, Identifier } from '../../domain/organisation.ts'
import { omitAbsent } from '../omit-absent.ts'
import { buildCountry, buildIdentifier, type ElmNode, type IdOf, orNone } from './nodes.ts'

/**
 * An organisation named in the award. Without a country it cannot be an Organisation, which must have an address:
 * then it is an Agent. Its id is made of all that is said of it, so that two spellings are never one node.
 */
export function buildAgent(agent: Agent, idOf: IdOf): ElmNode {
  const name = `agent/${JSON.stringify(agent)}`
  const { legalName, identifiers = [], country } = agent
  const of = (part: string) => idOf(`${name}/${part}`)
  const location = buildLocation(country, of)
  if (!location) {
    const identifier = orNone(
      identifiers.map((one, at) => buildIdentifier(of(`identifier/${at}`), one)),
    )
    return { id: idOf(name), type: 'Agent', prefLabel: legalName, ...omitAbsent({ identifier }) }
  }
  return {
    id: idOf(name),
    type: 'Organisation',
    legalName,
    ...sortIdentifiers(identifiers, country, of),
    location,
  }
}

export function buildLocation(country: string | undefined, of: IdOf): ElmNode[] | undefined {
  const countryCode = buildCountry(country)
  if (!countryCode) return undefined
  const address = [{ id: of('address'), type: 'Address', countryCode }]
  return [{ id: of('location'), type: 'Location', address }]
}

/** Identifiers by their kind. A Swedish number is a registration, wherever the organisation is established. */
export function sortIdentifiers(
  identifiers: readonly Identifier[],
  country: string | undefined,
  of: IdOf,
): ElmNode {
  const registered = identifiers.find(({ scheme }) => scheme === 'organisationsnummer')
  const vat = identifiers.filter(({ scheme }) => scheme === 'vat')
  const eidas = identifiers.find(({ scheme }) => scheme === 'eidas')
  const others = identifiers.filter(
    (one) => one !== registered && one !== eidas && one.scheme !== 'vat',
  )
  return omitAbsent({
    registration:
      registered && buildLegalIdentifier(of('registration'), registered, buildCountry('SE')),
    vatIdentifier: orNone(
      vat.map((one, at) => buildLegalIdentifier(of(`vat/${at}`), one, buildCountry(country))),
    ),
    identifier: orNone(others.map((one, at) => buildIdentifier(of(`identifier/${at}`), one))),
  })
}

const buildLegalIdentifier = (
  id: string,
  { scheme, value }: Identifier,
  spatial: ElmNode | undefined,
): ElmNode =>
  omitAbsent({ id, type: 'LegalIdentifier', notation: value, schemeName: scheme, spatial })
