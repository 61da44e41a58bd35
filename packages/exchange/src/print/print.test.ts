import {
  achievementExample,
  awardExample,
  normaliseAchievement,
  normaliseAward,
  organisationExample,
} from '@mikromerit/credentials'
import jsQr from 'jsqr'
import { describe, expect, it } from 'vitest'
import {
  buildQrCode,
  printAward,
  printMicroCredential,
  type QrCode,
  writePdf,
  writeQrSvg,
} from './index.ts'

const content = normaliseAchievement(achievementExample)
const record = (changes: object = {}) => ({
  organisation: organisationExample,
  achievement: { id: awardExample.achievementId, version: 1, ...content, ...changes },
  award: { id: '0190c1a2-0000-7000-8000-0000000000a1', ...normaliseAward(awardExample, content) },
})
const createdAt = new Date('2026-06-20T12:00:00Z')
const compact = `MM1:${'AB9 $%*+-./:'.repeat(60)}`
const print = (changes?: object) =>
  writePdf({
    printed: printAward(record(changes), 'https://issuer.example/x'),
    verificationUrl: 'https://verifier.example/verify#x',
    compact,
    createdAt,
  })
const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length

/** What a camera sees: each square as some pixels, with light around. */
function photograph({ size, isDark }: QrCode) {
  const unit = 3
  const side = (size + 8) * unit
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255)
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const [y, x] = [Math.floor(row / unit) - 4, Math.floor(column / unit) - 4]
      const isInside = y >= 0 && x >= 0 && y < size && x < size
      if (isInside && isDark(y, x)) pixels.set([0, 0, 0], (row * side + column) * 4)
    }
  return jsQr.default(pixels, side, side)
}

describe('a code on paper', () => {
  it('is read back as it was written', async () => {
    const code = await buildQrCode(compact)
    if (!code) throw new Error('no code')
    expect(photograph(code)?.data).toBe(compact)
    expect(writeQrSvg(code)).toContain(`viewBox="0 0 ${code.size + 8} ${code.size + 8}"`)
  })

  it('is not made of more than can be read from paper', async () => {
    expect(await buildQrCode('å'.repeat(2_000))).toBeUndefined()
    expect(await buildQrCode('å'.repeat(20_000))).toBeUndefined()
  })
})

describe('writePdf', () => {
  it('gives the same bytes for the same credential', async () => {
    const [one, other] = [await print(), await print()]
    expect(one.equals(other)).toBe(true)
    expect(one.subarray(0, 8).toString()).toBe('%PDF-1.7')
  })

  it('says its language and title, and is tagged for those who listen', async () => {
    const text = (await print()).toString('latin1')
    for (const mark of ['/Lang (sv)', '/MarkInfo', '/StructTreeRoot', '/DisplayDocTitle true'])
      expect(text).toContain(mark)
  })

  it('goes on to further pages, however much there is to say', async () => {
    const learningOutcomes = Array.from({ length: 50 }, (_, at) => ({
      title: { sv: `kan ${at} ${'och mycket mer '.repeat(20)}`, en: `can ${at}` },
    }))
    const few = pagesOf(await print()) ?? 0
    expect(pagesOf(await print({ learningOutcomes }))).toBeGreaterThan(few + 2)
  })

  it('prints names in the letters of their owners, and a word that never ends', async () => {
    const title = { sv: `Łódź Čáhppesöén Παπαδόπουλος Иванова ${'X'.repeat(400)}`, en: '漢字' }
    expect((await print({ title })).length).toBeGreaterThan(10_000)
  })

  it('is done soon, whatever a stranger has written into what is held', async () => {
    const issuer = { identifier: 'https://issuer.example' }
    const skills = Array(5_000).fill({ text: 'kan' })
    const printed = printMicroCredential({
      ...{ type: 'MicroCredential', title: 'X'.repeat(50_000), issuer, skills },
      description: 'Y'.repeat(100_000),
    })
    const pages = pagesOf(await writePdf({ printed, createdAt })) ?? 0
    expect(pages).toBeLessThan(60)
  }, 20_000)
})
