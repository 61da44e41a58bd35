import type { MicroCredential } from '../formats/micro-credential.ts'

/** A micro-credential of any provider and format, and what its verification said. */
export interface StackingCredential {
  /** Names it in the answer: unique in the set. */
  readonly id: string
  readonly outcome: 'valid' | 'invalid' | 'undetermined'
  /** What its status list says, where that is why it is not valid. */
  readonly status?: 'revoked' | 'suspended' | undefined
  readonly microCredential: MicroCredential
}

/** Credits are counted in hundredths: decimals add up exactly. */
export const hundredths = (value: number): number => Math.round(value * 100)
