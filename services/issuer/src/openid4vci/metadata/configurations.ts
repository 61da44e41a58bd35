import {
  credentialsV2Context,
  learningCredentialVct,
  openBadgesContext,
  type RulebookFormat,
  rulebookFormats,
  rulebookVcts,
} from '@mikromerit/credentials'
import type { OrganisationSettings } from '../../organisations/settings.ts'

/** What every organisation issues, and offers when no formats are named. */
const standardFormats = ['sd_jwt_vc', 'elm', 'open_badge'] as const

/** What a credential is called in our own API: `offer.formats`. */
export const credentialFormats = [...standardFormats, ...rulebookFormats] as const
export type CredentialFormat = (typeof credentialFormats)[number]

export const isRulebookFormat = (format: CredentialFormat): format is RulebookFormat =>
  rulebookFormats.some((one) => one === format)

/** Whether an organisation issues a format: the further ones only when it has switched them on. */
export const isSwitchedOn = (
  { furtherFormats }: OrganisationSettings,
  format: CredentialFormat,
): boolean => !isRulebookFormat(format) || furtherFormats?.[format] !== undefined

/** What a wallet is told of its kind: SD-JWT VC (OpenID4VCI A.3), or a W3C credential in a JWT (A.1.1). */
export type CredentialKind =
  | { readonly format: 'dc+sd-jwt'; readonly vct: string }
  | {
      // docs/adr: VC 2.0 secured with JOSE has no identifier of its own in OpenID4VCI 1.0.
      readonly format: 'vc+jwt' | 'jwt_vc_json'
      readonly types: readonly string[]
      /** The contexts of the credential, of which ours lies below the service's own address. */
      readonly contexts: (publicUrl: string) => readonly string[]
    }

/** A credential this issuer makes. Configurations are per format, never per achievement. */
export interface CredentialConfiguration {
  /** Its name in metadata, offers and credential requests. */
  readonly id: string
  readonly format: CredentialFormat
  /** I-06: an OAuth scope nobody else uses for another thing. */
  readonly scope: string
  readonly kind: CredentialKind
}

export const elmContextPath = '/contexts/elm-vc2/v1'

const elm = {
  types: ['VerifiableCredential', 'EuropeanDigitalCredential'],
  contexts: (publicUrl: string) => [credentialsV2Context, `${publicUrl}${elmContextPath}`],
}
const openBadge = {
  types: ['VerifiableCredential', 'OpenBadgeCredential'],
  contexts: () => [credentialsV2Context, openBadgesContext],
}

const configure = (
  id: string,
  format: CredentialFormat,
  kind: CredentialKind,
): CredentialConfiguration => ({
  id,
  format,
  scope: `${learningCredentialVct}:${id.slice(id.indexOf('_') + 1)}`,
  kind,
})

/** In the order of offers: wallets that take one credential take the first they know. */
const credentialConfigurations: readonly CredentialConfiguration[] = [
  configure('MicroCredential_sd_jwt_vc', 'sd_jwt_vc', {
    format: 'dc+sd-jwt',
    vct: learningCredentialVct,
  }),
  configure('MicroCredential_elm', 'elm', { format: 'vc+jwt', ...elm }),
  configure('MicroCredential_elm_jwt_vc_json', 'elm', { format: 'jwt_vc_json', ...elm }),
  configure('MicroCredential_open_badge', 'open_badge', { format: 'vc+jwt', ...openBadge }),
  configure('MicroCredential_open_badge_jwt_vc_json', 'open_badge', {
    format: 'jwt_vc_json',
    ...openBadge,
  }),
  // The scopes are those the rulebooks give their types.
  {
    id: `${rulebookVcts.webuild_micro_credential}_sd_jwt_vc`,
    format: 'webuild_micro_credential',
    scope: 'MicroCredential',
    kind: { format: 'dc+sd-jwt', vct: rulebookVcts.webuild_micro_credential },
  },
  {
    id: `${rulebookVcts.webuild_verified_skill}_sd_jwt_vc`,
    format: 'webuild_verified_skill',
    scope: 'VerifiedSkill',
    kind: { format: 'dc+sd-jwt', vct: rulebookVcts.webuild_verified_skill },
  },
]

const byId = new Map(credentialConfigurations.map((one) => [one.id, one]))

export const findConfiguration = (id: string) => byId.get(id)

/** Asked for at every offer: the list of those that name no formats is made once. */
const defaultIds = credentialConfigurations
  .filter(({ format }) => !isRulebookFormat(format))
  .map(({ id }) => id)

/** What an organisation's metadata lists. */
export const listConfigurations = (settings: OrganisationSettings) =>
  credentialConfigurations.filter(({ format }) => isSwitchedOn(settings, format))

/** The configurations of these formats; of the three that everybody issues, when none is named. */
export const findConfigurationIds = (formats?: readonly string[]): string[] =>
  formats
    ? credentialConfigurations.filter(({ format }) => formats.includes(format)).map(({ id }) => id)
    : [...defaultIds]
