import type { AwardRecord, LanguageMap } from '@mikromerit/credentials'

/** A file to be sent along with an award: its printed form, or the credential itself. */
export interface ElmoFile {
  readonly title: LanguageMap
  readonly description?: LanguageMap
  readonly mediaType: string
  readonly content: Uint8Array
}

/** An award on its way into ELMO. */
export interface ElmoRecord extends AwardRecord {
  readonly files?: readonly ElmoFile[]
}
