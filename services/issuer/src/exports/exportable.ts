import type { AwardRecord } from '@mikromerit/credentials'
import type { Issuer } from '../organisations/issuers.ts'
import type { Runtime } from '../runtime.ts'
import type { SignedExport } from './formats.ts'

/** An award that may be taken out. */
export interface Exportable {
  readonly runtime: Runtime
  readonly issuer: Issuer
  readonly record: AwardRecord
  /** A signed copy, recorded with its status. */
  sign(kind: SignedExport): Promise<string>
}
