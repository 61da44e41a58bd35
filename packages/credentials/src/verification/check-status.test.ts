import { describe, expect, it } from 'vitest'
import { verify } from '../../test/described-verification.ts'
import {
  aContext,
  issueCredential,
  now,
  signStatusList,
  statusUri,
  strangerSigner,
} from '../../test/issued-credential.ts'
import { accept, refuse } from '../result.ts'
import { parseStatusListToken } from '../status-list/token.ts'

const withStatus = (list: Parameters<typeof signStatusList>[0]) =>
  aContext({ fetchStatusListToken: async () => accept(await signStatusList(list)) })

describe('the status', () => {
  it.for([
    [1, 'invalid revoked'],
    [2, 'invalid suspended'],
    [3, 'undetermined status_unknown_value'],
  ] as const)('%i is %s', async ([value, expected]) => {
    expect((await verify(await issueCredential(), withStatus({ value }))).checks).toContain(
      `status ${expected}`,
    )
  })

  it('is reported next to an expired validity period', async () => {
    const { checks } = await verify(
      await issueCredential({ expiresAt: now }),
      withStatus({ value: 1 }),
    )
    expect(checks).toContain('validity_period invalid expired')
    expect(checks).toContain('status invalid revoked')
  })

  it('is asked for where the credential says', async () => {
    const uris: string[] = []
    await verify(
      await issueCredential(),
      aContext({
        fetchStatusListToken: async (uri) => {
          uris.push(uri)
          return accept(await signStatusList())
        },
      }),
    )
    expect(uris).toEqual([statusUri])
  })

  it.for([
    ['unreachable', 'status_unreachable'],
    ['oversized', 'status_unreachable'],
    ['malformed', 'status_list_unusable'],
  ] as const)('is undetermined when the list is %s', async ([code, reason]) => {
    const context = aContext({ fetchStatusListToken: async () => refuse(code, 'No.') })
    const { checks, report, outcome } = await verify(await issueCredential(), context)
    expect(checks).toContain(`status undetermined ${reason}`)
    expect(report.checks.find((check) => check.code === 'status')?.remedy).toBeDefined()
    expect(outcome).toBe('undetermined')
  })

  it.for<[string, Parameters<typeof signStatusList>[0], string]>([
    ['is another issuer’s', { signer: strangerSigner }, 'status_list_signature'],
    ['is for another address', { uri: `${statusUri}2` }, 'status_list_mismatch'],
    ['has expired', { expiresAt: now }, 'status_list_expired'],
  ])('is undetermined when the list %s', async ([, list, cause]) => {
    const { checks, report } = await verify(await issueCredential(), withStatus(list))
    expect(checks).toContain('status undetermined status_list_unusable')
    expect(report.checks.find(({ code }) => code === 'status')?.evidence).toMatchObject({ cause })
  })

  it('is read from a list that the caller took apart already, or could not', async () => {
    const parsed = parseStatusListToken(await signStatusList({ value: 1 }))
    const kept = await verify(
      await issueCredential(),
      aContext({ fetchStatusListToken: async () => parsed }),
    )
    expect(kept.checks).toContain('status invalid revoked')
    const unfit = await verify(
      await issueCredential(),
      aContext({ fetchStatusListToken: async () => refuse('status_list_too_large', 'No.') }),
    )
    expect(unfit.checks).toContain('status undetermined status_list_unusable')
    const check = unfit.report.checks.find(({ code }) => code === 'status')
    expect(check?.evidence).toMatchObject({ cause: 'status_list_too_large' })
  })

  it('is not read from a list whose issuer is not known to be the credential’s', async () => {
    let asked = 0
    const { resolveIssuerKeys } = aContext()
    const context = aContext({
      resolveIssuerKeys: async (query) =>
        ++asked === 1 ? resolveIssuerKeys(query) : { outcome: 'untrusted', detail: '' },
    })
    const { report } = await verify(await issueCredential(), context)
    expect(report.checks.find(({ code }) => code === 'status')).toMatchObject({
      outcome: 'undetermined',
      evidence: { reason: 'status_list_unusable', cause: 'status_list_issuer' },
    })
  })

  it('outside the list makes the credential invalid', async () => {
    const { checks } = await verify(await issueCredential({ idx: 100_000 }))
    expect(checks).toContain('status invalid status_index_out_of_range')
  })

  it('is left out when the credential has none, and undetermined when it is of another kind', async () => {
    const without = await verify(await issueCredential({ hasStatus: false }))
    expect(without.checks.some((check) => check.startsWith('status '))).toBe(false)
    const claims = { status: { other: {} } }
    const other = await verify(await issueCredential({ hasStatus: false, claims }))
    expect(other.checks).toContain('status undetermined status_unknown_mechanism')
  })

  it('is undetermined when looking it up throws', async () => {
    const context = aContext({
      fetchStatusListToken: () => {
        throw new Error('secret')
      },
    })
    const { checks, report } = await verify(await issueCredential(), context)
    expect(checks).toContain('status undetermined check_failed')
    expect(JSON.stringify(report)).not.toContain('secret')
  })
})
