import { generateKeyPairSync, type X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  aKeyPair,
  type CertificateRecipe,
  type MadeCertificate,
  makeCertificate,
  validFrom,
  validTo,
  x509,
} from '../../test/made-certificates.ts'
import {
  authorityKeyIdentifiers,
  certificateNames,
  certificateThumbprint,
  verifyCertificatePath,
} from './certificates.ts'

const at = new Date('2026-11-24T12:00:00Z')

describe('verifyCertificatePath (V-18)', () => {
  let root: MadeCertificate
  let authority: MadeCertificate
  let leaf: MadeCertificate

  beforeAll(async () => {
    root = await makeCertificate({ name: 'Root', ca: true })
    authority = await makeCertificate({ name: 'Authority', ca: true, issuer: root })
    leaf = await makeCertificate({ name: 'Leaf', issuer: authority })
  })

  const check = (
    x5c: readonly (MadeCertificate | string)[],
    options: { anchors?: readonly X509Certificate[]; at?: Date } = {},
  ) => {
    const path = verifyCertificatePath({
      x5c: x5c.map((member) => (typeof member === 'string' ? member : member.base64)),
      anchors: [root.certificate],
      at,
      ...options,
    })
    return path.ok ? 'ok' : path.code
  }
  const leafBy = (issuer: MadeCertificate, recipe: Partial<CertificateRecipe> = {}) =>
    makeCertificate({ name: 'Leaf', issuer, ...recipe })
  const authorityBy = (issuer: MadeCertificate, recipe: Partial<CertificateRecipe> = {}) =>
    makeCertificate({ name: 'Authority', ca: true, issuer, ...recipe })

  it('finds the way from the leaf to the anchor', async () => {
    const path = verifyCertificatePath({
      x5c: [leaf.base64, authority.base64],
      anchors: [authorityBy, root].map(() => root.certificate),
      at,
    })
    expect(path).toMatchObject({ ok: true })
    if (!path.ok) return
    expect(path.value.leaf.raw).toEqual(leaf.certificate.raw)
    expect(path.value.anchor.raw).toEqual(root.certificate.raw)
    expect(check([await leafBy(root)])).toBe('ok')
  })

  it('trusts an intermediate authority as anchor when it is one', () => {
    expect(check([leaf], { anchors: [authority.certificate] })).toBe('ok')
  })

  it('refuses a certificate whose key cannot be decoded, and does not throw', () => {
    for (const broken of [leaf, authority]) {
      const der = Buffer.from(broken.certificate.raw)
      const { x = '' } = broken.keys.publicKey.export({ format: 'jwk' })
      // A point off the curve: the certificate can be read, its key cannot.
      const at = der.indexOf(Buffer.from(x, 'base64url')) + 31
      der.writeUInt8(der.readUInt8(at) ^ 1, at)
      const chain = [leaf, authority].map((one) => (one === broken ? der.toString('base64') : one))
      expect(check(chain)).toBe('x5c_key_unsupported')
    }
  })

  it('refuses a path that leads to no anchor', async () => {
    expect(check([leaf])).toBe('x5c_untrusted')
    expect(check([leaf, authority], { anchors: [] })).toBe('x5c_untrusted')
    const sameName = await makeCertificate({ name: 'Root', ca: true })
    expect(check([leaf, authority], { anchors: [sameName.certificate] })).toBe('x5c_untrusted')
  })

  it('refuses a certificate that the next one did not sign', async () => {
    const impostor = await makeCertificate({ name: 'Authority', ca: true, issuer: root })
    expect(check([leaf, impostor])).toBe('x5c_untrusted')
    expect(check([authority, leaf])).not.toBe('ok')
    const between = await authorityBy(authority, { name: 'Between' })
    const deep = await leafBy(between)
    expect(check([deep, between, authority])).toBe('ok')
    expect(check([deep, authority, between])).toBe('x5c_untrusted')
  })

  it('refuses a certificate that names another issuer than the one that signed it', async () => {
    const misnamed = await leafBy({ ...root, name: 'Somebody else' })
    expect(check([misnamed])).toBe('x5c_untrusted')
  })

  it('refuses a self-signed leaf, even when it is an anchor', async () => {
    const alone = await makeCertificate({ name: 'Alone' })
    expect(check([alone], { anchors: [alone.certificate] })).toBe('x5c_self_signed')
  })

  it('refuses a chain that brings the anchor along', () => {
    expect(check([leaf, authority, root])).toBe('x5c_contains_anchor')
    expect(check([leaf, authority], { anchors: [root.certificate, authority.certificate] })).toBe(
      'x5c_contains_anchor',
    )
    expect(check([leaf], { anchors: [leaf.certificate] })).toBe('x5c_contains_anchor')
  })

  it('demands every certificate of the path to be valid at that instant', async () => {
    const instants = [validFrom, at, validTo].map((instant) =>
      check([leaf, authority], { at: instant }),
    )
    expect(instants).toEqual(['ok', 'ok', 'ok'])
    for (const instant of [validFrom.getTime() - 1, validTo.getTime() + 1])
      expect(check([leaf, authority], { at: new Date(instant) })).toBe('x5c_expired')

    const early = { notAfter: new Date('2026-06-01T00:00:00Z') }
    expect(check([await leafBy(authority, early), authority])).toBe('x5c_expired')
    const expired = await authorityBy(root, early)
    expect(check([await leafBy(expired), expired])).toBe('x5c_expired')
    const oldRoot = await makeCertificate({ name: 'Old', ca: true, ...early })
    expect(check([await leafBy(oldRoot)], { anchors: [oldRoot.certificate] })).toBe('x5c_expired')
  })

  it('lets a renewed anchor complete the path of the one before it', async () => {
    const early = { notAfter: new Date('2026-06-01T00:00:00Z') }
    const before = await makeCertificate({ name: 'Root', ca: true, keys: root.keys, ...early })
    expect(check([leaf, authority], { anchors: [before.certificate, root.certificate] })).toBe('ok')
  })

  it('lets only authorities issue (basicConstraints, keyUsage)', async () => {
    const noAuthority = await leafBy(root, { name: 'Another leaf' })
    expect(check([await leafBy(noAuthority), noAuthority])).toBe('x5c_not_allowed')
    const claimsUsage = await leafBy(root, {
      name: 'Usage only',
      keyUsage: x509.KeyUsageFlags.keyCertSign,
    })
    expect(check([await leafBy(claimsUsage), claimsUsage])).toBe('x5c_not_allowed')
    const mayNotSign = await authorityBy(root, { keyUsage: x509.KeyUsageFlags.cRLSign })
    expect(check([await leafBy(mayNotSign), mayNotSign])).toBe('x5c_not_allowed')
    const free = await authorityBy(root, { keyUsage: 'none' })
    expect(check([await leafBy(free), free])).toBe('ok')
    const leafAnchor = await makeCertificate({
      name: 'No authority',
      keyUsage: x509.KeyUsageFlags.keyCertSign,
    })
    expect(check([await leafBy(leafAnchor)], { anchors: [leafAnchor.certificate] })).toBe(
      'x5c_not_allowed',
    )
  })

  it('lets only an end entity with a P-256 key for signatures sign', async () => {
    expect(check([authority])).toBe('x5c_not_allowed')
    const signingAuthority = await leafBy(root, {
      ca: true,
      keyUsage: x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyCertSign,
    })
    expect(check([signingAuthority])).toBe('x5c_not_allowed')
    const forAgreement = { keyUsage: x509.KeyUsageFlags.keyAgreement }
    expect(check([await leafBy(root, forAgreement)])).toBe('x5c_not_allowed')
    expect(check([await leafBy(root, { keyUsage: 'none' })])).toBe('ok')
    expect(check([await leafBy(root, { keys: aKeyPair('secp384r1') })])).toBe('x5c_key_unsupported')
  })

  it('holds authorities to their path length', async () => {
    const short = await authorityBy(root, { name: 'Short', pathLength: 0 })
    expect(check([await leafBy(short), short])).toBe('ok')
    const below = await authorityBy(short, { name: 'Below' })
    expect(check([await leafBy(below), below, short])).toBe('x5c_not_allowed')

    const shortRoot = await makeCertificate({ name: 'Root', ca: true, pathLength: 0 })
    const under = await authorityBy(shortRoot)
    const anchors = [shortRoot.certificate]
    expect(check([await leafBy(shortRoot)], { anchors })).toBe('ok')
    expect(check([await leafBy(under), under], { anchors })).toBe('x5c_not_allowed')
  })

  it('refuses critical extensions that it does not understand, and ignores others', async () => {
    const extension = (isCritical: boolean) => ({
      extensions: [new x509.Extension('1.2.3.4', isCritical, new Uint8Array([5, 0]))],
    })
    expect(check([await leafBy(root, extension(false))])).toBe('ok')
    expect(check([await leafBy(root, extension(true))])).toBe('x5c_not_allowed')
    const strange = await authorityBy(root, extension(true))
    expect(check([await leafBy(strange), strange])).toBe('x5c_not_allowed')
  })

  it('refuses an extension that occurs twice (RFC 5280 4.2)', async () => {
    const again = new x509.BasicConstraintsExtension(false, undefined, true)
    expect(check([await leafBy(root, { extensions: [again] })])).toBe('x5c_not_allowed')
  })

  it('reads the extension itself, not bytes elsewhere that look like it', async () => {
    // A subject that spells a key usage extension with every right, before the real one.
    const disguise = Buffer.from('0603551d0f04040302 00ff'.replaceAll(' ', ''), 'hex').toString(
      'latin1',
    )
    const disguised = await authorityBy(root, {
      name: 'Disguised',
      keyUsage: x509.KeyUsageFlags.cRLSign,
      extensions: [new x509.Extension('1.2.3.4', false, Buffer.from(disguise, 'latin1'))],
    })
    expect(check([await leafBy(disguised), disguised])).toBe('x5c_not_allowed')
  })

  it('refuses weak signatures and keys (S-08)', async () => {
    const sha1 = { signingAlgorithm: { name: 'ECDSA', hash: 'SHA-1' } }
    expect(check([await leafBy(root, sha1)])).toBe('x5c_untrusted')
    for (const [modulusLength, expected] of [
      [1024, 'x5c_untrusted'],
      [2048, 'ok'],
    ] as const) {
      const keys = generateKeyPairSync('rsa', { modulusLength })
      const signingAlgorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
      const rsa = await makeCertificate({ name: 'RSA', ca: true, keys, signingAlgorithm })
      const signed = await leafBy(rsa, { signingAlgorithm })
      expect(check([signed], { anchors: [rsa.certificate] })).toBe(expected)
    }
  })

  it('refuses what is no list of one to five certificates', async () => {
    const { base64 } = leaf
    const urlSafe = Buffer.from(base64, 'base64').toString('base64url')
    const longer = Buffer.concat([leaf.certificate.raw, Buffer.from('x')]).toString('base64')
    const large = await leafBy(root, {
      extensions: [new x509.Extension('1.2.3.4', false, new Uint8Array(8192))],
    })
    const pem = Buffer.from(leaf.certificate.toString()).toString('base64')
    const lists = [
      [],
      Array(6).fill(base64),
      [''],
      ['MIIB'],
      [`${base64}\n`],
      [urlSafe],
      [longer],
      [pem],
    ]
    for (const list of [...lists, [large.base64]]) expect(check(list)).toBe('x5c_malformed')
  })
})

