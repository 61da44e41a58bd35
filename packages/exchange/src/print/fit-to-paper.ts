import { labels } from './labels.ts'
import type { PrintedCredential, PrintedElement, PrintedTexts } from './printed-credential.ts'

// Above what a definition may hold. Beyond that somebody only wants to keep the printer busy.
const longestText = 5_000
const mostCharacters = 80_000
const mostTexts = 600

/** What the layout may still take; it is shared by everything on the paper. */
interface Room {
  characters: number
  texts: number
  wasCut: boolean
}

/**
 * What goes on paper, in letters a layout can take and within its room. Whoever reads it is told when something was left
 * out. Pure.
 */
export function fitToPaper(printed: PrintedCredential): PrintedCredential {
  const room: Room = { characters: mostCharacters, texts: mostTexts, wasCut: false }
  const fitOne = (text: string) => fitText(text, room)
  const { awardedOn, validUntil, reference } = printed
  const fitted = {
    ...printed,
    title: fitTexts(printed.title, room),
    issuer: fitTexts(printed.issuer, room),
    learner: fitOne(printed.learner),
    ...(awardedOn !== undefined && { awardedOn: fitOne(awardedOn) }),
    ...(validUntil !== undefined && { validUntil: fitOne(validUntil) }),
    ...(reference !== undefined && { reference: fitOne(reference) }),
    elements: fitElements(printed.elements, room),
    outcomes: fitList(printed.outcomes, room),
    details: fitElements(printed.details, room),
  }
  return room.wasCut ? { ...fitted, notices: [...printed.notices, labels.extract] } : fitted
}

const fitElements = (elements: readonly PrintedElement[], room: Room): PrintedElement[] =>
  elements
    .map(({ label, values }) => ({ label, values: fitList(values, room) }))
    .filter(({ values }) => values.length > 0)

const fitList = (list: readonly PrintedTexts[], room: Room): PrintedTexts[] =>
  list.map((texts) => fitTexts(texts, room)).filter((texts) => texts.length > 0)

function fitTexts(texts: PrintedTexts, room: Room): PrintedTexts {
  return texts.flatMap((text) => {
    if (room.texts <= 0 || room.characters <= 0) {
      room.wasCut = true
      return []
    }
    room.texts -= 1
    return [{ ...text, text: fitText(text.text, room) }]
  })
}

function fitText(text: string, room: Room): string {
  const most = Math.max(Math.min(longestText, room.characters), 0)
  const isLong = text.length > most
  room.wasCut ||= isLong
  room.characters -= Math.min(text.length, most)
  const kept = isLong ? `${text.slice(0, most).toWellFormed()}…` : text.toWellFormed()
  return breakLongWords(kept.replace(unprintable, ' ').trim())
}

/**
 * Control characters have no glyphs, a name of two lines would break the layout, and what turns the direction of writing
 * would let a grade or a date read as another.
 */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu

/** The layout tries a word that is wider than its column letter by letter: a page of one word would take it minutes. */
const breakLongWords = (text: string): string => text.replace(/\S{40}(?=\S)/gu, '$&\u200B')
