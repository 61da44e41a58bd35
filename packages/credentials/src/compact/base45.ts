const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const values = new Map([...alphabet].map((character, value) => [character, value]))

/** Base45 (RFC 9285 4.3): bytes as the characters that a QR code has a dense mode for. */
export function encodeBase45(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 2) {
    const first = bytes[at] ?? 0
    const second = bytes[at + 1]
    text += second === undefined ? digits(first, 2) : digits(first * 256 + second, 3)
  }
  return text
}

/** Bytes of a Base45 text; undefined when it is none (RFC 9285 4.4, 6). */
export function decodeBase45(text: string): Buffer | undefined {
  if (text.length % 3 === 1) return undefined
  const bytes: number[] = []
  for (let at = 0; at < text.length; at += 3) {
    const group = text.slice(at, at + 3)
    const number = numberOf(group)
    if (number === undefined || number > (group.length === 3 ? 0xffff : 0xff)) return undefined
    if (group.length === 3) bytes.push(number >> 8)
    bytes.push(number & 0xff)
  }
  return Buffer.from(bytes)
}

/** The least significant digit first. */
function digits(number: number, count: number): string {
  let rest = number
  let text = ''
  for (let digit = 0; digit < count; digit += 1) {
    text += alphabet[rest % 45]
    rest = Math.floor(rest / 45)
  }
  return text
}

function numberOf(group: string): number | undefined {
  let number = 0
  for (let at = group.length - 1; at >= 0; at -= 1) {
    const value = values.get(group.charAt(at))
    if (value === undefined) return undefined
    number = number * 45 + value
  }
  return number
}
