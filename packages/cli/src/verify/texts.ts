import type { BundleRefusal, Locale, LocalisedText } from '@mikromerit/credentials'
import { UsageError } from '../usage-error.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * `--language`, else that of the terminal, else English.
 * @throws UsageError for another than Swedish and English.
 */
export function chooseLanguage(wanted: string | undefined, env: Environment): Locale {
  if (wanted === 'sv' || wanted === 'en') return wanted
  if (wanted !== undefined) throw new UsageError('--language takes sv or en.')
  const { LC_ALL, LC_MESSAGES, LANG } = env
  return /^sv/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'sv' : 'en'
}

export const outcomeTexts = {
  valid: { sv: 'Giltigt', en: 'Valid' },
  invalid: { sv: 'Ogiltigt', en: 'Invalid' },
  undetermined: { sv: 'Går inte att avgöra', en: 'Undetermined' },
} as const satisfies Readonly<Record<string, LocalisedText>>

export const words = {
  bundle: { sv: 'Paket från', en: 'Bundle of' },
  made: { sv: 'gjort', en: 'made' },
  usable: { sv: 'kan användas till', en: 'can be used until' },
  offline: {
    sv: 'Kontrollerat utan nät: vad som har hänt efter att paketet gjordes är inte känt här.',
    en: 'Verified without a network: what happened after the bundle was made is not known here.',
  },
  list: { sv: 'Statuslistan hämtades', en: 'The status list was fetched' },
  atMost: { sv: 'får vara högst', en: 'may be at most' },
  old: { sv: 'gammal', en: 'old' },
  address: { sv: 'Adress', en: 'Address' },
} as const satisfies Readonly<Record<string, LocalisedText>>

const freshBundle = {
  sv: 'Hämta ett nytt paket från granskaren.',
  en: 'Get a new bundle from the verifier.',
}

interface RefusalText {
  readonly detail: LocalisedText
  readonly remedy: LocalisedText
}

/** Why a bundle is not used. It says nothing about the credential. */
export const refusalTexts: Readonly<Record<BundleRefusal, RefusalText>> = {
  bundle_malformed: {
    detail: { sv: 'Filen är inget paket, eller skadad.', en: 'The file is no bundle, or damaged.' },
    remedy: freshBundle,
  },
  bundle_too_large: {
    detail: { sv: 'Paketet är för stort.', en: 'The bundle is too large.' },
    remedy: {
      sv: 'Hämta ett paket för de utfärdare du behöver.',
      en: 'Get a bundle for the issuers you need.',
    },
  },
  bundle_untrusted: {
    detail: {
      sv: 'Paketet är inte signerat av någon som du litar på.',
      en: 'The bundle is not signed by anybody you trust.',
    },
    remedy: {
      sv: 'Ange granskarens certifikatutfärdare med --anchor, om du litar på den.',
      en: 'Name the certificate authority of the verifier with --anchor, if you trust it.',
    },
  },
  bundle_signature: {
    detail: {
      sv: 'Paketet är ändrat efter att det signerades.',
      en: 'The bundle was altered after it was signed.',
    },
    remedy: freshBundle,
  },
  bundle_signer: {
    detail: {
      sv: 'Paketet kommer från någon annan än den granskare det ska komma från.',
      en: 'The bundle is not of the verifier it should be of.',
    },
    remedy: freshBundle,
  },
  bundle_not_yet_valid: {
    detail: {
      sv: 'Paketet gjordes senare än den tidpunkt som kontrolleras.',
      en: 'The bundle was made later than the moment that is asked about.',
    },
    remedy: { sv: 'Kontrollera klockan, eller --at.', en: 'Check the clock, or --at.' },
  },
  bundle_expired: {
    detail: { sv: 'Paketet är för gammalt.', en: 'The bundle has expired.' },
    remedy: freshBundle,
  },
}
