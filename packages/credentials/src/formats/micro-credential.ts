import Type, { type Static } from 'typebox'
import { LocalisedText } from '../domain/text.ts'

const text = (description: string) => Type.String({ maxLength: 10_000, description })

/** A value of a code list: its URI when it has one, and a label when we know one. */
export const CodedValue = Type.Object(
  {
    uri: Type.Optional(text('URI of the concept')),
    label: Type.Optional(LocalisedText),
    text: Type.Optional(text('The value as written, when no concept of ours matches')),
  },
  { additionalProperties: false, description: 'A value of a code list' },
)
export type CodedValue = Static<typeof CodedValue>

const coded = Type.Array(CodedValue, { maxItems: 200 })

const Party = Type.Object(
  {
    name: Type.Optional(text('Name')),
    country: Type.Optional(text('Country, ISO 3166-1 alpha-2')),
    identifier: Type.Optional(text('Identifier, usually a URI')),
  },
  { additionalProperties: false },
)
export type Party = Static<typeof Party>

/**
 * A micro-credential as wallets and verifiers show it, whatever format it came in. Texts are in the
 * credential's own language. What was not disclosed, or is not known to us, is absent.
 */
export const MicroCredential = Type.Object(
  {
    type: text('Type of the credential (vct)'),
    title: text('Name of the micro-credential; the type, when it gives none'),
    description: Type.Optional(text('What it is about')),
    issuer: Type.Object(Party.properties, {
      additionalProperties: false,
      description: 'Who sealed the credential',
    }),
    awardingBodies: Type.Optional(
      Type.Array(Party, { maxItems: 20, description: 'Who decided the award' }),
    ),
    awardedOn: Type.Optional(text('Day of the award, YYYY-MM-DD')),
    validUntil: Type.Optional(text('Last day the competence holds, YYYY-MM-DD')),
    issuedAt: Type.Optional(Type.String({ format: 'date-time' })),
    expiresAt: Type.Optional(
      Type.String({ format: 'date-time', description: 'When the digital credential expires' }),
    ),
    learner: Type.Optional(
      Type.Object(
        {
          givenName: Type.Optional(text('Given names')),
          familyName: Type.Optional(text('Family names')),
          birthDate: Type.Optional(text('Date of birth')),
          identification: Type.Optional(text('Identifier of the learner in this award')),
        },
        { additionalProperties: false },
      ),
    ),
    learningOutcomes: Type.Optional(Type.Array(text('A learning outcome'), { maxItems: 200 })),
    workload: Type.Optional(
      Type.Object(
        {
          text: Type.Optional(text('As written')),
          hours: Type.Optional(Type.Number()),
          credits: Type.Optional(
            Type.Array(
              Type.Object(
                { framework: CodedValue, value: Type.Number() },
                { additionalProperties: false },
              ),
              { maxItems: 20 },
            ),
          ),
        },
        { additionalProperties: false },
      ),
    ),
    levels: Type.Optional(
      Type.Array(
        Type.Object(
          {
            framework: text('EQF, SeQF …'),
            level: Type.Integer(),
            uri: Type.Optional(text('URI of the level')),
            basis: Type.Optional(text('regulated, decided or self_assessed')),
          },
          { additionalProperties: false },
        ),
        { maxItems: 20 },
      ),
    ),
    assessment: Type.Optional(
      Type.Object(
        { types: Type.Optional(coded), supervision: Type.Optional(CodedValue) },
        { additionalProperties: false },
      ),
    ),
    participation: Type.Optional(
      Type.Object(
        {
          modes: Type.Optional(coded),
          languages: Type.Optional(Type.Array(text('BCP 47'), { maxItems: 50 })),
        },
        { additionalProperties: false },
      ),
    ),
    qualityAssurance: Type.Optional(coded),
    setting: Type.Optional(CodedValue),
    proficiency: Type.Optional(CodedValue),
    assuranceLevel: Type.Optional(CodedValue),
    validation: Type.Optional(
      Type.Object(
        {
          purpose: Type.Optional(text('Purpose of the validation')),
          standard: Type.Optional(text('Standard the knowledge was measured against')),
          standardUri: Type.Optional(text('Where the standard is published')),
          methods: Type.Optional(Type.Array(text('Method'), { maxItems: 20 })),
          assessedBy: Type.Optional(Type.Array(text('Organisation'), { maxItems: 20 })),
        },
        {
          additionalProperties: false,
          description: 'Present when prior learning was recognised without a course',
        },
      ),
    ),
    result: Type.Optional(
      Type.Object(
        { grade: Type.Optional(text('Grade')), scheme: Type.Optional(text('Grading scale')) },
        { additionalProperties: false },
      ),
    ),
    prerequisites: Type.Optional(Type.Array(text('Needed to enrol'), { maxItems: 50 })),
    stacking: Type.Optional(
      Type.Object(
        {
          isStackable: Type.Optional(Type.Boolean()),
          towards: Type.Optional(
            Type.Array(
              Type.Object(
                { title: text('What'), uri: Type.Optional(text('Where')) },
                { additionalProperties: false },
              ),
              { maxItems: 50 },
            ),
          ),
        },
        { additionalProperties: false },
      ),
    ),
    fields: Type.Optional(coded),
    skills: Type.Optional(coded),
    furtherInformation: Type.Optional(text('Further information')),
    components: Type.Optional(
      Type.Array(
        Type.Object(
          {
            title: Type.Optional(text('What the part is called')),
            awardingBody: Type.Optional(Party),
            awardedOn: Type.Optional(text('Day of its award, YYYY-MM-DD')),
            achievementId: Type.Optional(text('Identifier of its definition')),
            awardId: Type.Optional(text('Identifier of its award')),
            credentialDigest: Type.Optional(
              text('Digest of the credential that counted, as in Subresource Integrity'),
            ),
            state: Type.Optional(
              Type.Enum(['valid', 'suspended', 'revoked', 'invalid', 'undetermined', 'not_shown'], {
                description:
                  'How the part stands by now, by the credentials beside the whole; not_shown: none of them is of this part. The whole stands on its own status, whatever became of its parts',
              }),
            ),
          },
          { additionalProperties: false },
        ),
        { maxItems: 200, description: 'Micro-credentials that this whole was built of' },
      ),
    ),
    credentialDigest: Type.Optional(
      text('Digest of the credential itself, as wholes name it among their parts'),
    ),
    awardId: Type.Optional(text('Identifier of the award')),
    achievementId: Type.Optional(text('Identifier of the definition')),
  },
  {
    additionalProperties: false,
    description: 'A micro-credential, independent of its format',
    examples: [
      {
        type: 'urn:eu.europa.ec.eudi:learning:credential:1',
        title: 'Datadriven affärsutveckling',
        issuer: {
          name: 'Exempeluniversitetet',
          country: 'SE',
          identifier: 'https://issuer.example.se/exempeluniversitetet',
        },
        awardedOn: '2026-06-05',
        learningOutcomes: ['kan genomföra en affärsanalys med stöd av data'],
        workload: { text: '80 h / 3 ECTS', hours: 80 },
      },
    ],
  },
)
export type MicroCredential = Static<typeof MicroCredential>
