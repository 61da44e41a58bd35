const day = 86_400_000

/** The greatest day number a spreadsheet has: 9999-12-31. */
export const greatestDayNumber = 2_958_465

/**
 * The day of a spreadsheet's day number, `YYYY-MM-DD`. Counted from 1900, with a 29 February that never was, or
 * from 1904 (ECMA-376 part 1, 18.17.4.1). Undefined outside the calendar of spreadsheets.
 */
export function dayOfNumber(number: number, countsFrom1904 = false): string | undefined {
  const whole = Math.floor(number)
  if (!(whole >= 1 && whole <= greatestDayNumber)) return undefined
  if (!countsFrom1904 && whole === 60) return undefined
  const epoch = countsFrom1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, whole < 60 ? 31 : 30)
  return new Date(epoch + whole * day).toISOString().slice(0, 10)
}
