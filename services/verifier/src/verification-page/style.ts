/** How the page looks, on paper and in the dark too. */
export const pageStyle = `
:root { color-scheme: light dark; --ok: #0a6b3d; --bad: #b3261e; --unsure: #7a4f00; --line: #767676 }
@media (prefers-color-scheme: dark) { :root { --ok: #7bd9a5; --bad: #ffb4ab; --unsure: #f2c063; --line: #9a9a9a } }
* { box-sizing: border-box }
html { background: Canvas; color: CanvasText }
body { font: 1.0625rem/1.55 system-ui, sans-serif; max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
header { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem }
header a { display: inline-block; padding: .375rem 0 }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem }
h2 { font-size: 1.5rem; margin: 2rem 0 .25rem }
h3 { font-size: 1.125rem; margin: 2rem 0 .5rem }
h4 { font-size: 1.125rem; margin: 0 0 .5rem }
form { border: 2px dashed var(--line); border-radius: .5rem; padding: 1rem; margin-top: 1.5rem }
form.dropping { border-style: solid }
label { display: block; font-weight: 600; margin-top: 1rem }
label:first-child { margin-top: 0 }
.hint { margin: 0 0 .375rem; font-size: .9375rem }
textarea { width: 100%; min-height: 7rem; font: .9375rem/1.4 ui-monospace, monospace; padding: .5rem }
input, button { font: inherit; max-width: 100%; min-height: 2rem }
button { margin-top: 1.25rem; padding: .6rem 1.4rem; border-radius: .375rem; border: 2px solid currentColor; font-weight: 600; cursor: pointer }
:focus-visible { outline: 3px solid #1a73e8; outline-offset: 2px }
.outcome { border-left: .5rem solid; padding-left: .75rem }
.outcome:focus { outline: none }
.valid { color: var(--ok) }
.invalid { color: var(--bad) }
.undetermined { color: var(--unsure) }
.credential { border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin-bottom: 1rem }
dl { display: grid; grid-template-columns: minmax(7rem, auto) 1fr; gap: .25rem 1rem; margin: 0 }
dt { font-weight: 600 }
dd { margin: 0; overflow-wrap: anywhere }
.checks { list-style: none; padding: 0 }
.checks li { border-left: .25rem solid; padding: .1rem 0 .1rem .75rem; margin-bottom: .75rem }
.checks p { margin: 0; color: CanvasText; overflow-wrap: anywhere }
.checks strong { color: inherit }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0 } dd { margin-bottom: .5rem } }
@media print { form { display: none } }
`
