import { isAssertion } from '../formats/open-badge/normalise-assertion.ts'
import { namesRecipient } from '../formats/open-badge/recipient.ts'
import { isObject } from '../jose/json.ts'
import { readElements } from '../vc-jose/read-credential.ts'
import { type Checklist, type CheckResult, invalid, undetermined, valid } from './checklist.ts'
import type { VerificationContext } from './context.ts'

/**
 * Whether a badge was awarded to the person the relying party names (V-27): in the clear or hashed, by the `identifier` of
 * its subject or the `recipient` of a 2.0 assertion. Left out when nobody is named.
 */
export async function examineRecipient(
  checklist: Checklist,
  credential: Readonly<Record<string, unknown>>,
  { recipient }: VerificationContext,
): Promise<void> {
  if (recipient === undefined) return
  await checklist.run('recipient', () => checkRecipient(credential, recipient))
}

function checkRecipient(
  credential: Readonly<Record<string, unknown>>,
  recipient: string,
): CheckResult<undefined> {
  const identifiers = isAssertion(credential) ? credential.recipient : readIdentifiers(credential)
  if (!readElements(identifiers)?.length) return undetermined('recipient_not_named')
  return namesRecipient(identifiers, recipient)
    ? valid('recipient_named')
    : invalid('recipient_differs')
}

function readIdentifiers({ credentialSubject }: Readonly<Record<string, unknown>>): unknown {
  const [subject] = readElements(credentialSubject) ?? []
  const isAchievement = isObject(subject) && subject.achievement !== undefined
  return isAchievement ? subject.identifier : undefined
}
