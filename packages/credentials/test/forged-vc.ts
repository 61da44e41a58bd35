import { type ForgedJwt, forgeJwt, now } from './forged-token.ts'

const issuer = 'https://issuer.example/ri-se'
const subject = 'urn:uuid:0190c1a2-0000-7000-8000-0000000000c2'

/** The Credential Issuer Identifier and the subject of all forged credentials. */
export const names = { issuer, subject, id: 'urn:uuid:0190c1a2-0000-7000-8000-000000000002' }

export const credentialsContext = 'https://www.w3.org/ns/credentials/v2'
export const legacyContext = 'https://www.w3.org/2018/credentials/v1'
export const openBadgesContext = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'

/** Half a year before {@link now}, at a whole second. */
export const validFrom = '2026-06-05T12:00:00Z'
export const validFromSeconds = Date.parse(validFrom) / 1000

type Members = Record<string, unknown>

/** A credential of the data model 2.0, right in everything that is not given; `undefined` leaves a member out. */
export const aCredential = (members: Members = {}): Members => ({
  '@context': [credentialsContext],
  id: names.id,
  type: ['VerifiableCredential'],
  issuer,
  validFrom,
  credentialSubject: { id: subject, name: 'Alva Exempelsson' },
  ...members,
})

/** The least an Open Badge may hold, and what is given. */
export const anOpenBadge = (members: Members = {}): Members => ({
  ...aCredential(),
  '@context': [credentialsContext, openBadgesContext],
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: { id: issuer, type: ['Profile'], name: 'Exempeluniversitetet' },
  credentialSubject: {
    id: subject,
    type: ['AchievementSubject'],
    achievement: {
      id: `${issuer}/achievements/1`,
      type: ['Achievement'],
      name: 'Samarbete',
      description: 'Att arbeta tillsammans.',
      criteria: { narrative: 'Ett projekt i grupp.' },
    },
  },
  ...members,
})

/** The claims Open Badges 3.0 asks for, of an unchanged {@link anOpenBadge}. */
export const openBadgeClaims = {
  iss: issuer,
  jti: names.id,
  sub: subject,
  nbf: validFromSeconds,
}

export const forgeVcJwt = ({ header, payload, ...rest }: ForgedJwt = {}): string =>
  forgeJwt({
    header: typeof header === 'string' ? header : { typ: 'vc+jwt', ...header },
    payload: typeof payload === 'string' ? payload : aCredential(payload),
    ...rest,
  })

/** An Open Badge as its own profile has it: no `typ`, and the claims. */
export const forgeOpenBadge = ({ header, payload, ...rest }: ForgedJwt = {}): string =>
  forgeJwt({
    ...(header !== undefined && { header }),
    payload:
      typeof payload === 'string' ? payload : anOpenBadge({ ...openBadgeClaims, ...payload }),
    ...rest,
  })

/** A credential of the data model 1.1 in a `vc` claim. */
export const forgeLegacy = ({
  vc = {},
  claims = {},
  header = { typ: 'JWT' },
}: {
  vc?: Members
  claims?: Members
  header?: Members
} = {}): string =>
  forgeJwt({
    header,
    payload: {
      iss: issuer,
      jti: names.id,
      sub: subject,
      nbf: validFromSeconds,
      vc: {
        '@context': [legacyContext],
        type: ['VerifiableCredential'],
        credentialSubject: { name: 'Alva Exempelsson' },
        ...vc,
      },
      ...claims,
    },
  })
