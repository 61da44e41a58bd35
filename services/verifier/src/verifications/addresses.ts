import { type CheckResult, undetermined, valid } from '@mikromerit/credentials'
import type { OutboundFailure } from '@mikromerit/service-kit'
import type { Detector, Task, Verified } from './detector.ts'
import { describeCheck, notReadable } from './file-checks.ts'
import { toGiven } from './given.ts'
import { rootElementOf } from './xml-root.ts'

const webAddress = /^https?:\/\/\S+$/i
const longestAddress = 2_048

/** What is asked for: a share link answers with the credential when it is not asked for a page. */
const accept =
  'application/dc+sd-jwt, application/vc+jwt, application/vp+jwt, application/ld+json, application/json, application/xml, image/png, image/svg+xml, text/plain;q=0.5, */*;q=0.1'

/** An address of a credential: a share link, a hosted badge, a file on the web. */
export const addressDetector: Detector = {
  name: 'web address',
  recognises: ({ text = '' }) => webAddress.test(text),
  verify: async ({ text = '' }, task) => {
    // A loop would be one way to keep us busy; a credential is never an address.
    if (!task.mayFetch) return sourceOnly(undetermined('source_unusable', { cause: 'address' }))
    const handedOver = readPageAddress(text, task.context.config.PUBLIC_URL)
    if (handedOver !== undefined) return task.verifyInside(toGiven(handedOver))
    if (text.length > longestAddress) return notReadable('address_too_long')
    return fetchCredential(text, task)
  },
}

/**
 * What the address of our own verification page holds in its fragment: whoever scans a printed credential with a camera
 * has that address in hand.
 */
function readPageAddress(text: string, publicUrl: string): string | undefined {
  const url = URL.parse(text)
  if (!url || url.hash.length < 2 || `${url.origin}${url.pathname}` !== `${publicUrl}/verify`)
    return undefined
  try {
    return decodeURIComponent(url.hash.slice(1))
  } catch {
    return undefined
  }
}

/** Through the guarded client alone, which follows no redirect; of what type it is, the bytes say. */
async function fetchCredential(url: string, task: Task): Promise<readonly Verified[]> {
  const { outbound, config } = task.context
  const answer = await outbound.getBytes(url, {
    accept,
    mediaTypes: ['*/*'],
    maxBytes: config.VERIFICATION_MAX_BYTES,
  })
  if (!answer.ok) return sourceOnly(describeFailure(answer.code, answer.status))
  const given = toGiven(answer.value.body)
  if (rootElementOf(given.bytes)?.toLowerCase() === 'html')
    return sourceOnly(undetermined('source_unusable', { cause: 'page' }))
  const host = URL.parse(url)?.host
  const fetched = await describeCheck('source', valid('source_fetched', { evidence: { host } }))
  const inside = await task.verifyInside(given, { mayFetch: false })
  return [{ checks: fetched, microCredentials: [] }, ...inside]
}

const sourceOnly = async (result: CheckResult): Promise<readonly Verified[]> => [
  { checks: await describeCheck('source', result), microCredentials: [] },
]

function describeFailure(cause: OutboundFailure, status: number | undefined): CheckResult {
  if (cause === 'blocked') return undetermined('source_blocked')
  const evidence = { cause, ...(status !== undefined && { status }) }
  return cause === 'too_large'
    ? undetermined('source_unusable', evidence)
    : undetermined('source_unreachable', evidence)
}

/** Longest media type, with its parameters, of a `data:` address. */
const longestMediaType = 300

/** A file written out in an address (RFC 2397): how enveloped credentials hold theirs, and pages hand over pictures. */
export const dataAddressDetector: Detector = {
  name: 'data: address',
  recognises: ({ text = '' }) => /^data:/i.test(text),
  verify: async ({ text = '' }, task) => {
    const comma = text.slice(0, longestMediaType).indexOf(',')
    const isBase64 = text.slice(0, comma).toLowerCase().endsWith(';base64')
    const content = comma < 0 ? undefined : decodeData(text.slice(comma + 1), isBase64)
    if (!content) return notReadable('data_address_malformed')
    return task.verifyInside(toGiven(content), { mayFetch: false })
  },
}

function decodeData(encoded: string, isBase64: boolean): Uint8Array | undefined {
  if (!isBase64) {
    // A compact token holds nothing that is encoded; a stray per cent sign is no such thing.
    try {
      return Buffer.from(decodeURIComponent(encoded))
    } catch {
      return undefined
    }
  }
  return /^[A-Za-z0-9+/_-]*={0,2}$/.test(encoded) ? Buffer.from(encoded, 'base64') : undefined
}
