import type { VerifierContext } from '../context.ts'
import { confirmationCodeOf } from '../presentation-requests/confirmation-code.ts'
import { requestUriOf } from '../presentation-requests/request-addresses.ts'
import type { DigitalCredentialRequest } from '../presentation-requests/schemas.ts'
import { signBrowserRequest } from './request-object.ts'
import {
  buildCommonParameters,
  buildDirectPostParameters,
  clientOf,
  type WrittenRequest,
} from './request-parameters.ts'

type Context = Pick<VerifierContext, 'config' | 'clock' | 'verifierInfo'>

/** A request as it is handed to a wallet: as link, and for browsers when they may ask. */
export interface ShownRequest {
  readonly authorizationRequest: string
  readonly requestUri?: string
  readonly digitalCredentialRequest?: DigitalCredentialRequest
  readonly confirmationCode: string
}

export async function describeRequest(
  context: Context,
  request: WrittenRequest,
): Promise<ShownRequest> {
  const { expectedOrigins, state } = request.secrets
  const isSigned = clientOf(request).prefix !== 'redirect_uri'
  return {
    ...(isSigned ? linkByReference(context, request) : linkByValue(context, request)),
    ...(expectedOrigins && {
      digitalCredentialRequest: isSigned
        ? await describeSigned(context, request, expectedOrigins)
        : describeUnsigned(context, request),
    }),
    confirmationCode: confirmationCodeOf(state),
  }
}

function linkByReference({ config }: Context, request: WrittenRequest) {
  const { requestUriMethod } = request.secrets
  const requestUri = requestUriOf(config.PUBLIC_URL, request.secret)
  const parameters = new URLSearchParams({
    client_id: clientOf(request).id,
    request_uri: requestUri,
    ...(requestUriMethod && { request_uri_method: requestUriMethod }),
  })
  return { authorizationRequest: `openid4vp://?${parameters}`, requestUri }
}

/** OpenID4VP 5.9.3: unsigned, with what is no text as JSON. */
function linkByValue(context: Context, request: WrittenRequest) {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(buildDirectPostParameters(context, request)))
    parameters.set(name, typeof value === 'string' ? value : JSON.stringify(value))
  return { authorizationRequest: `openid4vp://?${parameters}` }
}

const describeSigned = async (
  context: Context,
  request: WrittenRequest,
  expectedOrigins: readonly string[],
): Promise<DigitalCredentialRequest> => ({
  protocol: 'openid4vp-v1-signed',
  data: { request: await signBrowserRequest(context, request, expectedOrigins) },
})

/** OpenID4VP A.3.1: without client_id, since the browser says who asks. */
const describeUnsigned = (context: Context, request: WrittenRequest): DigitalCredentialRequest => ({
  protocol: 'openid4vp-v1-unsigned',
  data: {
    response_mode: request.secrets.responseMode,
    ...buildCommonParameters(context, request),
  },
})
