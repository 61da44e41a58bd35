import type { FastifyRequest } from 'fastify'
import type { TokenRequest } from './schemas.ts'

/**
 * RFC 6749 3.2.1: who asks. Wallets are public clients, as token_endpoint_auth_methods_supported says: a client_id
 * is what the wallet calls itself, and a wallet without one is anonymous (I-14).
 */
export async function authenticateClient(request: FastifyRequest<{ Body: TokenRequest }>) {
  const { client_id: clientId } = request.body
  if (clientId) request.exchange.clientId = clientId
}
