import { Problem, type ProblemFault } from '@mikromerit/service-kit'
import type { DcqlQuery } from '../dcql/schemas.ts'
import { isForBrowsers } from './doors.ts'
import { checkRedirectUri, isSafeOrigin } from './redirect-uri.ts'
import type { PresentationRequestDraft } from './schemas.ts'

/**
 * What a schema cannot say of a request: members that exclude each other, references into the query.
 * @throws Problem redirect-uri-invalid, presentation-request-contradictory
 */
export function checkDraft(
  draft: PresentationRequestDraft,
  query: DcqlQuery,
  environment: string | undefined,
): void {
  if (draft.redirectUri !== undefined) checkRedirectUri(draft.redirectUri, environment)
  const errors = [
    ...checkUnsigned(draft),
    ...checkBrowser(draft, environment),
    ...checkTransactionData(draft, query),
  ]
  if (draft.flow === 'cross_device' && draft.redirectUri !== undefined)
    errors.push(fault('/redirectUri', 'The cross-device flow sends nobody back.'))
  if (errors.length > 0) throw new Problem('presentation-request-contradictory', { errors })
}

/** OpenID4VP 5.9.3: what begins with redirect_uri is never signed, so nothing may rest on a signature. */
function checkUnsigned({
  clientIdPrefix,
  requestUriMethod,
  transactionData,
}: PresentationRequestDraft) {
  if (clientIdPrefix !== 'redirect_uri') return []
  return [
    ...(requestUriMethod
      ? [fault('/requestUriMethod', 'An unsigned request is not fetched.')]
      : []),
    ...(transactionData ? [fault('/transactionData', 'Transaction data need a signature.')] : []),
  ]
}

function checkBrowser(
  {
    responseMode = 'direct_post.jwt',
    flow,
    redirectUri,
    expectedOrigins,
  }: PresentationRequestDraft,
  environment: string | undefined,
): ProblemFault[] {
  if (!isForBrowsers(responseMode))
    return expectedOrigins ? [fault('/expectedOrigins', 'Only browsers have an origin.')] : []
  return [
    ...(flow === 'same_device'
      ? [fault('/flow', 'A browser knows by itself where the wallet is.')]
      : []),
    ...(redirectUri === undefined ? [] : [fault('/redirectUri', 'A browser is not sent back.')]),
    ...(expectedOrigins ?? []).flatMap((origin, at) =>
      isSafeOrigin(origin, environment)
        ? []
        : [fault(`/expectedOrigins/${at}`, 'This is not the origin of a page over https.')],
    ),
  ]
}

/** OpenID4VP 8.4 and B.3.3.1: they are authorised with an SD-JWT VC that the query asks for. */
function checkTransactionData(
  { transactionData = [] }: PresentationRequestDraft,
  query: DcqlQuery,
): ProblemFault[] {
  const able = query.credentials.filter(({ format }) => format === 'dc+sd-jwt').map(({ id }) => id)
  return transactionData.flatMap(({ credential_ids: ids }, at) =>
    ids.flatMap((id, position) =>
      able.includes(id)
        ? []
        : [
            fault(
              `/transactionData/${at}/credential_ids/${position}`,
              'No query for an SD-JWT VC has this id.',
            ),
          ],
    ),
  )
}

const fault = (pointer: string, detail: string): ProblemFault => ({ pointer, detail })
