import { createHash } from 'node:crypto'

/**
 * S-16: six digits that the asker's page and the wallet both can show, so that people see that the code they
 * scanned is the one before them. Follows from the state, which only this request's wallet gets.
 */
export function confirmationCodeOf(state: string): string {
  const digest = createHash('sha256').update(`confirmation code ${state}`).digest()
  const digits = String(digest.readUInt32BE(0) % 1_000_000).padStart(6, '0')
  return `${digits.slice(0, 3)} ${digits.slice(3)}`
}
