import {
  checkStatus,
  createCredential,
  createList,
  decodeList,
} from '@digitalbazaar/vc-bitstring-status-list'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { now } from '../../test/forged-token.ts'
import { aCredential, names } from '../../test/forged-vc.ts'
import {
  createBitstring,
  decodeBitstring,
  encodeBitstring,
  minimumEntries,
  readBitstringStatus,
  setBitstringStatus,
} from './bitstring.ts'
import { buildStatusListCredential } from './sign.ts'
import { buildStatusEntry } from './status-entry.ts'

const indexes = fc.uniqueArray(fc.nat(minimumEntries - 1), { minLength: 1, maxLength: 20 })
const url = `${names.issuer}/status/1`

describe('lists of @digitalbazaar/vc-bitstring-status-list', () => {
  it('are read by us as they were written', async () => {
    await fc.assert(
      fc.asyncProperty(indexes, async (revoked) => {
        const list = await createList({ length: minimumEntries })
        for (const index of revoked) list.setStatus(index, true)
        const { credentialSubject } = await createCredential({
          id: url,
          list,
          statusPurpose: 'revocation',
        })
        const decoded = decodeBitstring(credentialSubject.encodedList, 1 << 20)
        if (!decoded.ok) throw new Error(decoded.code)
        const set = new Set(revoked)
        for (const index of [...revoked, 0, 7, 8, minimumEntries - 1]) {
          expect(readBitstringStatus(decoded.value, index)).toBe(set.has(index) ? 1 : 0)
        }
      }),
      { numRuns: 10 },
    )
  })

  it('understand ours', async () => {
    await fc.assert(
      fc.asyncProperty(indexes, async (revoked) => {
        const bytes = createBitstring(0)
        for (const index of revoked) setBitstringStatus(bytes, index, 1)
        const list = await decodeList({ encodedList: await encodeBitstring(bytes) })
        expect(list.length).toBe(minimumEntries)
        for (const index of revoked) expect(list.getStatus(index)).toBe(true)
        expect(list.getStatus(0)).toBe(revoked.includes(0))
      }),
      { numRuns: 10 },
    )
  })

  it.for([4712, 4713])('give our credential the same answer at index %i', async (index) => {
    const bytes = createBitstring(0)
    setBitstringStatus(bytes, 4712, 1)
    const document = await buildStatusListCredential({
      url,
      issuer: names.issuer,
      statusPurpose: 'revocation',
      bytes,
      validFrom: now,
    })
    const credentialStatus = buildStatusEntry({ listUrl: url, index, purpose: 'revocation' })
    const checked = await checkStatus({
      credential: aCredential({ credentialStatus }),
      documentLoader: async () => ({ document }),
      verifyBitstringStatusListCredential: false,
    })
    expect(checked).toMatchObject({ verified: true, results: [{ status: index === 4712 }] })
  })
})
