import { describe, expect, it } from 'vitest'
import { decideRedemption, maxWrongTxCodes, type OfferState } from './redemption.ts'

const now = new Date('2026-06-05T12:00:00Z')
const mac = Buffer.alloc(32, 1)
const wrongMac = Buffer.alloc(32, 2)

const anOffer = (changes: Partial<OfferState> = {}): OfferState => ({
  txCodeMac: null,
  wrongTxCodes: 0,
  redeemedAt: null,
  expiresAt: new Date('2026-06-05T13:00:00Z'),
  ...changes,
})

describe('redeeming an offer', () => {
  it('succeeds without a transaction code when none is asked for', () => {
    expect(decideRedemption(anOffer(), undefined, now)).toEqual({ ok: true })
  })

  it('succeeds with the right transaction code', () => {
    expect(decideRedemption(anOffer({ txCodeMac: mac }), mac, now)).toEqual({ ok: true })
  })

  it.each([
    ['tx_code_missing', { txCodeMac: mac }, undefined],
    ['tx_code_unexpected', {}, mac],
    ['tx_code_wrong', { txCodeMac: mac }, wrongMac],
    ['used', { redeemedAt: now }, undefined],
    ['expired', { expiresAt: now }, undefined],
    ['dead', { txCodeMac: mac, wrongTxCodes: maxWrongTxCodes }, mac],
    ['dead', { txCodeMac: mac, wrongTxCodes: maxWrongTxCodes }, wrongMac],
  ])('is refused as %s', (code, changes, presented) => {
    expect(decideRedemption(anOffer(changes), presented, now)).toEqual({ ok: false, code })
  })
})
