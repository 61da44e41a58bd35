import type { LanguageMap } from '@mikromerit/credentials'
import { node, type XmlNode } from '../xml/write-xml.ts'

/** A text in all its languages: one element each. */
export const writeTexts = (name: string, texts: LanguageMap | undefined): XmlNode[] =>
  Object.entries(texts ?? {}).map(([tag, text]) => node(name, text, { 'xml:lang': tag }))
