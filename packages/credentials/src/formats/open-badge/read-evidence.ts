import { isObject } from '../../jose/json.ts'
import { readElements } from '../../vc-jose/read-credential.ts'
import { omitAbsent } from '../omit-absent.ts'
import { readText } from '../read-claims.ts'
import { genres } from './vocabulary.ts'

/** The award and the validation behind a badge, as ours name them; other evidence stays with the badge. */
export function readEvidence(value: unknown) {
  const evidence = (readElements(value) ?? []).filter(isObject)
  const award = evidence.find(({ genre }) => genre === genres.award)
  const validation = evidence.find(({ genre }) => genre === genres.validation)
  return omitAbsent({
    awardId: readText(award?.id),
    validation: validation && omitAbsent({ standard: readText(validation.name) }),
  })
}
