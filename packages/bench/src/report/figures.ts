/** How numbers are written in the table. */
export const asRate = (perSecond: number): string =>
  perSecond >= 10_000 ? `${(perSecond / 1_000).toFixed(1)} k/s` : `${group(perSecond)}/s`

export const asFlows = (perSecond: number): string => `${group(perSecond)} flows/s`

export const asTimes = (ratio: number): string => `${ratio.toFixed(2)} ×`

export const asShare = (ratio: number): string =>
  `${(ratio * 100).toFixed(Math.abs(ratio) < 0.1 ? 1 : 0)} %`

export const asMilliseconds = (milliseconds: number): string =>
  `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`

export const asMegabytes = (bytes: number): string => `${Math.round(bytes / 1_000_000)} MB`

/** Whole numbers with a comma between thousands: the same on every machine. */
const group = (value: number): string => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',')
