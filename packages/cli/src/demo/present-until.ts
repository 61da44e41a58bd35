import { type Presentation, type PresentOptions, present } from './present.ts'
import type { Outcome } from './report.ts'

/** A verifier may rely on a status list it has for as long as the issuer says: by default one second. */
const patienceMs = 15_000
const pauseMs = 400

/** Shows a credential again and again until the report has this outcome, or patience ends. */
export async function presentUntil(
  outcome: Outcome,
  options: PresentOptions,
): Promise<Presentation & { readonly seconds: number }> {
  const start = performance.now()
  for (;;) {
    const presentation = await present(options)
    const elapsed = performance.now() - start
    if (presentation.report.outcome === outcome || elapsed > patienceMs)
      return { ...presentation, seconds: elapsed / 1_000 }
    await new Promise((resume) => setTimeout(resume, pauseMs))
  }
}
