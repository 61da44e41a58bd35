import Type, { type Static } from 'typebox'
import { LabelledClaim } from '../claims/claim-labels.ts'
import { credentialFormats } from '../credentials/formats.ts'

export const RequestBody = Type.Object(
  {
    authorizationRequest: Type.String({
      minLength: 1,
      maxLength: 65_536,
      description: "The verifier's link, with the request in it or by reference",
    }),
  },
  {
    additionalProperties: false,
    examples: [
      {
        authorizationRequest:
          'openid4vp://?client_id=x509_hash%3AUvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk&request_uri=https%3A%2F%2Fverifier.example%2Frequests%2F1',
      },
    ],
  },
)

const VerifierPreview = Type.Object({
  clientId: Type.String(),
  name: Type.String({
    description: "The verifier's own name for itself; its certificate vouches for more",
  }),
  host: Type.String({ description: 'Where the answer goes' }),
  trust: Type.Enum(['trusted', 'undetermined'], {
    description:
      'trusted: signed with a certificate under a trust anchor. undetermined: an unsigned request, only the host is known',
  }),
  certificate: Type.Optional(Type.Object({ subject: Type.String(), issuer: Type.String() })),
})

const Candidate = Type.Object({
  credentialId: Type.String({ format: 'uuid' }),
  title: Type.String(),
  format: Type.Enum(credentialFormats),
  disclosedWhole: Type.Boolean({
    description:
      'Whether the verifier sees everything in it, whatever it asks for: a VC-JWT knows no selective disclosure',
  }),
  expiresAt: Type.Optional(Type.String({ format: 'date-time' })),
  wouldDisclose: Type.Array(LabelledClaim, {
    description:
      'What the verifier learns because it asks for it; of what is disclosed whole, everything',
  }),
  alwaysVisible: Type.Array(LabelledClaim, {
    description: 'What any verifier of this credential sees besides',
  }),
})

const RequestedCredential = Type.Object({
  queryId: Type.String(),
  required: Type.Boolean({ description: 'Whether nothing can be answered without it' }),
  multiple: Type.Boolean({ description: 'Whether several of the candidates may be shown' }),
  candidates: Type.Array(Candidate),
})

const Purpose = Type.Object({ sv: Type.String(), en: Type.String() })

export const PresentationPreview = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    verifier: VerifierPreview,
    purpose: Type.Optional(Purpose),
    responseMode: Type.Enum(['direct_post', 'direct_post.jwt']),
    requested: Type.Array(RequestedCredential),
    satisfiable: Type.Boolean({ description: 'Whether submit can succeed' }),
    expiresAt: Type.String({ format: 'date-time' }),
  },
  {
    examples: [
      {
        id: '0190c1a2-0000-7000-8000-000000000005',
        verifier: {
          clientId: 'x509_hash:Uvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk',
          name: 'Exempelbolaget AB',
          host: 'verifier.example',
          trust: 'trusted',
          certificate: { subject: 'CN=Exempelbolaget AB', issuer: 'CN=Exempel CA' },
        },
        purpose: { sv: 'Ansökan om tjänst', en: 'Job application' },
        responseMode: 'direct_post.jwt',
        requested: [
          {
            queryId: 'micro_credential',
            required: true,
            multiple: false,
            candidates: [
              {
                credentialId: '0190c1a2-0000-7000-8000-000000000003',
                title: 'Datadriven affärsutveckling',
                format: 'dc+sd-jwt',
                disclosedWhole: false,
                wouldDisclose: [
                  {
                    path: ['learning_outcomes'],
                    label: { sv: 'Läranderesultat', en: 'Learning outcomes' },
                  },
                ],
                alwaysVisible: [
                  { path: ['achievement_title'], label: { sv: 'Benämning', en: 'Title' } },
                ],
              },
            ],
          },
        ],
        satisfiable: true,
        expiresAt: '2026-06-05T12:10:00.000Z',
      },
    ],
  },
)
export type PresentationPreview = Static<typeof PresentationPreview>

const SelectedCredentials = Type.Union([
  Type.String({ format: 'uuid', description: 'Id of a candidate' }),
  Type.Array(Type.String({ format: 'uuid' }), {
    minItems: 1,
    maxItems: 64,
    description: 'Ids of several candidates, where the query says multiple',
  }),
])

export const SubmitBody = Type.Object(
  {
    selection: Type.Optional(
      Type.Record(Type.String({ maxLength: 256 }), SelectedCredentials, {
        maxProperties: 32,
        description: 'Per query id what to show; where absent, the first candidate',
      }),
    ),
  },
  {
    additionalProperties: false,
    examples: [{ selection: { micro_credential: '0190c1a2-0000-7000-8000-000000000003' } }],
  },
)

export const PresentationOutcome = Type.Object(
  {
    state: Type.Enum(['submitted', 'declined']),
    redirectUri: Type.Optional(
      Type.String({
        description: 'Where the verifier wants the learner to go on (https or an app)',
      }),
    ),
  },
  {
    examples: [
      { state: 'submitted', redirectUri: 'https://verifier.example/done?response_code=1' },
    ],
  },
)
export type PresentationOutcome = Static<typeof PresentationOutcome>

export const PresentationParams = Type.Object({
  presentation: Type.String({ format: 'uuid', description: 'Id from the preview' }),
})
