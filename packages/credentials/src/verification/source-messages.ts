import type { LocalisedText } from '../domain/text.ts'

export interface Explanation {
  readonly detail: LocalisedText
  readonly remedy?: LocalisedText
}

export const say = (sv: string, en: string) => ({ detail: { sv, en } })
export const advise = (sv: string, en: string) => ({ remedy: { sv, en } })

export const askIssuer = advise(
  'Be innehavaren att hämta ett nytt bevis hos utfärdaren, eller fråga utfärdaren.',
  'Ask the holder to get a new credential from the issuer, or ask the issuer.',
)
export const askHolder = advise(
  'Be innehavaren att visa beviset på nytt.',
  'Ask the holder to present the credential again.',
)
export const tryLater = advise(
  'Försök igen senare. Beror det inte på nätet, hör av dig till utfärdaren.',
  'Try again later. If the network is not the cause, contact the issuer.',
)
const askForSigned = advise(
  'Be innehavaren om ett signerat bevis, eller fråga utfärdaren om uppgifterna stämmer.',
  'Ask the holder for a signed credential, or ask the issuer whether this is true.',
)

/** What is said of where a credential came from, and of files that nobody can check the signature of. */
export const sourceExplanations = {
  source_fetched: say(
    'Beviset hämtades från adressen.',
    'The credential was fetched from the address.',
  ),
  source_unreachable: {
    ...say(
      'Ingenting kunde hämtas från adressen. Det säger inget om beviset.',
      'Nothing could be fetched from the address. This says nothing about the credential.',
    ),
    ...advise(
      'Öppna adressen själv, spara filen och ladda upp den. En delningslänk kan ha gått ut eller dragits tillbaka.',
      'Open the address yourself, save the file and upload it. A share link may have expired or been withdrawn.',
    ),
  },
  source_blocked: {
    ...say('Adressen får inte hämtas härifrån.', 'The address may not be fetched from here.'),
    ...advise(
      'Ge en adress som börjar med https och som alla når, eller ladda upp filen.',
      'Give an address that begins with https and that anybody can reach, or upload the file.',
    ),
  },
  source_unusable: {
    ...say('Adressen leder inte till ett bevis.', 'The address does not lead to a credential.'),
    ...advise(
      'Ge adressen till själva beviset, inte till en sida som visar det.',
      'Give the address of the credential itself, not of a page that shows it.',
    ),
  },
  too_many_credentials: {
    ...say(
      'Här finns fler bevis än som kontrolleras på en gång. Resten är inte kontrollerade.',
      'There are more credentials than are checked at once. The rest have not been checked.',
    ),
    ...advise('Dela upp filen.', 'Split the file.'),
  },
  unsigned: {
    ...say(
      'Filen är inte signerad. Vem som helst kan ha skrivit den, så ingenting i den är styrkt.',
      'The file is not signed. Anybody may have written it, so nothing in it is proven.',
    ),
    ...askForSigned,
  },
  proof_unsupported: {
    ...say(
      'Beviset har ett länkat databevis (Data Integrity), en sorts signatur som inte kan kontrolleras här.',
      'The credential has a linked data proof (Data Integrity), a kind of signature that cannot be checked here.',
    ),
    ...askForSigned,
  },
  seal_unsupported: {
    ...say(
      'Beviset har en e-stämpel (JAdES) som inte kan kontrolleras här.',
      'The credential has an electronic seal (JAdES) that cannot be checked here.',
    ),
    ...advise(
      'Kontrollera beviset hos Europass: https://europass.europa.eu.',
      'Check the credential with Europass: https://europass.europa.eu.',
    ),
  },
  hosted_unsigned: {
    ...say(
      'Märket är inte signerat, det ligger bara på en webbplats (Open Badges 2.0). Ingen annan intygar det.',
      'The badge is not signed, it only lies on a web site (Open Badges 2.0). Nobody else vouches for it.',
    ),
    ...askForSigned,
  },
  signature_weak: {
    ...say(
      'Signaturen stämmer, men är gjord med en metod som inte längre är säker.',
      'The signature matches, but was made by a method that is no longer safe.',
    ),
    ...askIssuer,
  },
  context_unknown: {
    ...say(
      'Beviset använder ord vars betydelse inte är känd här: en JSON-LD-kontext som inte hämtas.',
      'The credential uses words whose meaning is not known here: a JSON-LD context, which is not fetched.',
    ),
    ...advise(
      'Läs uppgifterna själv, eller be om ett bevis av en känd typ.',
      'Read the claims yourself, or ask for a credential of a known type.',
    ),
  },
  recipient_named: say(
    'Märket är utfärdat till den du angav.',
    'The badge was awarded to the one you named.',
  ),
  recipient_differs: {
    ...say(
      'Märket är inte utfärdat till den du angav, eller anger mottagaren på ett annat sätt.',
      'The badge was not awarded to the one you named, or names its recipient in another way.',
    ),
    ...advise(
      'Fråga innehavaren vilken adress märket är utfärdat till.',
      'Ask the holder which address the badge was awarded to.',
    ),
  },
  recipient_not_named: {
    ...say(
      'Beviset anger ingen mottagare som kan jämföras med den du angav.',
      'The credential names no recipient that could be compared with the one you named.',
    ),
    ...advise(
      'Begär att innehavaren visar beviset direkt för dig.',
      'Request a presentation from the holder directly.',
    ),
  },
  replaced: {
    ...say(
      'Utfärdaren har ersatt beviset med ett nytt.',
      'The issuer has replaced the credential with a new one.',
    ),
    ...advise(
      'Be innehavaren att visa det nya beviset.',
      'Ask the holder to present the new credential.',
    ),
  },
} as const satisfies Readonly<Record<string, Explanation>>
