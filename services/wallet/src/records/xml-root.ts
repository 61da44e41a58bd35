const longestProlog = 8_192

/** What may stand before the root: declarations and instructions, comments, a document type. */
const prologParts = [
  ['<?', '?>'],
  ['<!--', '-->'],
  ['<!', '>'],
] as const

/**
 * The local name of the root element, by how a file begins; undefined when it does not begin like XML. A look, not a
 * parser: the reader of the format decides.
 */
export function rootElementOf(bytes: Uint8Array): string | undefined {
  // UTF-16 has a zero in every other byte of what is looked for here.
  let rest = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, longestProlog))
    .toString('latin1')
    .replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '')
    .replaceAll('\0', '')
    .trimStart()
  for (;;) {
    const part = prologParts.find(([start]) => rest.startsWith(start))
    if (!part) break
    const at = rest.indexOf(part[1])
    // It goes on beyond what was looked at: some XML, whatever its root.
    if (at < 0) return ''
    rest = rest.slice(at + part[1].length).trimStart()
  }
  return /^<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)/.exec(rest)?.[1]
}
