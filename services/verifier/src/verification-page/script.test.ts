import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { pageScript } from './script.ts'
import { pageTexts } from './texts.ts'

type Listener = (event: { preventDefault(): void }) => void

/** As much of an element as the page uses. */
const anElement = (tag = 'div') => ({
  tag,
  value: '',
  textContent: '',
  hash: '',
  className: '',
  disabled: false,
  files: [],
  children: [] as unknown[],
  classList: { add() {}, remove() {} },
  listeners: new Map<string, Listener>(),
  addEventListener(name: string, listener: Listener) {
    this.listeners.set(name, listener)
  },
  append(...children: unknown[]) {
    this.children.push(...children)
  },
  replaceChildren() {
    this.children = []
  },
  focus() {},
})

const aReport = (title: string, outcome = 'valid') => ({
  outcome,
  checks: [],
  microCredentials: [{ title, issuer: { name: '<img src=x onerror=alert(1)>' } }],
})

/** The page in a browser that asks when the test says so. */
function openPage(hash = '') {
  const elements: Record<string, ReturnType<typeof anElement>> = Object.fromEntries(
    ['texts', 'pasted', 'file', 'status', 'result', 'form', 'button', 'a'].map((name) => [
      name,
      anElement(name),
    ]),
  )
  const find = (name: string) => elements[name] ?? anElement()
  find('texts').textContent = JSON.stringify({ language: 'sv', texts: pageTexts.sv, credits: {} })
  const location = { pathname: '/verify', hash }
  const asked: { body: string; answer(status: number, report?: unknown): Promise<void> }[] = []
  const listeners = new Map<string, () => void>()
  runInNewContext(pageScript, {
    location,
    addEventListener: (name: string, listener: () => void) => listeners.set(name, listener),
    document: {
      getElementById: find,
      querySelector: find,
      getElementsByTagName: (name: string) => [find(name)],
      createElement: anElement,
      addEventListener: () => {},
    },
    fetch: (_path: string, { body }: { body: string }) =>
      new Promise((resolve) => {
        const answer = async (status: number, report?: unknown) => {
          resolve({ ok: status === 200, status, json: async () => report })
          await new Promise((later) => setImmediate(later))
        }
        asked.push({ body, answer })
      }),
  })
  return {
    asked,
    status: () => find('status').textContent,
    shown: () => JSON.stringify(find('result').children),
    goTo: (next: string) => {
      location.hash = next
      listeners.get('hashchange')?.()
    },
    submit: () => find('form').listeners.get('submit')?.({ preventDefault() {} }),
    paste: (text: string) => {
      find('pasted').value = text
    },
  }
}

describe('the verification page', () => {
  it('verifies what stands in the fragment, and writes what comes back as text', async () => {
    const page = openPage('#MM1%3Aabc')
    expect(page.asked.map(({ body }) => JSON.parse(body))).toEqual([{ credential: 'MM1:abc' }])
    await page.asked[0]?.answer(200, aReport('<script>alert(1)</script>'))
    expect(page.shown()).toContain('"textContent":"<script>alert(1)</script>"')
    expect(page.shown()).toContain('"textContent":"<img src=x onerror=alert(1)>"')
  })

  it('shows the answer to the last question alone, in whatever order they are answered', async () => {
    const page = openPage('#one')
    page.goTo('#two')
    await page.asked[1]?.answer(200, aReport('Two', 'invalid'))
    await page.asked[0]?.answer(200, aReport('One'))
    expect(page.shown()).toContain('Two')
    expect(page.shown()).not.toContain('One')
  })

  it('leaves no answer standing beside a question that was refused', async () => {
    const page = openPage('#one')
    await page.asked[0]?.answer(200, aReport('One'))
    page.paste('')
    page.submit()
    expect([page.shown(), page.status()]).toEqual(['[]', pageTexts.sv.nothing])
    page.goTo('#%E0%A4%A')
    expect([page.shown(), page.status()]).toEqual(['[]', pageTexts.sv.unreadable])
    expect(page.asked).toHaveLength(1)
  })

  it.for([
    [400, pageTexts.sv.unreadable],
    [413, pageTexts.sv.tooLarge],
    [429, pageTexts.sv.tooMany],
    [503, pageTexts.sv.failed],
  ] as const)('says what to do when it is refused with %i', async ([status, text]) => {
    const page = openPage('#one')
    await page.asked[0]?.answer(status)
    expect([page.shown(), page.status()]).toEqual(['[]', text])
  })
})
