import { createSoftwareSigner } from '@mikromerit/credentials'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  duringValidity,
  ecKeys,
  enveloped,
  exclusive,
  type ForeignSignature,
  inclusive,
  makeSeal,
  rsaKeys,
  type Seal,
  signAsOthers,
  validTo,
} from '../../test/seals.ts'
import { childElements, rawText } from '../xml/element.ts'
import { parseXml } from '../xml/parse-xml.ts'
import { signDocument } from './sign-document.ts'
import { verifyDocument } from './verify-signature.ts'

const authority = await makeSeal({ name: 'Example Authority', isAuthority: true })
const university = await makeSeal({ name: 'Example University', issuer: authority })
const pinned = await makeSeal({ name: 'Pinned University', keys: rsaKeys(2048) })
const anchors = [authority.certificate, pinned.certificate]

const text = `<?xml version="1.0"?>
<elmo xmlns="urn:elmo" xmlns:x="urn:x">
  <title xml:lang="sv">Algebra &amp; <![CDATA[<geometri>]]></title>
  <x:credit value="7.5"/>
</elmo>`

const signerOf = ({ privateKey, certificate }: Seal) =>
  createSoftwareSigner({ privateKey, x5c: [certificate.raw.toString('base64')] })

function verifyText(xml: string, at = duringValidity) {
  const parsed = parseXml(xml)
  if (!parsed.ok) throw new Error(parsed.code)
  return verifyDocument(parsed.value, { anchors, at })
}

const outcomeOf = (xml: string, at?: Date) => verifyText(xml, at).signature
const asOthers = (changes: Partial<ForeignSignature> = {}, xml = text) =>
  signAsOthers(xml, { seal: pinned, ...changes })

describe('a signature of ours', () => {
  it('verifies under the authority that certified the signer', async () => {
    const signed = await signDocument(text, signerOf(university))
    expect(outcomeOf(signed)).toMatchObject({
      status: 'verified',
      signer: { subject: 'CN=Example University' },
    })
  })

  it('is enveloped, over the whole, and holds the certificate', async () => {
    const signed = await signDocument(text, signerOf(university))
    expect(signed).toContain('URI=""')
    expect(signed).toContain(university.certificate.raw.toString('base64'))
    expect(signed).toMatch(/<\/ds:Signature><\/elmo>$/)
  })

  it('fails with the signer', async () => {
    const broken = { ...signerOf(university), sign: () => Promise.reject(new Error('no key')) }
    await expect(signDocument(text, broken)).rejects.toThrow('no key')
  })

  it('does not verify when any part of the document is altered', async () => {
    const signed = await signDocument(text, signerOf(university))
    const content = signed.slice(0, signed.indexOf('<ds:Signature'))
    fc.assert(
      fc.property(
        fc.integer({ min: content.indexOf('<elmo'), max: content.length - 1 }),
        fc.constantFrom('a', '7', ' '),
        (at, letter) => {
          const altered = content.slice(0, at) + letter + content.slice(at + 1)
          const parsed = parseXml(altered + signed.slice(content.length))
          if (!parsed.ok) return true
          const before = parseXml(signed)
          const trust = { anchors, at: duringValidity }
          const { status } = verifyDocument(parsed.value, trust).signature
          const isSame =
            before.ok &&
            JSON.stringify(shapeOf(before.value.root)) ===
              JSON.stringify(shapeOf(parsed.value.root))
          return status === (isSame ? 'verified' : 'invalid')
        },
      ),
    )
  })
})

const shapeOf = (element: ReturnType<typeof childElements>[number]): unknown => [
  element.name,
  element.namespace,
  element.attributes.map(({ name, namespace, value }) => [namespace, name, value]),
  rawText(element),
  childElements(element).map(shapeOf),
]

