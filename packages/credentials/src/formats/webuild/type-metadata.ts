import { createHash } from 'node:crypto'
import { describeClaims } from '../claim-description.ts'
import type { TypeMetadata } from '../learning-credential-type-metadata.ts'
import { rulebookClaims } from './claims.ts'
import { type RulebookFormat, rulebookFormats, rulebookVcts, rulebookVersion } from './rulebook.ts'

interface Words {
  readonly name: string
  readonly description: string
}

const words: Readonly<Record<RulebookFormat, Readonly<Record<'sv' | 'en', Words>>>> = {
  webuild_micro_credential: {
    sv: {
      name: 'Mikromerit (formell utbildning)',
      description: 'Vad en individ har visat sig kunna efter en kort formell utbildning',
    },
    en: {
      name: 'Micro-credential (formal education)',
      description: 'What a learner has been shown to be able to do after a short formal course',
    },
  },
  webuild_verified_skill: {
    sv: {
      name: 'Verifierad kompetens',
      description: 'En kompetens som har bedömts utanför formell utbildning, och hur långt den når',
    },
    en: {
      name: 'Verified skill',
      description: 'A skill assessed outside formal education, and how far it reaches',
    },
  },
}

/** SD-JWT VC type metadata of a WE BUILD type as we write it, in Swedish and English. */
export function rulebookTypeMetadata(format: RulebookFormat): TypeMetadata {
  const { sv, en } = words[format]
  return {
    vct: rulebookVcts[format],
    ...en,
    description: `${en.description} (WE BUILD rulebook ${rulebookVersion})`,
    display: [
      { locale: 'sv', ...sv },
      { locale: 'en', ...en },
    ],
    claims: describeClaims(rulebookClaims[format]),
  }
}

const digest = (format: RulebookFormat): string =>
  createHash('sha256')
    .update(JSON.stringify(rulebookTypeMetadata(format)))
    .digest('base64')

const integrities = new Map(
  rulebookFormats.map((format) => [format, `sha256-${digest(format)}`] as const),
)

/**
 * `vct#integrity` (SD-JWT VC, "Document Integrity"): the name of a type stays through all versions of its rulebook, so
 * each credential says by digest which metadata it was made after. The document is published as these bytes.
 */
export const rulebookTypeIntegrity = (format: RulebookFormat): string =>
  integrities.get(format) ?? `sha256-${digest(format)}`
