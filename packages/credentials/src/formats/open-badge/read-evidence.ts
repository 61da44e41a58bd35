import { isObject } from '../../jose/json.ts'
import { readElements } from '../../vc-jose/read-credential.ts'
import { omitAbsent, omitEmpty } from '../omit-absent.ts'
import { readText } from '../read-claims.ts'
import { some } from './read-achievement.ts'
import { genres } from './vocabulary.ts'

/** The award and the validation behind a badge, as ours name them; other evidence stays with the badge. */
export function readEvidence(value: unknown) {
  const evidence = (readElements(value) ?? []).filter(isObject)
  const award = evidence.find(({ genre }) => genre === genres.award)
  const validation = evidence.find(({ genre }) => genre === genres.validation)
  const components = evidence.filter(({ genre }) => genre === genres.component)
  return omitAbsent({
    components: some(components.map(readComponent), 200),
    awardId: readText(award?.id),
    validation: validation && omitAbsent({ standard: readText(validation.name) }),
  })
}

/** Digest and definition stand in the words of the narrative: both have a form of their own. */
function readComponent({ id, name, narrative }: Readonly<Record<string, unknown>>) {
  const text = readText(narrative)?.replaceAll('\\', '') ?? ''
  return omitEmpty({
    title: readText(name),
    achievementId: /https?:\/\/\S+\/achievements\/[0-9a-f-]{36}/.exec(text)?.[0],
    awardId: readText(id),
    credentialDigest: /sha256-[A-Za-z0-9+/]{43}=/.exec(text)?.[0],
  })
}
