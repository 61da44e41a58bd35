import type { WalletContext } from '../context.ts'

type Keys = Pick<WalletContext, 'vault' | 'config'>

/**
 * The secret in a link: 256 bits that follow from the share and a key of this wallet. It is nowhere kept, and whoever
 * reads the database can neither make it nor recognise it.
 */
export const deriveSecret = ({ vault }: Keys, holderId: string, shareId: string): string =>
  vault.mac('share secrets').digest(`${holderId}/${shareId}`).toString('base64url')

/** By which the row of a link is found. */
export const digestSecret = ({ vault }: Keys, secret: string): Buffer =>
  vault.mac('share look-up').digest(secret)

export const buildShareUrl = (context: Keys, holderId: string, shareId: string): string =>
  `${context.config.PUBLIC_URL}/shares/${deriveSecret(context, holderId, shareId)}`
