import { join } from 'node:path'

/** The checkout this command runs in. */
export const root = join(import.meta.dirname, '../../..')
