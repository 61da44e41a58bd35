/** Who asks, as far as it was proved. */
export interface Verifier {
  /** With its prefix; the audience of every key binding (W-38). */
  readonly clientId: string
  /** Its own name for itself when it gives one, else its host. */
  readonly name: string
  /** Where the answer goes. */
  readonly host: string
  readonly trust: 'trusted' | 'undetermined'
  readonly certificate?: { readonly subject: string; readonly issuer: string }
}
