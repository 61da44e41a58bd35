import { createHash } from 'node:crypto'
import { creditAbbreviations, creditFrameworks } from '@mikromerit/credentials'
import { pageScript } from './script.ts'
import { pageStyle } from './style.ts'
import { type PageLanguage, pageTexts } from './texts.ts'

/** A script or style as a content security policy names it. */
export const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** How credits are written after their number, by the URI of their framework. */
const credits = Object.fromEntries(
  creditFrameworks.concepts.map(({ code, uri }) => [uri, creditAbbreviations[code]]),
)

/** Nothing but this one script and style runs or is loaded, and nothing but this service is called. */
export const pageSecurityPolicy = [
  "default-src 'none'",
  `script-src ${hashOf(pageScript)}`,
  `style-src ${hashOf(pageStyle)}`,
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The language to show: the one asked for, else the one the browser would rather have. */
export function choosePageLanguage(
  asked: PageLanguage | undefined,
  acceptLanguage: string | undefined,
): PageLanguage {
  if (asked) return asked
  const [first = ''] = (acceptLanguage ?? '').toLowerCase().split(',')
  return first === '' || first.startsWith('sv') ? 'sv' : 'en'
}

/** The verification page, in one piece: no file beside it, nothing from elsewhere. */
export function buildPage(language: PageLanguage): string {
  const texts = pageTexts[language]
  const other = language === 'sv' ? 'en' : 'sv'
  // The texts are ours; a `<` could still end the element they stand in.
  const data = JSON.stringify({ language, texts, credits }).replaceAll('<', '\\u003c')
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${texts.title} · Mikromerit</title>
<style>${pageStyle}</style>
</head>
<body>
<header><p><strong>Mikromerit</strong></p><p><a href="?lang=${other}" lang="${other}" hreflang="${other}">${texts.otherLanguage}</a></p></header>
<main>
<h1>${texts.title}</h1>
<p>${texts.intro}</p>
<noscript><p><strong>${texts.needsScript}</strong></p></noscript>
<form>
<label for="pasted">${texts.paste}</label>
<p class="hint" id="pasted-hint">${texts.pasteHint}</p>
<textarea id="pasted" aria-describedby="pasted-hint" spellcheck="false" autocomplete="off"></textarea>
<label for="file">${texts.file}</label>
<p class="hint" id="file-hint">${texts.fileHint}</p>
<input type="file" id="file" aria-describedby="file-hint">
<div><button>${texts.verify}</button></div>
</form>
<p id="status" role="status"></p>
<div id="result"></div>
</main>
<script type="application/json" id="texts">${data}</script>
<script type="module">${pageScript}</script>
</body>
</html>
`
}
