import { createHash } from 'node:crypto'

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

const escapeText = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (character) => escapes[character] ?? '')

const style = `
:root { color-scheme: light dark }
* { box-sizing: border-box }
body { font: 1.0625rem/1.55 system-ui, sans-serif; background: Canvas; color: CanvasText; max-width: 36rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
h1, h2 { font-size: 1.5rem; line-height: 1.25; margin: 2rem 0 .5rem }
a { display: inline-block; padding: .6rem 1.4rem; border: 2px solid currentColor; border-radius: .375rem; color: LinkText; font-weight: 600 }
a:focus-visible { outline: 3px solid #1a73e8; outline-offset: 2px }
section + section { border-top: 1px solid #767676; margin-top: 2.5rem }
`

/** Nothing runs, and nothing but the page's own style is used. */
export const sharePageSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** What a person sees who opens a link in a browser: where it can be checked. It holds nothing of the credential. */
export function buildSharePage(shareUrl: string, verificationPageUrl: string): string {
  const page = URL.parse(verificationPageUrl)
  const leadTo = (language: string) => {
    page?.searchParams.set('lang', language)
    return escapeText(`${page?.href ?? ''}#${encodeURIComponent(shareUrl)}`)
  }
  return buildPage({
    title: 'Någon visar dig en mikromerit',
    sv: `<p>På nästa sida ser du vad den innehåller och om den är äkta och gäller.</p>
<p><a href="${leadTo('sv')}" rel="noreferrer">Kontrollera mikromeriten</a></p>`,
    titleInEnglish: 'Somebody shows you a micro-credential',
    en: `<p>On the next page you see what it holds, and whether it is genuine and in force.</p>
<p><a href="${leadTo('en')}" rel="noreferrer" hreflang="en">Verify the micro-credential</a></p>`,
  })
}

/** What a person sees whose link leads nowhere, whether it never was, has expired or was withdrawn. */
export const closedSharePage: string = buildPage({
  title: 'Länken gäller inte',
  sv: '<p>Den kan ha gått ut eller dragits tillbaka, eller så är den inte hel. Be den som gav dig länken om en ny.</p>',
  titleInEnglish: 'This link is not open',
  en: '<p>It may have expired or been withdrawn, or not be whole. Ask whoever gave it to you for a new one.</p>',
})

function buildPage(texts: { title: string; sv: string; titleInEnglish: string; en: string }) {
  return `<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${texts.title} · Mikromerit</title>
<style>${style}</style>
</head>
<body>
<main>
<p><strong>Mikromerit</strong></p>
<section>
<h1>${texts.title}</h1>
${texts.sv}
</section>
<section lang="en">
<h2>${texts.titleInEnglish}</h2>
${texts.en}
</section>
</main>
</body>
</html>
`
}
