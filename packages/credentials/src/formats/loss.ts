import type { LocalisedText } from '../domain/text.ts'

/** What a projection could not carry over truthfully and completely. */
export interface Loss {
  readonly code: 'LOSS_REQUIRED_CLAIM' | 'LOSS_LANGUAGE' | 'LOSS_MERGED' | 'LOSS_NOT_CARRIED'
  /** Where in the award record, as JSON Pointer. */
  readonly pointer: string
  /** The claim it would have been. */
  readonly claim?: string
  readonly message: LocalisedText
}

const messages: Readonly<Record<Loss['code'], LocalisedText>> = {
  LOSS_REQUIRED_CLAIM: {
    sv: 'Formatet kräver uppgiften, men den kan inte fyllas i sanningsenligt; den utelämnas.',
    en: 'The format requires the claim, but it cannot be filled truthfully; it is left out.',
  },
  LOSS_LANGUAGE: {
    sv: 'Formatet har ett språk per uppgift; övriga språk utelämnas.',
    en: 'The format has one language per claim; the other languages are left out.',
  },
  LOSS_MERGED: {
    sv: 'Formatet skiljer inte mellan fallen; de slås ihop.',
    en: 'The format does not tell the cases apart; they are merged.',
  },
  LOSS_NOT_CARRIED: {
    sv: 'Formatet har ingen plats för uppgiften; den utelämnas.',
    en: 'The format has no place for this; it is left out.',
  },
}

export const loss = (code: Loss['code'], pointer: string, claim?: string): Loss => ({
  code,
  pointer,
  ...(claim && { claim }),
  message: messages[code],
})
