import type { SampleKey } from '../credentials/sample.ts'
import type { Plan } from '../measuring/rounds.ts'
import type { Section } from '../report/row.ts'
import type { Workbench } from '../services/workbench.ts'
import { measurePublication, type PublicationPlan } from './publication.ts'
import { measureStatusCheck } from './verification.ts'

/** What a status list of a million entries costs: its issuer to change, its readers to ask. */
export async function measureStatusLists(
  bench: Workbench,
  issuerKey: SampleKey,
  plans: { readonly operations: Plan; readonly publication: PublicationPlan },
): Promise<Section> {
  const publication = await measurePublication(bench, plans.publication)
  const check = await measureStatusCheck(plans.operations, issuerKey)
  return {
    title: 'Status list of a million entries',
    meaning: `Revocation to published list: from sending the revocation of an award to holding the signed list that shows
it, at the default publication interval of 0, in a list of ${(1_048_576).toLocaleString('en')} entries with ${plans.publication.revokedBefore} others revoked
before. Verify with a cached list: a complete verification with its report, the list being kept by the verifier
as the services keep it, against the same credential without status.`,
    rows: [publication, check],
  }
}
