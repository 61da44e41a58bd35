import type { LocalisedText } from '../domain/text.ts'
import { offlineExplanations } from './offline-messages.ts'
import type { CheckCode } from './report.ts'
import {
  advise,
  askHolder,
  askIssuer,
  type Explanation,
  say,
  sourceExplanations,
  tryLater,
} from './source-messages.ts'

/** What each check is called. */
export const checkTitles: Readonly<Record<CheckCode, LocalisedText>> = {
  source: { sv: 'Adress', en: 'Address' },
  format: { sv: 'Format', en: 'Format' },
  issuer_key: { sv: 'Utfärdarens nyckel', en: 'Issuer’s key' },
  signature: { sv: 'Signatur', en: 'Signature' },
  disclosures: { sv: 'Visade uppgifter', en: 'Disclosed claims' },
  type: { sv: 'Typ av bevis', en: 'Type of credential' },
  validity_period: { sv: 'Giltighetstid', en: 'Validity period' },
  status: { sv: 'Status', en: 'Status' },
  'status.replaced': { sv: 'Ersatt bevis', en: 'Replaced credential' },
  issuer_authorised: { sv: 'Utfärdarens behörighet', en: 'Issuer’s authorisation' },
  key_binding: { sv: 'Innehavare', en: 'Holder' },
  recipient: { sv: 'Mottagare', en: 'Recipient' },
  content: { sv: 'Innehåll', en: 'Content' },
}

