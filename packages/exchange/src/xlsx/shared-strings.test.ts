import { describe, expect, it } from 'vitest'
import { readSharedStrings } from './shared-strings.ts'

async function* chunks(start: string, piece: string) {
  yield Buffer.from(start)
  for (;;) yield Buffer.from(piece)
}

describe('readSharedStrings', () => {
  it.each([
    ['one text in pieces without end', '<sst><si><t>', `${'x'.repeat(60_000)}<!-- -->`],
    ['texts without end', '<sst>', `<si><t>${'x'.repeat(60_000)}</t></si>`],
    ['empty texts without end', '<sst>', '<si/>'.repeat(10_000)],
  ])(
    'refuses %s before memory is full',
    async (_, start, piece) => {
      await expect(readSharedStrings(chunks(start, piece))).rejects.toMatchObject({
        finding: { code: 'IMPORT_TOO_LARGE' },
      })
    },
    30_000,
  )
})
