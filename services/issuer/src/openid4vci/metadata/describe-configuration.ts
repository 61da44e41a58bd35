import { learningCredentialTypeMetadata, rulebookTypeMetadata } from '@mikromerit/credentials'
import { type CredentialConfiguration, isRulebookFormat } from './configurations.ts'
import { elmClaims, type MetadataClaim, openBadgeClaims } from './vc-claims.ts'

/** One entry of `credential_configurations_supported` (OpenID4VCI 12.2.4 and appendix A). */
export const describeConfiguration = (
  configuration: CredentialConfiguration,
  publicUrl: string,
) => ({
  ...describeKind(configuration, publicUrl),
  scope: configuration.scope,
  credential_signing_alg_values_supported: ['ES256'],
  // I-03: binding methods and proof types come together. A badge names its holder's key as did:jwk; the proof is the same.
  cryptographic_binding_methods_supported:
    configuration.format === 'open_badge' ? ['jwk', 'did:jwk'] : ['jwk'],
  proof_types_supported: { jwt: { proof_signing_alg_values_supported: ['ES256'] } },
  credential_metadata: describeContent(configuration),
})

function describeKind({ kind }: CredentialConfiguration, publicUrl: string) {
  if (kind.format === 'dc+sd-jwt') return { format: kind.format, vct: kind.vct }
  return {
    format: kind.format,
    credential_definition: {
      // A.1.1 has types alone; who knows `vc+jwt` learns the contexts too, as A.1.3 has them.
      ...(kind.format === 'vc+jwt' && { '@context': kind.contexts(publicUrl) }),
      type: kind.types,
    },
  }
}

const vcContents = {
  elm: {
    name: {
      sv: 'Mikromerit (europeiskt läranderesultatbevis)',
      en: 'Micro-credential (European Digital Credential)',
    },
    claims: elmClaims,
  },
  open_badge: {
    name: { sv: 'Mikromerit (Open Badge)', en: 'Micro-credential (Open Badge)' },
    claims: openBadgeClaims,
  },
} as const

/** What a wallet shows before it has the credential, in Swedish and English (I-04). */
function describeContent({ format }: CredentialConfiguration): {
  display: { name: string; locale: string }[]
  claims: readonly MetadataClaim[]
} {
  if (format === 'sd_jwt_vc' || isRulebookFormat(format)) {
    const { display, claims } =
      format === 'sd_jwt_vc' ? learningCredentialTypeMetadata() : rulebookTypeMetadata(format)
    return {
      display: display.map(({ locale, name }) => ({ name, locale })),
      claims: claims.map(({ path, mandatory, display: labels }) => ({
        path,
        mandatory,
        display: labels.map(({ locale, label }) => ({ name: label, locale })),
      })),
    }
  }
  const { name, claims } = vcContents[format]
  return {
    display: (['sv', 'en'] as const).map((locale) => ({ name: name[locale], locale })),
    claims,
  }
}
