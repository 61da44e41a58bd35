import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readStatus } from './status-bits.ts'
import { parseStatusList, parseStatusListToken } from './token.ts'

const file = join(
  import.meta.dirname,
  '../../../../../shared/vectors/status-list/token-status-list.json',
)

interface Vectors {
  vectors: {
    name: string
    status_list: unknown
    entries?: number
    statuses: Record<string, number>
    all_other_entries?: number
  }[]
  status_list_token: unknown
}

describe.skipIf(!existsSync(file))('the vectors of draft-ietf-oauth-status-list-20', () => {
  const { vectors, status_list_token } = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Vectors)
    : { vectors: [], status_list_token: undefined }

  it.for(vectors)('$name', ({ status_list, statuses, entries = Object.keys(statuses).length }) => {
    const list = parseStatusList(status_list)
    if (!list.ok) throw new Error(list.code)
    const { bits, bytes } = list.value
    expect((bytes.length * 8) / bits).toBeGreaterThanOrEqual(entries)
    let set = 0
    for (let index = 0; index < entries; index++) {
      const status = readStatus(bytes, bits, index)
      if (status !== 0) set++
      if (status !== (statuses[index] ?? 0))
        expect({ index, status }).toEqual({ index, status: statuses[index] ?? 0 })
    }
    expect(set).toBe(Object.values(statuses).filter((status) => status !== 0).length)
  })

  it('reads the published status list token', () => {
    const token =
      typeof status_list_token === 'string'
        ? status_list_token
        : (status_list_token as { jwt: string }).jwt
    expect(parseStatusListToken(token)).toMatchObject({ ok: true })
  })
})
