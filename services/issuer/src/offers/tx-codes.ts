import { randomInt, timingSafeEqual } from 'node:crypto'
import type { Mac } from '@mikromerit/service-kit'

export const txCodeLength = 6

/** A fresh transaction code: six digits, told to the learner by another channel than the offer. */
export const newTxCode = () =>
  randomInt(0, 10 ** txCodeLength)
    .toString()
    .padStart(txCodeLength, '0')

/** What is stored of a transaction code. Bound to its offer, so equal codes do not look equal. */
export const digestTxCode = (mac: Mac, organisationId: string, offerId: string, txCode: string) =>
  mac.digest(`${organisationId}/${offerId}/${txCode}`)

/** I-13: compared in constant time, over keyed hashes. */
export const isSameTxCode = (expected: Buffer, presented: Buffer) =>
  expected.length === presented.length && timingSafeEqual(expected, presented)
