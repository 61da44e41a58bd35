/** The draft of the WE BUILD rulebooks we write: the type's name stays, its version stands beside it. */
export const rulebookVersion = '0.2'

/** Further formats of an award, for organisations that have switched them on; by their names in our own API. */
export const rulebookFormats = ['webuild_micro_credential', 'webuild_verified_skill'] as const
export type RulebookFormat = (typeof rulebookFormats)[number]

/** The rulebooks, 3.2: the value of `vct` shall be this and no other, in any version. */
export const rulebookVcts: Readonly<Record<RulebookFormat, string>> = {
  webuild_micro_credential: 'VerifiableMicroCredential',
  webuild_verified_skill: 'VerifiableVerifiedSkill',
}

/** The format a type belongs to; undefined for all other types. */
export const findRulebookFormat = (vct: unknown): RulebookFormat | undefined =>
  rulebookFormats.find((format) => rulebookVcts[format] === vct)
