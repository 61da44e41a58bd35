/** Codes of ISO 3166-1 that the country list of ELMO's schema leaves out: mostly territories, Åland among them. */
const leftOut: ReadonlySet<string> = new Set(
  (
    'AI AQ AS AW AX BL BM BQ BV CC CK CW CX EH FK FO GF GG GI GP GS GU HK HM IM IO JE KY MF MO MP MQ MS NC NF PF PM PN ' +
    'RE SH SJ SS SX TC TF TK TW UM VG VI WF XK YT'
  ).split(' '),
)

export const isElmoCountry = (code: string): boolean => !leftOut.has(code)