describe('a signature of others', () => {
  const more = 'http://www.w3.org/2001/04/xmldsig-more#'
  it.each<[string, Partial<ForeignSignature>]>([
    ['RSA, exclusive canonicalisation', {}],
    ['RSA, inclusive canonicalisation', { canonicalisation: inclusive }],
    [
      'RSA with SHA-512',
      { method: `${more}rsa-sha512`, digest: 'http://www.w3.org/2001/04/xmlenc#sha512' },
    ],
    ['RSA-PSS', { method: 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1' }],
    ['no canonicalisation of its own', { transforms: [enveloped] }],
    ['no certificate, made by a signer known here', { certificates: [] }],
  ])('verifies: %s', (_, changes) => {
    expect(outcomeOf(asOthers(changes))).toMatchObject({
      status: 'verified',
      signer: { subject: 'CN=Pinned University' },
    })
  })

  it('verifies ECDSA on P-384 below an authority that the file holds too', async () => {
    const seal = await makeSeal({ name: 'P-384', keys: ecKeys('P-384'), issuer: authority })
    const certificates = [seal.certificate, authority.certificate]
    const signed = asOthers({ seal, certificates, method: `${more}ecdsa-sha384` })
    expect(outcomeOf(signed)).toMatchObject({ status: 'verified' })
  })

  it.each<[string, Partial<ForeignSignature>]>([
    ['a SHA-1 signature', { method: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' }],
    ['a SHA-1 digest', { digest: 'http://www.w3.org/2000/09/xmldsig#sha1' }],
  ])('is weak with %s', (_, changes) => {
    expect(outcomeOf(asOthers(changes))).toMatchObject({ status: 'weak' })
  })

  it('is weak with a short RSA key', async () => {
    const seal = await makeSeal({ name: 'Short', keys: rsaKeys(1024) })
    const xml = signAsOthers(text, { seal })
    const parsed = parseXml(xml)
    const trust = { anchors: [seal.certificate], at: duringValidity }
    expect(parsed.ok && verifyDocument(parsed.value, trust).signature).toMatchObject({
      status: 'weak',
    })
  })

  it('is undetermined when nobody here knows the signer: the file cannot vouch for itself', async () => {
    const seal = await makeSeal({ name: 'Stranger', keys: rsaKeys(2048) })
    expect(outcomeOf(asOthers({ seal }))).toMatchObject({
      status: 'undetermined',
      reason: 'certificate_untrusted',
    })
    expect(outcomeOf(asOthers({ seal, certificates: [] }))).toMatchObject({
      status: 'undetermined',
      reason: 'certificate_missing',
    })
  })

  it('is undetermined when the certificate is no longer valid', async () => {
    const after = new Date(validTo.getTime() + 1000)
    const expired = { status: 'undetermined', reason: 'certificate_expired' }
    expect(outcomeOf(asOthers(), after)).toMatchObject(expired)
    expect(outcomeOf(await signDocument(text, signerOf(university)), after)).toMatchObject(expired)
  })

  it('is undetermined by an algorithm nobody here knows, such as one that checkers could sign with', () => {
    const hmac = 'http://www.w3.org/2000/09/xmldsig#hmac-sha1'
    const signed = asOthers().replace(`${more}rsa-sha256`, hmac)
    expect(outcomeOf(signed)).toMatchObject({
      status: 'undetermined',
      reason: 'algorithm_unsupported',
    })
  })

  it('is invalid under the certificate of somebody known who did not make it', () => {
    const signed = asOthers({ seal: { ...pinned, privateKey: rsaKeys(2048).privateKey } })
    expect(outcomeOf(signed)).toMatchObject({ status: 'invalid', reason: 'signature_mismatch' })
  })

  it('says unsigned of a document without one, also with one somewhere inside', () => {
    expect(outcomeOf(text)).toEqual({ status: 'unsigned' })
    const inside = text.replace(
      '<x:credit',
      '<a><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/></a><x:credit',
    )
    expect(outcomeOf(inside)).toEqual({ status: 'unsigned' })
  })
})

describe('an attack on the signature', () => {
  const signature = (xml: string) => /<Signature .*<\/Signature>/s.exec(xml)?.[0] ?? ''
  const withIds = text.replace('<title', '<title Id="t"')

  it.each<[string, string, string]>([
    [
      'moved to a document of the attacker',
      text.replace('7.5', '300').replace('</elmo>', `${signature(asOthers())}</elmo>`),
      'digest_mismatch',
    ],
    [
      'over a part only',
      signAsOthers(withIds, { seal: pinned, reference: "//*[local-name(.)='title']" }),
      'reference_not_whole_document',
    ],
    [
      'without saying what it is over',
      asOthers().replace('URI=""', ''),
      'reference_not_whole_document',
    ],
    [
      'twice',
      asOthers().replace('</elmo>', `${signature(asOthers())}</elmo>`),
      'several_signatures',
    ],
    [
      'with the true document tucked away in it',
      asOthers().replace('</Signature>', `<Object>${text.slice(22)}</Object></Signature>`),
      'structure_invalid',
    ],
    [
      'with a transform that picks what is signed',
      asOthers().replace(
        `<Transform Algorithm="${exclusive}"/>`,
        '<Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><XPath>1</XPath></Transform>',
      ),
      'transform_not_allowed',
    ],
    ['without leaving itself out', asOthers({ transforms: [exclusive] }), 'transform_not_allowed'],
    [
      'with comments signed',
      asOthers({ transforms: [enveloped, `${exclusive}WithComments`] }),
      'transform_not_allowed',
    ],
    [
      'with a second reference',
      asOthers().replace('</SignedInfo>', '<Reference URI="#x"/></SignedInfo>'),
      'reference_not_whole_document',
    ],
    [
      'with a second SignedInfo',
      asOthers().replace('<SignatureValue>', '<SignedInfo/><SignatureValue>'),
      'structure_invalid',
    ],
    [
      'with endless prefixes to look for at each element',
      asOthers().replace(
        `<Transform Algorithm="${exclusive}"/>`,
        `<Transform Algorithm="${exclusive}"><InclusiveNamespaces xmlns="${exclusive}" PrefixList="${'x '.repeat(10_000)}"/></Transform>`,
      ),
      'transform_not_allowed',
    ],
    [
      'with megabytes to hash for each that may have signed',
      asOthers({ certificates: [] }).replace('<SignedInfo>', `<SignedInfo>${' '.repeat(100_000)}`),
      'structure_invalid',
    ],
    [
      'with its value cut',
      asOthers().replace(/<SignatureValue>...../, '<SignatureValue>'),
      'structure_invalid',
    ],
    [
      'with its value gone',
      asOthers().replace(/<SignatureValue>[^<]+/, '<SignatureValue>'),
      'structure_invalid',
    ],
  ])('%s is refused', (_, xml, reason) => {
    expect(outcomeOf(xml)).toMatchObject({ status: 'invalid', reason })
  })

  it('by a copy of itself deeper down is refused: only the one below the root is left out', () => {
    const signed = asOthers()
    const copied = signed.replace('<x:credit', `<x:a>${signature(signed)}</x:a><x:credit`)
    expect(outcomeOf(copied)).toMatchObject({ status: 'invalid', reason: 'digest_mismatch' })
  })

  it('by a comment within a text changes nothing: the text is read whole', () => {
    const commented = asOthers().replace('Algebra', 'Alge<!-- x -->bra')
    const { signature, content } = verifyText(commented)
    expect(signature.status).toBe('verified')
    expect(rawText(childElements(content)[0])).toBe('Algebra & <geometri>')
  })

  it('never throws, whatever the signature holds', () => {
    const signed = asOthers()
    const start = signed.indexOf('<Signature')
    fc.assert(
      fc.property(
        fc.integer({ min: start, max: signed.length - 8 }),
        fc.string({ maxLength: 3 }),
        (at, letters) => {
          const altered = signed.slice(0, at) + letters + signed.slice(at + 1)
          const parsed = parseXml(altered)
          if (!parsed.ok) return true
          const { status } = verifyDocument(parsed.value, {
            anchors,
            at: duringValidity,
          }).signature
          return ['verified', 'invalid', 'undetermined', 'unsigned'].includes(status)
        },
      ),
    )
  })
})
