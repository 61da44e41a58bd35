// The least a service could do for a step of a flow: a Fastify request with a schema, and of commits and
// cryptography exactly what the step cannot do without. A process of its own, like the services.
import {
  diffieHellman,
  generateKeyPairSync,
  randomBytes,
  randomUUID,
  sign,
  verify,
} from 'node:crypto'
import { fastify } from 'fastify'
import pg from 'pg'

const url = process.argv[2]
if (!url) throw new Error('The first argument is the address of a database.')

/** As many connections as a service has by default. */
const pool = new pg.Pool({ connectionString: url, max: 10 })
await pool.query('CREATE TABLE IF NOT EXISTS bare (id uuid PRIMARY KEY, content bytea NOT NULL)')

const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const { privateKey, publicKey } = pair()
const other = pair()
const input = randomBytes(2_048)
const signing = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const
const verifying = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const
const signature = sign('sha256', input, signing)
const content = randomBytes(512)

const count = { type: 'integer', minimum: 0, maximum: 8, default: 0 } as const
const Step = {
  type: 'object',
  additionalProperties: false,
  properties: { commits: count, signatures: count, verifications: count, agreements: count },
} as const
interface Step {
  readonly commits: number
  readonly signatures: number
  readonly verifications: number
  readonly agreements: number
}

const insert = { name: 'insert', text: 'INSERT INTO bare (id, content) VALUES ($1, $2)' }

const app = fastify({ logger: false })
app.post<{ Body: Step }>(
  '/step',
  {
    schema: {
      body: Step,
      response: { 200: { type: 'object', properties: { id: { type: 'string' } } } },
    },
  },
  async ({ body }) => {
    const id = randomUUID()
    for (let at = 0; at < body.signatures; at++) sign('sha256', input, signing)
    for (let at = 0; at < body.verifications; at++) verify('sha256', input, verifying, signature)
    for (let at = 0; at < body.agreements; at++)
      diffieHellman({ privateKey: pair().privateKey, publicKey: other.publicKey })
    for (let at = 0; at < body.commits; at++)
      await pool.query({ ...insert, values: [at === 0 ? id : randomUUID(), content] })
    return { id }
  },
)
process.once('SIGTERM', async () => {
  await app.close()
  await pool.end()
  process.exit(0)
})
process.send?.({ url: await app.listen({ port: 0, host: 'localhost' }) })
