import { learningCredentialVct } from '@mikromerit/credentials'

/** A credential format this issuer makes. Configurations are per format, never per achievement. */
export interface CredentialConfiguration {
  /** Its name in metadata, offers and credential requests. */
  readonly id: string
  /** Its name in our own API: `offer.formats`. */
  readonly format: 'sd_jwt_vc'
  /** I-06: an OAuth scope nobody else uses for another thing. */
  readonly scope: string
  readonly vct: string
}

export const credentialConfigurations: readonly CredentialConfiguration[] = [
  {
    id: 'MicroCredential_sd_jwt_vc',
    format: 'sd_jwt_vc',
    scope: `${learningCredentialVct}:sd_jwt_vc`,
    vct: learningCredentialVct,
  },
]

export const credentialFormats = credentialConfigurations.map(({ format }) => format)

export const findConfiguration = (id: string) =>
  credentialConfigurations.find((configuration) => configuration.id === id)

/** The configurations of these formats; of all, when none is named. */
export const findConfigurationIds = (formats: readonly string[] = credentialFormats) =>
  credentialConfigurations.filter(({ format }) => formats.includes(format)).map(({ id }) => id)
