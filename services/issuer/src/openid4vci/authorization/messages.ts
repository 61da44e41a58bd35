/** The texts of the pages a learner sees here, in Swedish and English. */
export const messages = {
  sv: {
    heading: 'Hämta till din plånbok?',
    question: (organisation: string, wallet: string) =>
      `${wallet} ber att få hämta följande från ${organisation}:`,
    target: 'Plånboken nås på',
    accept: 'Hämta',
    decline: 'Avbryt',
    failed: 'Det gick inte',
    failedText: 'Börja om från din plånbok. Säg dem som utfärdar beviset om felet kommer tillbaka:',
  },
  en: {
    heading: 'Receive in your wallet?',
    question: (organisation: string, wallet: string) =>
      `${wallet} asks to receive the following from ${organisation}:`,
    target: 'The wallet is reached at',
    accept: 'Receive',
    decline: 'Cancel',
    failed: 'That did not work',
    failedText: 'Begin again from your wallet. Tell the issuer if the error comes back:',
  },
} as const
export type PageLanguage = keyof typeof messages

/** Swedish for those who ask for it first, English for all others. */
export const choosePageLanguage = (accept = ''): PageLanguage =>
  /^\s*sv\b/i.test(accept) ? 'sv' : 'en'
