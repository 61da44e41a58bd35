import type { Identifier } from '@mikromerit/credentials'
import { node, type XmlNode } from '../xml/write-xml.ts'

export const writeIdentifiers = (identifiers: readonly Identifier[]): XmlNode[] =>
  identifiers.map(({ scheme, value }) => node('identifier', value, { type: scheme }))
