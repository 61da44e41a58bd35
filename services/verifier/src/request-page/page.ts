import { hashOf } from '../verification-page/page.ts'
import { pageStyle } from '../verification-page/style.ts'
import type { PageLanguage } from '../verification-page/texts.ts'
import { requestPageScript } from './script.ts'
import { requestPageTexts } from './texts.ts'

const ownStyle = `
[hidden] { display: none !important }
#qr { width: min(20rem, 100%); height: auto; background: #fff }
#code { font-size: 1.75rem; font-variant-numeric: tabular-nums; letter-spacing: .08em }
#open { display: inline-block; padding: .6rem 0; font-weight: 600 }
`
const style = pageStyle + ownStyle

/** One script, one style, a picture that the page draws itself; nothing but this service is called. */
export const requestPagePolicy = [
  "default-src 'none'",
  `script-src ${hashOf(requestPageScript)}`,
  `style-src ${hashOf(style)}`,
  'img-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The page of a request, in one piece and the same for all: what it shows is asked for by its script. */
export function buildRequestPage(language: PageLanguage): string {
  const texts = requestPageTexts[language]
  const other = language === 'sv' ? 'en' : 'sv'
  // The texts are ours; a `<` could still end the element they stand in.
  const data = JSON.stringify({ language, texts }).replaceAll('<', '\\u003c')
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${texts.title} · Mikromerit</title>
<style>${style}</style>
</head>
<body>
<header><p><strong>Mikromerit</strong></p><p><a href="?lang=${other}" lang="${other}" hreflang="${other}">${texts.otherLanguage}</a></p></header>
<main>
<h1>${texts.title}</h1>
<noscript><p><strong>${texts.needsScript}</strong></p></noscript>
<div id="asker" hidden>
<p>${texts.asks} <strong id="verifier"></strong></p>
<p id="purpose"></p>
</div>
<div id="ways" hidden>
<div id="scan" hidden>
<p>${texts.scan}</p>
<img id="qr" alt="${texts.qrAlternative}">
</div>
<p><a id="open">${texts.open}</a></p>
<p><button id="browser" type="button" hidden>${texts.useBrowser}</button></p>
<p>${texts.code} <strong id="code"></strong><br>${texts.codeMeans}</p>
</div>
<p id="status" role="status"></p>
<div id="result"></div>
</main>
<script type="application/json" id="texts">${data}</script>
<script type="module">${requestPageScript}</script>
</body>
</html>
`
}
