import { EntryId, issuerMembers } from '@mikromerit/credentials'
import Type, { type Static } from 'typebox'

const strict = { additionalProperties: false }

const Instant = Type.String({ format: 'date-time', maxLength: 40 })

const issuerExample = {
  identifier: 'https://issuer.example.se/exempeluniversitetet',
  legalName: { sv: 'Exempeluniversitetet', en: 'Example University' },
  since: '2026-01-01T00:00:00.000Z',
  mayAward: {
    vcts: ['urn:eu.europa.ec.eudi:learning:credential:1'],
    levels: [{ framework: 'EQF', max: 8 }],
  },
}

export const TrustedIssuerDraft = Type.Object(issuerMembers, {
  ...strict,
  examples: [issuerExample],
})

export const TrustedIssuer = Type.Object(
  { id: EntryId, ...issuerMembers, updatedAt: Instant },
  {
    ...strict,
    description: 'An issuer, and what it may award',
    examples: [
      { id: 'exempeluniversitetet', ...issuerExample, updatedAt: '2026-01-02T08:00:00.000Z' },
    ],
  },
)

const anchorMembers = {
  label: Type.String({ minLength: 1, maxLength: 200, description: 'Whose anchor this is' }),
  since: Type.String({ ...Instant, description: 'Used for checks from this instant on' }),
  until: Type.Optional(Type.String({ ...Instant, description: 'Not used from this instant on' })),
}

// A real one, whose private key was thrown away when it was made.
const examplePem = `-----BEGIN CERTIFICATE-----
MIIBqDCCAU6gAwIBAgIQZFdw/Gnqj7h4dkGMQo+aaTAKBggqhkjOPQQDAjAiMQsw
CQYDVQQGEwJTRTETMBEGA1UEAwwKRXhlbXBlbC1DQTAeFw0yNjAxMDEwMDAwMDBa
Fw00OTEyMzEyMzU5NTlaMCIxCzAJBgNVBAYTAlNFMRMwEQYDVQQDDApFeGVtcGVs
LUNBMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEXVI2uRLHPJ1k+4yF/M7qk7wg
TnLMT0K5qAHbbVLYHzBGR4zpIzAcdRnXcgLVc+2W8IWC4eYBVr0SgJCS2+/acKNm
MGQwEgYDVR0TAQH/BAgwBgEB/wIBATAOBgNVHQ8BAf8EBAMCAQYwHQYDVR0OBBYE
FF7Q+pFzsHBeAUqfcYHtpr7gZBJpMB8GA1UdIwQYMBaAFF7Q+pFzsHBeAUqfcYHt
pr7gZBJpMAoGCCqGSM49BAMCA0gAMEUCIDEeneR17h4w0wWkQFC4QC/7WgUvRkr6
Xlau3Kr1JyDOAiEA06rnVfL6sJ5mbluYSavVg/pPQAS3iXC+uaxGhrPnhFs=
-----END CERTIFICATE-----
`

const anchorExample = { label: 'Exempel-CA', since: '2026-01-01T00:00:00.000Z' }

export const TrustAnchorDraft = Type.Object(
  {
    ...anchorMembers,
    certificate: Type.String({
      minLength: 1,
      maxLength: 20_000,
      description: 'The certificate of the authority, PEM',
    }),
  },
  { ...strict, examples: [{ ...anchorExample, certificate: examplePem }] },
)

export const TrustAnchor = Type.Object(
  {
    id: EntryId,
    ...anchorMembers,
    certificate: Type.String(),
    subject: Type.String({ description: 'Subject of the certificate' }),
    notAfter: Type.String({ ...Instant, description: 'End of the certificate itself' }),
    updatedAt: Instant,
  },
  {
    ...strict,
    description: 'An authority whose issuers are believed',
    examples: [
      {
        id: 'exempel-ca',
        ...anchorExample,
        certificate: examplePem,
        subject: 'C=SE\nCN=Exempel-CA',
        notAfter: '2049-12-31T23:59:59.000Z',
        updatedAt: '2026-01-02T08:00:00.000Z',
      },
    ],
  },
)

export const EntryParams = Type.Object({ id: EntryId })

export type TrustedIssuerDraft = Static<typeof TrustedIssuerDraft>
export type TrustedIssuer = Static<typeof TrustedIssuer>
export type TrustAnchorDraft = Static<typeof TrustAnchorDraft>
export type TrustAnchor = Static<typeof TrustAnchor>
