import { OAuthError } from '@mikromerit/service-kit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Runtime } from '../../runtime.ts'
import type { Place } from './authorization.ts'
import { stageSeconds } from './stages.ts'

const isSecure = ({ config }: Runtime) => config.PUBLIC_URL.startsWith('https:')
/** RFC 6265bis 4.1.3.2: no other host can set a cookie of this prefix. */
const nameOf = (runtime: Runtime) => `${isSecure(runtime) ? '__Host-' : ''}mikromerit-sign-in`

/** Lets this browser, and no other, go on with an authorization. */
export function rememberBrowser(runtime: Runtime, reply: FastifyReply, place: Place): void {
  const value = runtime.authorizationCodes.browsers.build(place.organisationId, place.id)
  const seconds = stageSeconds.signing_in + stageSeconds.consenting
  reply.header(
    'set-cookie',
    `${nameOf(runtime)}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${isSecure(runtime) ? '; Secure' : ''}`,
  )
}

/** S-16, S-27: refuses a browser that did not begin this authorization: somebody else's link, or form. */
export function requireBrowser(runtime: Runtime, request: FastifyRequest, place: Place): void {
  const prefix = `${nameOf(runtime)}=`
  const values = (request.headers.cookie ?? '')
    .split('; ')
    .filter((cookie) => cookie.startsWith(prefix))
    .map((cookie) => cookie.slice(prefix.length))
  const { browsers } = runtime.authorizationCodes
  if (!values.some((value) => browsers.read(place.organisationId, value) === place.id))
    throw new OAuthError('access_denied', 'Another browser began this sign-in')
}
