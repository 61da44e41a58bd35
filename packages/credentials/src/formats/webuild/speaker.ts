import type { AwardRecord } from '../../domain/award.ts'
import { chooseText, type LanguageMap, type Locale } from '../../domain/text.ts'
import { isObject } from '../../jose/json.ts'
import { type Loss, loss } from '../loss.ts'

export type Say = (text: LanguageMap) => string

/** Says texts in one language, and remembers which were said: what they have in other languages is lost. */
export interface Speaker {
  readonly say: Say
  readonly said: ReadonlySet<unknown>
}

export function createSpeaker(locale: Locale = 'sv'): Speaker {
  const said = new Set<unknown>()
  const say: Say = (text) => {
    said.add(text)
    return chooseText(text, locale).text
  }
  return { say, said }
}

/** The texts of a record that were said in one of their languages. */
export const findLanguageLosses = (record: AwardRecord, { said }: Speaker): Loss[] =>
  listPointers(record, said, '').map((pointer) => loss('LOSS_LANGUAGE', pointer))

function listPointers(value: unknown, said: ReadonlySet<unknown>, pointer: string): string[] {
  if (said.has(value)) return Object.keys(Object(value)).length > 1 ? [pointer] : []
  if (!isObject(value) && !Array.isArray(value)) return []
  return Object.entries(value).flatMap(([name, member]) =>
    listPointers(member, said, `${pointer}/${name}`),
  )
}
