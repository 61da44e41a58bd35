import type { Agent, Identifier, Organisation } from '../../domain/organisation.ts'
import type { Locale } from '../../domain/text.ts'
import { omitAbsent } from '../omit-absent.ts'
import type { BadgeWriter } from './badge-writer.ts'
import { nameBasedUrn } from './name-based-uuid.ts'
import { identifierTypes } from './vocabulary.ts'

/** The organisation that seals, as issuer. */
export const projectIssuer = (writer: BadgeWriter) =>
  projectOrganisation(writer, writer.issuer, writer.record.organisation)

/** Who created the definition, when another organisation awards it. */
export const projectCreator = (writer: BadgeWriter) => {
  const { creator } = writer.record
  return creator && projectOrganisation(writer, creator.issuer, creator.organisation)
}

function projectOrganisation(
  { say, locale }: BadgeWriter,
  issuer: string,
  { legalName, country, homepage, identifiers, logo }: Organisation,
) {
  return omitAbsent({
    id: issuer,
    type: ['Profile'],
    name: say(legalName),
    url: homepage,
    image: logo === undefined ? undefined : { id: logo, type: 'Image' },
    address: projectAddress(country, locale),
    otherIdentifier: projectIdentifiers(identifiers),
  })
}

/** Who decided, when somebody else than the one that seals; a badge has room for one (domain.md section 1, 4). */
export function projectSource({ record, say, locale }: BadgeWriter) {
  const [body] = record.award.awardingBodies ?? []
  if (!body) return undefined
  return omitAbsent({
    id: identifyAgent(body),
    type: ['Profile'],
    name: say(body.legalName),
    address: body.country === undefined ? undefined : projectAddress(body.country, locale),
    otherIdentifier: projectIdentifiers(body.identifiers),
  })
}

/** A profile needs a URI. An organisation without one gets a name-based one, the same every time. */
function identifyAgent({ legalName, country = '', identifiers = [] }: Agent): string {
  const uri = identifiers.find(({ value }) => /^(?:https?:\/\/|urn:)\S+$/.test(value))?.value
  if (uri !== undefined) return uri
  const names = [country, ...Object.values(legalName), ...identifiers.map(({ value }) => value)]
  return nameBasedUrn('organisation', ...names)
}

export const projectIdentifiers = (identifiers: readonly Identifier[] | undefined) =>
  identifiers?.length
    ? identifiers.map(({ scheme, value }) => ({
        type: 'IdentifierEntry',
        identifier: value,
        identifierType:
          identifierTypes.get(scheme) ?? `ext:${scheme.replaceAll(/[^A-Za-z0-9._-]/g, '-')}`,
      }))
    : undefined

// Made once: making one takes longer than projecting the rest of a badge.
const nameRegions = (locale: Locale) =>
  new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' })
const regionNames: Readonly<Record<Locale, Intl.DisplayNames>> = {
  sv: nameRegions('sv'),
  en: nameRegions('en'),
}

const projectAddress = (country: string, locale: Locale) =>
  omitAbsent({
    type: ['Address'],
    addressCountry: regionNames[locale].of(country),
    addressCountryCode: country,
  })
