import { createPrivateKey } from 'node:crypto'
import { type AwardRecord, createSoftwareSigner, type Signer } from '@mikromerit/credentials'
import type { Vault } from '@mikromerit/service-kit'
import type { AwardContent } from '../awards/schemas.ts'
import { openAward } from '../awards/sealed-award.ts'
import { projectCredential } from '../credentials/project-credential.ts'
import { signCredential } from '../credentials/sign-credential.ts'
import { decideValidity } from '../credentials/validity.ts'
import { openPrivateKey, type SealedSigningKey } from '../organisations/signing-keys.ts'
import {
  type AwardToSign,
  type CopyToSign,
  credentialContext,
  type SignedCopy,
  type SigningResult,
  type SigningTask,
} from './task.ts'

export interface SigningTools {
  readonly vault: Vault
  readonly publicUrl: string
  readonly lifetimeDays: number
}

/** Signs the copies of a task: opens each award, projects it, signs, and seals what came of it under the award's key. */
export function createTaskSigner(
  tools: SigningTools,
): (task: SigningTask) => Promise<SigningResult> {
  let current: { readonly kid: string; readonly signer: Signer } | undefined
  const signerOf = (key: SealedSigningKey): Signer => {
    if (current?.kid !== key.kid) current = { kid: key.kid, signer: openSigner(tools.vault, key) }
    return current.signer
  }
  return async (task) => {
    const signer = signerOf(task.issuer.sealedKey)
    const awards: (SignedCopy[] | undefined)[] = []
    const sealed = createPile()
    for (const award of task.awards)
      awards.push(await signAward(tools, task, { signer, award, sealed }))
    return { awards, bytes: sealed.toBytes() }
  }
}

interface Pile {
  add(piece: Buffer): { readonly offset: number; readonly length: number }
  /** In memory of their own, to be handed to another thread without a copy. */
  toBytes(): Uint8Array<ArrayBuffer>
}

function createPile(): Pile {
  const pieces: Buffer[] = []
  let end = 0
  return {
    add: (piece) => {
      const offset = end
      pieces.push(piece)
      end += piece.length
      return { offset, length: piece.length }
    },
    toBytes: () => {
      const bytes = new Uint8Array(end)
      let at = 0
      for (const piece of pieces) {
        bytes.set(piece, at)
        at += piece.length
      }
      return bytes
    },
  }
}

// What crossed a thread boundary is a Uint8Array.
const toBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  Buffer.from(buffer, byteOffset, byteLength)

const openSigner = (vault: Vault, key: SealedSigningKey): Signer =>
  createSoftwareSigner({
    privateKey: createPrivateKey({
      key: openPrivateKey(vault, { ...key, privateKey: toBuffer(key.privateKey) }),
      format: 'jwk',
    }),
    kid: key.kid,
    x5c: key.certificateChain,
  })

interface AwardAtHand {
  readonly signer: Signer
  readonly award: AwardToSign
  readonly sealed: Pile
}

async function signAward(
  tools: SigningTools,
  { jobId, issuer, frames }: SigningTask,
  { signer, award, sealed: pile }: AwardAtHand,
): Promise<SignedCopy[] | undefined> {
  const place = { organisationId: issuer.organisationId, id: award.id }
  const sealed = { dataKey: toBuffer(award.dataKey), content: toBuffer(award.content) }
  const content = openAward(tools.vault, place, sealed)
  const frame = frames[award.frame]
  if (!content || !frame) throw new Error('An award came without what it refers to')
  const key = tools.vault.unwrapDataKey(sealed.dataKey)
  const context = { ...place, jobId, awardId: award.id }
  const made: SignedCopy[] = []
  for (const copy of award.copies) {
    const record = { ...frame, award: { id: award.id, ...content } }
    const signed = await signCopy(tools, { ...issuer, signer }, record, copy)
    if (!signed) return undefined
    const sealedCopy = key.sealJson(signed.credential, credentialContext(context, copy.format))
    const { format, id } = copy
    made.push({ format, id, expiresAt: signed.expiresAt, ...pile.add(sealedCopy) })
  }
  return made
}

async function signCopy(
  { publicUrl, lifetimeDays }: SigningTools,
  issuer: Pick<SigningTask['issuer'], 'identifier' | 'settings'> & { readonly signer: Signer },
  record: AwardRecord & { readonly award: AwardContent },
  { format, id, status, issuedAt }: CopyToSign,
) {
  const validity = decideValidity(issuedAt, lifetimeDays, record.award.validUntil)
  if (!validity) return undefined
  const copy = { id: `urn:uuid:${id}`, status }
  const options = { issuer, publicUrl, issuedAt: validity.issuedAt, copy }
  const projected = projectCredential(record, format, options)
  return {
    credential: await signCredential(issuer, projected, { copy, validity }),
    // A badge does not run out because a document does.
    expiresAt: format === 'open_badge' ? (validity.lapsesAt ?? null) : validity.expiresAt,
  }
}