describe('certificateNames', () => {
  it('lists DNS names and URIs', async () => {
    const { certificate } = await makeCertificate({
      name: 'Names',
      names: [
        { type: 'dns', value: 'issuer.example' },
        { type: 'url', value: 'https://issuer.example/ri-se' },
        { type: 'email', value: 'a@b.example' },
        { type: 'dns', value: 'verifier.example' },
      ],
    })
    expect(certificateNames(certificate)).toEqual({
      dns: ['issuer.example', 'verifier.example'],
      uris: ['https://issuer.example/ri-se'],
    })
  })

  it('is not fooled by names that hold other names', async () => {
    const { certificate } = await makeCertificate({
      name: 'Names',
      names: [
        { type: 'url', value: 'https://a.example/, DNS:evil.example' },
        { type: 'email', value: 'DNS:evil.example, DNS:worse.example' },
        { type: 'url', value: 'https://b.example/", DNS:bad.example' },
      ],
    })
    expect(certificateNames(certificate)).toEqual({
      dns: [],
      uris: ['https://a.example/, DNS:evil.example', 'https://b.example/", DNS:bad.example'],
    })
  })

  it('finds none where there are none', async () => {
    const { certificate } = await makeCertificate({ name: 'No names' })
    expect(certificateNames(certificate)).toEqual({ dns: [], uris: [] })
  })
})

describe('authorityKeyIdentifiers', () => {
  it('are those of every certificate that has one, as OpenSSL prints them', async () => {
    const root = await makeCertificate({ name: 'Root', ca: true })
    const extension = await x509.AuthorityKeyIdentifierExtension.create(
      await root.keys.publicKey.toCryptoKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
        'verify',
      ]),
    )
    const leaf = await makeCertificate({ name: 'Leaf', issuer: root, extensions: [extension] })
    const bare = await makeCertificate({ name: 'Bare', issuer: root })
    const expected = Buffer.from(extension.keyId ?? '', 'hex').toString('base64url')
    expect(expected).toHaveLength(27)
    expect(authorityKeyIdentifiers([leaf.base64, bare.base64])).toEqual([expected])
    expect(authorityKeyIdentifiers(['nonsense'])).toEqual([])
  })
})

describe('certificateThumbprint', () => {
  it('is the SHA-256 of the DER certificate, as Node computes it', async () => {
    const { certificate } = await makeCertificate({ name: 'Any' })
    const expected = Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex')
    expect(certificateThumbprint(certificate)).toBe(expected.toString('base64url'))
  })
})
