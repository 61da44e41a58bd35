/** Luhn's check over decimal digits, the check digit last. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (const [index, digit] of [...digits].reverse().entries()) {
    const product = Number(digit) * (index % 2 === 0 ? 1 : 2)
    sum += product > 9 ? product - 9 : product
  }
  return sum % 10 === 0
}

/** The ten digits of a Swedish organisation number, however it is written; undefined when it has not ten. */
function readTenDigits(text: string): string | undefined {
  const digits = text.replace(/^(?:16)?(\d{6})-?(\d{4})$/, '$1$2')
  return /^\d{10}$/.test(digits) ? digits : undefined
}

/** What is wrong with an organisation number: not a number, or a sole trader's, which is a personnummer. */
export function findOrganisationNumberFault(text: string): 'invalid' | 'person' | undefined {
  const digits = readTenDigits(text.trim())
  if (!digits || !passesLuhn(digits)) return 'invalid'
  // The third digit of an organisation number is at least 2: it can never be read as a month.
  return Number(digits[2]) < 2 ? 'person' : undefined
}

const uuids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi
const candidates = /(?<!\d)(?:18|19|20)?(\d{2})(\d{2})(\d{2})[-+ ]?(\d{4})(?!\d)/g

/**
 * Whether a text holds a Swedish personnummer or samordningsnummer: 10 or 12 digits with a possible date and
 * a matching check digit. UUIDs are passed over: their digits mean nothing.
 */
export function holdsPersonalNumber(text: string): boolean {
  for (const [, year, month, day, serial] of text.replaceAll(uuids, ' ').matchAll(candidates)) {
    // A samordningsnummer adds 60 to the day.
    const dayOfMonth = Number(day) > 60 ? Number(day) - 60 : Number(day)
    const daysInMonth = new Date(Date.UTC(2000, Number(month), 0)).getUTCDate()
    const isDate =
      Number(month) >= 1 && Number(month) <= 12 && dayOfMonth >= 1 && dayOfMonth <= daysInMonth
    if (isDate && passesLuhn(`${year}${month}${day}${serial}`)) return true
  }
  return false
}
