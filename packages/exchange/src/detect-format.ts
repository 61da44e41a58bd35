export const importFormats = ['csv', 'xlsx', 'json', 'elmo'] as const
export type ImportFormat = (typeof importFormats)[number]

/**
 * What a file looks like by how it begins, for files whose names and media types say nothing. A guess: the reader of the
 * format decides.
 */
export function detectFormat(head: Uint8Array): ImportFormat {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 1024))
  const isArchive = bytes.subarray(0, 2).toString('latin1') === 'PK'
  if (isArchive || bytes.subarray(0, 4).toString('hex') === 'd0cf11e0') return 'xlsx'
  // UTF-16 has a zero in every other byte of what is looked for here.
  const text = bytes
    .toString('latin1')
    .replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '')
    .replaceAll('\0', '')
    .trimStart()
  if (text.startsWith('<')) return 'elmo'
  return text.startsWith('[') || text.startsWith('{') ? 'json' : 'csv'
}
