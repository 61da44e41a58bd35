/** The day of a date and time, as written: a time zone would move it (domain.md 3.1). */
export function readDayOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  return /^(\d{4}-\d{2}-\d{2})(?:T|$)/.exec(value)?.[1]
}

/** A moment in ISO 8601, in UTC. */
export function readMomentOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T/.test(value) || value.length > 40)
    return undefined
  const time = Date.parse(value)
  return Number.isNaN(time) ? undefined : toMoment(time)
}

/** A NumericDate of the token around the document. */
export const readNumericDateOf = (value: unknown): string | undefined =>
  typeof value === 'number' ? toMoment(value * 1000) : undefined

/** Up to the year 9999, beyond which the notation changes. */
const toMoment = (time: number): string | undefined =>
  time >= 0 && time < 253_402_300_800_000 ? new Date(time).toISOString() : undefined

/** Hours of a duration that has hours, minutes and seconds only: how long a day of learning is, nobody says. */
export function readHours(duration: string): number | undefined {
  const parts = /^PT(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9}(?:\.\d{1,6})?)S)?$/.exec(duration)
  if (!parts || duration === 'PT') return undefined
  const [, hours = '0', minutes = '0', seconds = '0'] = parts
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) / 3600
}