/** Why a check came out as it did, in words: one entry per reason, which is stable. */
export const explanations = {
  format_valid: say('Beviset går att läsa.', 'The credential can be read.'),
  format_invalid: {
    ...say(
      'Detta är inte ett bevis i något format som läses här, eller så är det skadat.',
      'This is not a credential in a format that is read here, or it is damaged.',
    ),
    ...advise(
      'Kontrollera att hela beviset kom med, från första tecknet till sista.',
      'Check that the whole credential was included, from the first character to the last.',
    ),
  },
  ...sourceExplanations,
  issuer_key_found: say('Nyckeln hör till utfärdaren.', 'The key belongs to the issuer.'),
  issuer_untrusted: {
    ...say(
      'Utfärdaren är okänd: ingen betrodd part intygar dess nyckel och den publicerar ingen egen.',
      'The issuer is unknown: no trusted party certifies its key and it publishes none itself.',
    ),
    ...advise(
      'Lägg till utfärdaren eller dess certifikatutfärdare i förtroenderegistret om du litar på den.',
      'Add the issuer or its certificate authority to the trust registry if you trust it.',
    ),
  },
  issuer_unreachable: {
    ...say('Utfärdarens nycklar kunde inte hämtas.', 'The issuer’s keys could not be fetched.'),
    ...tryLater,
  },
  issuer_mismatch: {
    ...say(
      'Nyckeln hör till någon annan än den utfärdare som beviset anger.',
      'The key belongs to somebody else than the issuer the credential names.',
    ),
    ...askIssuer,
  },
  issuer_certificate_period: {
    ...say(
      'Utfärdarens certifikat gällde inte när beviset utfärdades, eller gäller inte längre.',
      'The issuer’s certificate was not valid when the credential was issued, or no longer is.',
    ),
    ...askIssuer,
  },
  issuer_certificate_unfit: {
    ...say(
      'Certifikaten i beviset får inte användas för att signera bevis.',
      'The certificates in the credential may not be used to sign credentials.',
    ),
    ...askIssuer,
  },
  algorithm_unsupported: {
    ...say(
      'Beviset är signerat på ett sätt som inte stöds här. Det säger inget om beviset självt.',
      'The credential is signed in a way that is not supported here. This says nothing about the credential itself.',
    ),
    ...advise(
      'Be innehavaren om ett bevis som är signerat med ES256, eller kontrollera det med ett annat verktyg.',
      'Ask the holder for a credential that is signed with ES256, or verify it with another tool.',
    ),
  },
  signature_valid: say('Utfärdaren har signerat beviset.', 'The issuer signed the credential.'),
  signature_invalid: {
    ...say(
      'Signaturen stämmer inte: beviset är ändrat eller signerat med en annan nyckel.',
      'The signature does not match: the credential was altered or signed with another key.',
    ),
    ...askIssuer,
  },
  signature_not_checked: {
    ...say(
      'Detta går inte att lita på, eftersom signaturen inte kunde kontrolleras mot en känd utfärdare.',
      'This cannot be relied upon, because the signature could not be checked against a known issuer.',
    ),
    ...advise(
      'Åtgärda först det som sägs om nyckel och signatur.',
      'Resolve first what is said of the key and the signature.',
    ),
  },
  disclosures_valid: say(
    'De visade uppgifterna är de som utfärdaren signerade.',
    'The disclosed claims are those the issuer signed.',
  ),
  disclosures_invalid: {
    ...say(
      'En visad uppgift är inte den som utfärdaren signerade.',
      'A disclosed claim is not the one the issuer signed.',
    ),
    ...askHolder,
  },
  type_accepted: say('Typen godtas.', 'The type is accepted.'),
  type_not_accepted: {
    ...say(
      'Beviset är av en annan typ än de som godtas här.',
      'The credential is of another type than those accepted here.',
    ),
    ...advise('Be om ett bevis av rätt typ.', 'Ask for a credential of the right type.'),
  },
  period_valid: say('Beviset gäller i dag.', 'The credential is valid today.'),
  not_yet_valid: {
    ...say('Beviset gäller inte än.', 'The credential is not valid yet.'),
    ...advise(
      'Kontrollera klockan, eller vänta tills beviset börjar gälla.',
      'Check the clock, or wait until the credential becomes valid.',
    ),
  },
  expired: {
    ...say(
      'Det digitala bevisets giltighetstid har gått ut. Det säger inget om meriten själv.',
      'The digital credential has expired. This says nothing about the achievement itself.',
    ),
    ...askIssuer,
  },
  achievement_expired: {
    ...say(
      'Meriten gäller inte längre: den behöver förnyas.',
      'The achievement has lapsed: it needs to be renewed.',
    ),
    ...advise(
      'Be innehavaren om ett bevis på den förnyade meriten.',
      'Ask the holder for a credential of the renewed achievement.',
    ),
  },
  status_valid: say(
    'Beviset är varken återkallat eller spärrat.',
    'The credential is neither revoked nor suspended.',
  ),
  revoked: {
    ...say('Utfärdaren har återkallat beviset.', 'The issuer has revoked the credential.'),
    ...askIssuer,
  },
  suspended: {
    ...say(
      'Utfärdaren har tillfälligt spärrat beviset.',
      'The issuer has suspended the credential for the time being.',
    ),
    ...advise(
      'Fråga utfärdaren, eller kontrollera beviset igen senare.',
      'Ask the issuer, or verify the credential again later.',
    ),
  },
  status_unknown_value: {
    ...say(
      'Utfärdaren anger en status som inte är känd här.',
      'The issuer states a status that is not known here.',
    ),
    ...askIssuer,
  },
  status_unknown_mechanism: {
    ...say(
      'Beviset anger status på ett sätt som inte stöds här.',
      'The credential states its status in a way that is not supported here.',
    ),
    ...askIssuer,
  },
  status_index_out_of_range: {
    ...say(
      'Beviset pekar utanför utfärdarens statuslista.',
      'The credential points outside the issuer’s status list.',
    ),
    ...askIssuer,
  },
  status_unreachable: {
    ...say(
      'Utfärdarens statuslista kunde inte hämtas, så det går inte att säga om beviset är återkallat.',
      'The issuer’s status list could not be fetched, so it cannot be said whether the credential is revoked.',
    ),
    ...tryLater,
  },
  ...offlineExplanations,
  status_list_unusable: {
    ...say(
      'Utfärdarens statuslista går inte att använda, så det går inte att säga om beviset är återkallat.',
      'The issuer’s status list cannot be used, so it cannot be said whether the credential is revoked.',
    ),
    ...tryLater,
  },
  issuer_authorised: say(
    'Utfärdaren får ge meriter av detta slag.',
    'The issuer may award achievements of this kind.',
  ),
  issuer_not_authorised: {
    ...say(
      'Utfärdaren får inte ge meriter av detta slag, enligt förtroenderegistret.',
      'The issuer may not award achievements of this kind, according to the trust registry.',
    ),
    ...askIssuer,
  },
  issuer_authorisation_unknown: {
    ...say(
      'Förtroenderegistret säger inget om vad utfärdaren får ge.',
      'The trust registry does not say what the issuer may award.',
    ),
    ...advise(
      'Lägg till utfärdaren i förtroenderegistret om du vet att den är behörig.',
      'Add the issuer to the trust registry if you know that it is entitled.',
    ),
  },
  key_binding_valid: say(
    'Den som visar beviset har nyckeln som det är utfärdat till.',
    'Whoever presents the credential has the key it was issued to.',
  ),
  key_binding_invalid: {
    ...say(
      'Beviset visas inte av den det är utfärdat till, eller inte som svar på denna begäran.',
      'The credential is not presented by the one it was issued to, or not in answer to this request.',
    ),
    ...askHolder,
  },
  key_binding_not_checked: {
    ...say(
      'Beviset visades för någon annan begäran. Vem som visar det här går inte att kontrollera.',
      'The credential was presented for another request. Who presents it here cannot be checked.',
    ),
    ...advise(
      'Begär att innehavaren visar beviset direkt för dig.',
      'Request a presentation from the holder directly.',
    ),
  },
  content_valid: say('Innehållet är en mikromerit.', 'The content is a micro-credential.'),
  content_unknown: {
    ...say(
      'Innehållet känns inte igen som en mikromerit.',
      'The content is not recognised as a micro-credential.',
    ),
    ...advise(
      'Läs uppgifterna själv, eller be om ett bevis av en känd typ.',
      'Read the claims yourself, or ask for a credential of a known type.',
    ),
  },
  check_failed: {
    ...say('Kontrollen kunde inte genomföras.', 'The check could not be carried out.'),
    ...tryLater,
  },
} as const satisfies Readonly<Record<string, Explanation>>

export type Reason = keyof typeof explanations

/** Every reason that a check of a credential may give; none is ever renamed. */
// The keys of an object literal are the keys of its type.
export const reasons = Object.keys(explanations) as readonly Reason[]

export const explain = (reason: Reason): Explanation => explanations[reason]
