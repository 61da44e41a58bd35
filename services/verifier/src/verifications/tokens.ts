import {
  isAssertion,
  isCompactCredential,
  parseJws,
  parsePresentationJwt,
  type Verification,
  verifyCompactCredential,
  verifyCredential,
  verifyUnsecuredCredential,
  verifyVcJwtCredential,
} from '@mikromerit/credentials'
import { spendOn } from './budget.ts'
import type { Detector, Task, Verified } from './detector.ts'
import { notReadable } from './file-checks.ts'

const sdJwtPattern = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*~/
const jwsPattern = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/

const one = ({ report }: Verification): readonly Verified[] => [report]

export const sdJwtDetector: Detector = {
  name: 'SD-JWT VC',
  recognises: ({ text = '' }) => sdJwtPattern.test(text),
  verify: async ({ text = '' }, { verification }) =>
    one(await verifyCredential(text, verification)),
}

/** What a code on paper holds. */
export const compactDetector: Detector = {
  name: 'compact credential',
  recognises: ({ text = '' }) => isCompactCredential(text),
  verify: async ({ text = '' }, { verification }) =>
    one(await verifyCompactCredential(text, verification)),
}

/** VC-JWTs, presentations of them, and signed badges of Open Badges 2.0: which of them, header and payload say. */
export const jwsDetector: Detector = {
  name: 'compact JWS',
  recognises: ({ text = '' }) => jwsPattern.test(text),
  verify: async ({ text = '' }, task) => {
    const jws = parseJws(text, { depth: 32 })
    if (!jws.ok) return notReadable(jws.code)
    const { header, payload } = jws.value
    const typ = header.typ?.toLowerCase().replace(/^application\//, '')
    if (typ === 'vp+jwt' || Object.hasOwn(payload, 'vp')) return verifyPresentation(text, task)
    // An SD-JWT VC without its last tilde: its own engine says what is wrong.
    if (typ === 'dc+sd-jwt') return one(await verifyCredential(text, task.verification))
    if (isAssertion(payload))
      return one(
        await verifyUnsecuredCredential(
          payload,
          { reason: 'algorithm_unsupported', evidence: { format: 'open_badge_2' } },
          task.verification,
        ),
      )
    return one(await verifyVcJwtCredential(text, task.verification))
  },
}

/** V-26: each credential in it by itself. Who presents it cannot be checked: it was made for another request. */
async function verifyPresentation(token: string, task: Task): Promise<readonly Verified[]> {
  const presentation = parsePresentationJwt(token)
  if (!presentation.ok) return notReadable(presentation.code, 'vp_jwt')
  const verified: Verified[] = []
  for (const { mediaType, data } of presentation.value.credentials) {
    const verify = async () =>
      mediaType === 'application/vc+jwt'
        ? one(await verifyVcJwtCredential(data, task.verification, presentation.value))
        : notReadable('media_type_unsupported', 'vp_jwt')
    verified.push(...(await spendOn(task, verify)))
  }
  return verified
}
