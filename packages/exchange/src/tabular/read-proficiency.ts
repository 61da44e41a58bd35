import { findConcept, findConceptByLabel, proficiencyConcepts } from '@mikromerit/credentials'

/** The stage that a cell means, by its code or its name in either language. What is none stays for the rules to report. */
export function readProficiency(text: string): string {
  const word = text.toLowerCase()
  const concept =
    findConcept(proficiencyConcepts, word.replaceAll(/[ -]/g, '_')) ??
    findConceptByLabel(proficiencyConcepts, word)
  return concept?.code ?? text
}
