import { type ClaimMetadata, describeClaims } from './claim-description.ts'
import { learningCredentialClaims, learningCredentialVct } from './learning-credential-claims.ts'

export interface TypeMetadata {
  vct: string
  name: string
  description: string
  display: { locale: string; name: string; description: string }[]
  claims: ClaimMetadata[]
}

/**
 * SD-JWT VC type metadata of the learning credential with our extension claims, in Swedish and English.
 * `mandatory` says what each of our credentials holds. The reference type also demands a level, a study time
 * and a language; where there is none we leave it out (domain.md section 1), so we do not promise it.
 */
export const learningCredentialTypeMetadata = (): TypeMetadata => ({
  vct: learningCredentialVct,
  name: 'Micro-credential',
  description: 'A micro-credential with the elements of the European standard',
  display: [
    {
      locale: 'sv',
      name: 'Mikromerit',
      description:
        'Vad en individ har visat sig kunna efter en kort utbildning eller en validering',
    },
    {
      locale: 'en',
      name: 'Micro-credential',
      description:
        'What a learner has been shown to be able to do after a short course or a validation',
    },
  ],
  claims: describeClaims(learningCredentialClaims),
})
