import { isDay } from '../domain/dates.ts'

const dateTimeStamp =
  /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/

/** A moment written as xsd:dateTimeStamp: with a time zone, on a day that exists (VCDM 2.0, 4.9). */
export function parseDateTimeStamp(value: unknown): Date | undefined {
  const day = typeof value === 'string' ? dateTimeStamp.exec(value)?.[1] : undefined
  if (day === undefined || !isDay(day)) return undefined
  const moment = new Date(String(value))
  return Number.isNaN(moment.getTime()) ? undefined : moment
}

/** A NumericDate (RFC 7519 2), F-19: a finite number, within what a date can be. */
export const parseNumericDate = (value: unknown): Date | undefined =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 8e12
    ? new Date(value * 1000)
    : undefined

export const toNumericDate = (date: Date): number => Math.floor(date.getTime() / 1000)
