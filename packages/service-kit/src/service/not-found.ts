import type { FastifyInstance } from 'fastify'
import { Problem } from '../problems/problem.ts'

/** 404 for unknown paths, and for known ones with another method 405 with `Allow` (RFC 9110 15.5.6). */
export function registerNotFound(app: FastifyInstance): void {
  const known = new Map<string, { pattern: RegExp; methods: Set<string> }>()
  app.addHook('onRoute', ({ method, url }) => {
    const entry = known.get(url) ?? { pattern: toPattern(url), methods: new Set() }
    for (const name of [method].flat()) entry.methods.add(name)
    known.set(url, entry)
  })
  app.setNotFoundHandler(async (request) => {
    const path = request.url.split('?', 1)[0] ?? ''
    const methods = [...known.values()]
      .filter(({ pattern }) => pattern.test(path))
      .flatMap(({ methods }) => [...methods])
    if (methods.length === 0) throw new Problem('not-found')
    throw new Problem('method-not-allowed', {
      headers: { allow: [...new Set(methods)].sort().join(', ') },
    })
  })
}

function toPattern(url: string): RegExp {
  const segments = url.split('/').map((segment) => {
    if (segment.startsWith(':')) return '[^/]+'
    return segment === '*' ? '.*' : segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${segments.join('/')}$`)
}
