import Type, { type Static } from 'typebox'
import { EntryId, issuerMembers } from '../trust/registered-issuer.ts'

const strict = { additionalProperties: false }
const Instant = Type.String({ format: 'date-time', maxLength: 40 })
const Address = Type.String({ minLength: 1, maxLength: 2_000 })

/** Greatest length of a whole bundle, in characters. */
export const maxBundleLength = 16_777_216

/** Greatest length of all status lists in a bundle together; base64url adds a third, and the rest needs room. */
export const maxStatusListCharacters = 8_388_608

/** Greatest length of all documents of issuers together. */
export const maxDocumentCharacters = 2_097_152

/** How many of each a bundle may hold. */
export const bundleLimits = {
  issuersAskedFor: 20,
  anchors: 1_000,
  issuers: 5_000,
  issuerDocuments: 1_000,
  statusLists: 200,
} as const

/** A status list as it was fetched: a Status List Token, a Bitstring Status List, or a 1EdTech Revocation List. */
const StatusSnapshot = Type.Object(
  {
    uri: Address,
    kind: Type.Enum(['token', 'bitstring', 'revocations'] as const),
    fetchedAt: Instant,
    list: Type.String({ maxLength: 1_048_576 }),
  },
  strict,
)

const BundledAnchor = Type.Object(
  {
    certificate: Type.String({ maxLength: 10_924, description: 'DER in base64, as in x5c' }),
    label: Type.Optional(Type.String({ maxLength: 200 })),
    since: Type.Optional(Instant),
    until: Type.Optional(Instant),
  },
  strict,
)

const IssuerDocument = Type.Object(
  { url: Address, fetchedAt: Instant, document: Type.Record(Type.String(), Type.Unknown()) },
  strict,
)

const CodeListVersion = Type.Object({ scheme: Address, name: Type.String() }, strict)

/** What a bundle says beside who made it and when (docs/reference/trust-bundle.md). */
const contentMembers = {
  issuersAskedFor: Type.Optional(
    Type.Array(Address, { minItems: 1, maxItems: bundleLimits.issuersAskedFor }),
  ),
  anchors: Type.Array(BundledAnchor, { maxItems: bundleLimits.anchors }),
  issuers: Type.Array(Type.Object({ id: EntryId, ...issuerMembers }, strict), {
    maxItems: bundleLimits.issuers,
  }),
  issuerDocuments: Type.Array(IssuerDocument, { maxItems: bundleLimits.issuerDocuments }),
  statusLists: Type.Array(StatusSnapshot, { maxItems: bundleLimits.statusLists }),
  codeLists: Type.Array(CodeListVersion, { maxItems: 200 }),
  policy: Type.Object(
    { statusMaxAgeSeconds: Type.Integer({ minimum: 1, maximum: 31_536_000 }) },
    strict,
  ),
}

export const BundlePayload = Type.Object(
  {
    iss: Address,
    iat: Type.Integer({ minimum: 0, maximum: 8e12 }),
    exp: Type.Integer({ minimum: 0, maximum: 8e12 }),
    ...contentMembers,
  },
  strict,
)

const BundleContent = Type.Object(contentMembers, strict)

export type BundleContent = Static<typeof BundleContent>
export type BundlePayload = Static<typeof BundlePayload>
export type StatusSnapshot = Static<typeof StatusSnapshot>
export type IssuerDocument = Static<typeof IssuerDocument>
export type BundledAnchor = Static<typeof BundledAnchor>
