import { openDevelopmentAuthority } from '@mikromerit/service-kit'
import { measureBulk } from './bulk/section.ts'
import { createIssuerKey } from './credentials/sample.ts'
import { measureSigning } from './credentials/signing.ts'
import { measureVerifying } from './credentials/verifying.ts'
import { measureIssuance } from './issuance/section.ts'
import type { Options, SectionName } from './options.ts'
import { measurePresentations } from './presentation/section.ts'
import { measureProcesses } from './processes/section.ts'
import type { Section } from './report/row.ts'
import type { Workbench } from './services/workbench.ts'
import { measureStatusLists } from './status/section.ts'
import { measureReceiving } from './wallet/section.ts'

const issuer = 'https://issuer.example.se/exempeluniversitetet'

/** Measures the sections that were asked for, one after the other, and says where it is. */
export async function measureSections(bench: Workbench, options: Options): Promise<Section[]> {
  const key = await createIssuerKey(await openDevelopmentAuthority(bench.dataDir), issuer)
  const measurements: Readonly<Record<SectionName, () => Promise<Section>>> = {
    signing: () => measureSigning(options.operations, key),
    verifying: () => measureVerifying(options.operations, key),
    issuance: () => measureIssuance(bench, options.flows),
    presentation: () => measurePresentations(bench, options.flows),
    wallet: () => measureReceiving(bench, options.flows),
    status: () => measureStatusLists(bench, key, options),
    processes: () => measureProcesses(bench, options.repetitions),
    bulk: () => measureBulk(bench, options.bulk),
  }
  const sections: Section[] = []
  for (const name of options.sections) {
    console.error(`measuring ${name} …`)
    sections.push(await measurements[name]())
  }
  return sections
}
