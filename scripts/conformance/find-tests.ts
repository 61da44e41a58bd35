/** A test, or a group of tests, whose title names rows: `refuses an old proof (I-23, S-01)`. */
export interface NamedTest {
  readonly file: string
  readonly title: string
  readonly rows: readonly string[]
}

/** Titles are literals, also in the tables of `it.each`; the ids stand in parentheses of their own. */
const literal =
  /(['"`])((?:(?!\1)[^\n\\]|\\.)*?\(((?:[A-Z]-\d\d)(?:, [A-Z]-\d\d)*)\)(?:(?!\1)[^\n])*?)\1/g

/** The tests of a source text that name rows, in their order. */
export function findTests(file: string, source: string): NamedTest[] {
  return [...source.matchAll(literal)].map(([, , title = '', ids = '']) => ({
    file,
    title: title.replaceAll(/\s*\([A-Z]-\d\d(?:, [A-Z]-\d\d)*\)/g, ''),
    rows: ids.split(', '),
  }))
}
