const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

const escapeText = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (character) => escapes[character] ?? '')

/** What a person sees who opens a link in a browser: where it can be checked. It holds nothing of the credential. */
export function buildSharePage(shareUrl: string, verificationPageUrl: string): string {
  const target = escapeText(`${verificationPageUrl}#${encodeURIComponent(shareUrl)}`)
  return `<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Mikromerit</title>
</head>
<body>
<main>
<h1>Någon visar dig en mikromerit</h1>
<p><a href="${target}" rel="noreferrer">Kontrollera den och se vad den innehåller</a></p>
<section lang="en">
<h1>Somebody shows you a micro-credential</h1>
<p><a href="${target}" rel="noreferrer">Check it and see what it holds</a></p>
</section>
</main>
</body>
</html>
`
}
