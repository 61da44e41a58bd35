import { createPrivateKey } from 'node:crypto'
import { createSoftwareSigner, type Signer } from '@mikromerit/credentials'

// Made for these tests, and of no use elsewhere: CN=Nobody vouches for this, DNS:localhost, until 2049.
const certificate = [
  'MIIBtzCCAV6gAwIBAgIQaQ0+sjhV7bGFEQNnCfrV2zAKBggqhkjOPQQDAjAiMSAwHgYDVQQDDBdOb2JvZHkgdm91',
  'Y2hlcyBmb3IgdGhpczAeFw0yMDAxMDEwMDAwMDBaFw00OTEyMzEyMzU5NTlaMCIxIDAeBgNVBAMMF05vYm9keSB2',
  'b3VjaGVzIGZvciB0aGlzMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEjffFVr0/6d9nuQDq2oeOaT9ROIoOLoOH',
  'aMKAQQmkSG+LGicNARRHZTPKlLGeVdBqduJsVEN7nFLrbATbX2lJpqN2MHQwDAYDVR0TAQH/BAIwADAOBgNVHQ8B',
  'Af8EBAMCB4AwHQYDVR0OBBYEFITVL1g1wx6ox6IswjNDScVCwD9vMB8GA1UdIwQYMBaAFITVL1g1wx6ox6IswjND',
  'ScVCwD9vMBQGA1UdEQQNMAuCCWxvY2FsaG9zdDAKBggqhkjOPQQDAgNHADBEAiBemyuquQgF3Uz9KhcYfrwvWZmb',
  '1Lu/YjknWPGXh2kRLwIgXQwBINGzSxuebb/dx8pGi0y86Wmo8O2ZYenA8Ftj0AI=',
].join('')

const key = {
  kty: 'EC',
  crv: 'P-256',
  x: 'jffFVr0_6d9nuQDq2oeOaT9ROIoOLoOHaMKAQQmkSG8',
  y: 'ixonDQEUR2UzypSxnlXQanbibFRDe5xS62wE219pSaY',
  d: 'eTOhs8bZ810dQe9nARBGUWHyUFPldN087BGcx9v_W9s',
}

/** A signer whose certificate is signed by itself. */
export const createSelfSignedSigner = (): Signer =>
  createSoftwareSigner({
    privateKey: createPrivateKey({ key, format: 'jwk' }),
    x5c: [certificate],
  })
