/**
 * The parser that xml-crypto uses itself. Its own types declare a browser's whole DOM globally, for whoever imports
 * this package; only what is used here is described.
 */
declare module '@xmldom/xmldom/lib/dom-parser.js' {
  export interface DomNode {
    readonly localName?: string | null
    readonly namespaceURI?: string | null
    readonly childNodes: ArrayLike<DomNode>
  }

  export class DOMParser {
    constructor(options: { errorHandler: (level: string, message: string) => void })
    parseFromString(text: string, mimeType: string): { readonly documentElement: DomNode }
  }
}
