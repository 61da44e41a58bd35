import { advise, type Explanation, say } from './source-messages.ts'

const newBundle = advise(
  'Hämta ett nytt paket för utfärdaren från en granskare, eller kontrollera beviset när du har nät.',
  'Get a new bundle for this issuer from a verifier, or verify the credential when you have a network.',
)

/** What is said when a bundle, and nothing else, was asked. */
export const offlineExplanations = {
  issuer_not_bundled: {
    ...say(
      'Paketet vet inte nog om utfärdaren för att säga vems nyckeln är. Det säger inget om beviset.',
      'The bundle does not know enough of the issuer to say whose the key is. This says nothing about the credential.',
    ),
    ...newBundle,
  },
  status_snapshot_missing: {
    ...say(
      'Paketet har inte utfärdarens statuslista, så det går inte att säga om beviset är återkallat.',
      'The bundle does not hold the issuer’s status list, so it cannot be said whether the credential is revoked.',
    ),
    ...newBundle,
  },
  status_snapshot_stale: {
    ...say(
      'Paketets kopia av utfärdarens statuslista är för gammal för att säga om beviset är återkallat.',
      'The bundle’s copy of the issuer’s status list is too old to say whether the credential is revoked.',
    ),
    ...newBundle,
  },
} as const satisfies Readonly<Record<string, Explanation>>
