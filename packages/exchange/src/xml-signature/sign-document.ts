import { hash } from 'node:crypto'
import type { Signer } from '@mikromerit/credentials'
import { childElements, type XmlDocument, type XmlElement } from '../xml/element.ts'
import { parseXml } from '../xml/parse-xml.ts'
import { dsig, ecdsaSha256, enveloped, exclusiveC14n, sha256 } from './algorithms.ts'
import { canonicaliseDocument, canonicaliseElement } from './canonicalise.ts'

const form = { kind: 'exclusive', prefixes: new Set<string>() } as const

/**
 * Signs a document of ours as a whole: enveloped, exclusive canonicalisation, ECDSA with SHA-256, the signer's
 * certificates in KeyInfo (XML Signature 1.1).
 * @throws TypeError when the text is not XML
 */
export async function signDocument(xml: string, signer: Signer): Promise<string> {
  const end = xml.lastIndexOf('</')
  const place = (signature: string) => xml.slice(0, end) + signature + xml.slice(end)
  const digestOf = (text: string) => {
    const { document, signature } = openSigned(text)
    return hash('sha256', canonicaliseDocument(document, form, signature), 'base64')
  }
  // Where the signature stands does not count: it is left out of what it signs.
  const digest = digestOf(place(writeSignature('', '', signer)))
  const [signedInfo] = childElements(
    openSigned(place(writeSignature(digest, '', signer))).signature,
  )
  if (!signedInfo) throw new TypeError('A signature begins with what is signed.')
  const value = await signer.sign(canonicaliseElement(signedInfo, form))
  return place(writeSignature(digest, value.toString('base64'), signer))
}

function openSigned(xml: string): { document: XmlDocument; signature: XmlElement } {
  const limits = { depth: 1000, elements: 10_000_000, attributes: 1000, namespaces: 1000 }
  const parsed = parseXml(xml, limits)
  const signature = parsed.ok ? childElements(parsed.value.root).at(-1) : undefined
  if (!parsed.ok || signature?.namespace !== dsig)
    throw new TypeError('Only an XML document with an end tag can be signed.')
  return { document: parsed.value, signature }
}

/** Base64 and addresses of algorithms need no escaping. */
function writeSignature(digest: string, value: string, { x5c = [] }: Signer): string {
  const method = (name: string, algorithm: string) => `<ds:${name} Algorithm="${algorithm}"/>`
  const certificates = x5c
    .map((each) => `<ds:X509Certificate>${each}</ds:X509Certificate>`)
    .join('')
  return [
    `<ds:Signature xmlns:ds="${dsig}"><ds:SignedInfo>`,
    method('CanonicalizationMethod', exclusiveC14n),
    method('SignatureMethod', ecdsaSha256),
    '<ds:Reference URI=""><ds:Transforms>',
    method('Transform', enveloped),
    method('Transform', exclusiveC14n),
    `</ds:Transforms>${method('DigestMethod', sha256)}`,
    `<ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`,
    `<ds:SignatureValue>${value}</ds:SignatureValue>`,
    certificates === ''
      ? ''
      : `<ds:KeyInfo><ds:X509Data>${certificates}</ds:X509Data></ds:KeyInfo>`,
    '</ds:Signature>',
  ].join('')
}
