import { gunzipSync, inflateSync } from 'node:zlib'
import { decodeJwt } from 'jose'
import type { TestIssuer } from './support.ts'

/** Where a credential lies in which list, as its `status` claim says. */
export function statusReferenceOf(credential: string): { uri: string; idx: number } {
  const { status } = decodeJwt<{ status: { status_list: { uri: string; idx: number } } }>(
    credential.split('~')[0] ?? '',
  )
  return status.status_list
}

/** A credential's status, read from the published list by hand (Token Status List draft, section 4). */
export async function statusOf(issuer: TestIssuer, credential: string): Promise<number> {
  const { uri, idx } = statusReferenceOf(credential)
  const response = await issuer.send('GET', new URL(uri).pathname)
  const { status_list: list } = decodeJwt<{ status_list: { bits: number; lst: string } }>(
    response.body,
  )
  const bytes = inflateSync(Buffer.from(list.lst, 'base64url'))
  const perByte = 8 / list.bits
  const byte = bytes[Math.floor(idx / perByte)] ?? 0
  return (byte >> ((idx % perByte) * list.bits)) & (2 ** list.bits - 1)
}

interface Entry {
  readonly statusPurpose: string
  readonly statusListIndex: string
  readonly statusListCredential: string
}

/** The status entries of a W3C credential: one or several. */
export const statusEntriesOf = (credential: string): Entry[] =>
  [decodeJwt<{ credentialStatus: Entry | Entry[] }>(credential).credentialStatus].flat()

/** The purposes for which a W3C credential's bit is set, read from its lists by hand (Bitstring Status List 3.2). */
export async function setPurposesOf(issuer: TestIssuer, credential: string): Promise<string[]> {
  const purposes = []
  for (const { statusPurpose, statusListIndex, statusListCredential } of statusEntriesOf(
    credential,
  )) {
    const response = await issuer.send('GET', new URL(statusListCredential).pathname)
    const { credentialSubject: list } = decodeJwt<{ credentialSubject: { encodedList: string } }>(
      response.body,
    )
    const bytes = gunzipSync(Buffer.from(list.encodedList.slice(1), 'base64url'))
    const index = Number(statusListIndex)
    if (((bytes[index >> 3] ?? 0) >> (7 - (index & 7))) & 1) purposes.push(statusPurpose)
  }
  return purposes
}
