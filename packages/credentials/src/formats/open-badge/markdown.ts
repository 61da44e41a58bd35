/** One line of text within Markdown: what would be markup, or begin a new block, is shown as it was written. */
export const escapeMarkdown = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\`*_[\]<>]/g, '\\$&')

/**
 * Markdown of strangers as plain text: issuers put whole HTML into it, which must never be rendered (domain.md
 * section 9, S-32). Tags go, the words between them stay.
 */
export const toPlainText = (markdown: string): string =>
  markdown
    .replaceAll(/(?<!\\)<\/?[A-Za-z!][^<>]{0,2000}>/g, ' ')
    .replaceAll(/\\([\\`*_[\]<>])/g, '$1')
    .replaceAll(/[^\S\n]+/g, ' ')
    .trim()
