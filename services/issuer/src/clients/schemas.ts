import Type, { type Static } from 'typebox'

const example = {
  displayName: { sv: 'Exempelplånboken', en: 'The example wallet' },
  redirectUris: ['https://wallet.example.org/callback'],
}
const name = Type.String({ minLength: 1, maxLength: 100 })

export const WalletClientDraft = Type.Object(
  {
    displayName: Type.Object(
      { sv: name, en: name },
      { additionalProperties: false, description: 'What learners are told the wallet is called' },
    ),
    redirectUris: Type.Array(Type.String({ minLength: 1, maxLength: 1_000 }), {
      minItems: 1,
      maxItems: 20,
      uniqueItems: true,
      description: 'Compared character by character: no wildcards (RFC 9700 2.1)',
    }),
  },
  { additionalProperties: false, examples: [example] },
)
export type WalletClientDraft = Static<typeof WalletClientDraft>

export const WalletClient = Type.Object(
  { id: Type.String(), ...WalletClientDraft.properties },
  { examples: [{ id: 'example-wallet', ...example }] },
)
export type WalletClient = Static<typeof WalletClient>

export const WalletClientParams = Type.Object({
  organisation: Type.String({ maxLength: 64, examples: ['exempeluniversitetet'] }),
  client: Type.String({
    maxLength: 200,
    description: 'The client_id of the wallet, URL-encoded',
    examples: ['example-wallet'],
  }),
})
export type WalletClientParams = Static<typeof WalletClientParams>
