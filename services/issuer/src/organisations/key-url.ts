/** Where one public key of an organisation lies as JWK: the `kid` of an Open Badge (Open Badges 3.0, 8.2.3). */
export const buildKeyUrl = (identifier: string, kid: string) => `${identifier}/keys/${kid}`
