/**
 * What runs in the browser. Everything that comes from a credential is written as text, never as markup; the fragment of
 * the address, which holds what to verify, is sent to nobody but this service.
 */
export const pageScript = `
const { language, texts, credits: abbreviations } = JSON.parse(document.getElementById('texts').textContent)
const form = document.querySelector('form')
const pasted = document.getElementById('pasted')
const file = document.getElementById('file')
const button = document.querySelector('button')
const status = document.getElementById('status')
const result = document.getElementById('result')

const write = (tag, text, className) => {
  const element = document.createElement(tag)
  if (text !== undefined) element.textContent = text
  if (className) element.className = className
  return element
}
const say = (text) => { status.textContent = text }

const refusals = { 400: texts.unreadable, 413: texts.tooLarge, 429: texts.tooMany }
let asked = 0

// Whoever opened the page can change the fragment while an answer is under way: only the last one is shown, and alone.
async function verify(type, body) {
  asked += 1
  const question = asked
  const isLast = () => question === asked
  result.replaceChildren()
  button.disabled = true
  say(texts.working)
  try {
    const response = await fetch(location.pathname, { method: 'POST', headers: { 'content-type': type }, body })
    const report = response.ok ? await response.json() : undefined
    if (!isLast()) return
    say(report ? '' : refusals[response.status] ?? texts.failed)
    if (report) show(report)
  } catch {
    if (isLast()) say(texts.failed)
  } finally {
    if (isLast()) button.disabled = false
  }
}

// What was shown before is not an answer to what stands there now.
function refuse(text) {
  asked += 1
  result.replaceChildren()
  button.disabled = false
  say(text)
}

function show(report) {
  const { outcome } = report
  const heading = write('h2', texts[outcome], 'outcome ' + outcome)
  heading.tabIndex = -1
  result.append(heading, write('p', texts[outcome + 'Means']))
  if (outcome === 'valid') result.append(write('p', texts.holder))
  if (report.microCredentials.length > 0) {
    result.append(write('h3', { valid: texts.found, undetermined: texts.unproven, invalid: texts.unreliable }[outcome]))
    const isOne = report.microCredentials.length === 1
    report.microCredentials.forEach((each, at) => result.append(describe(each, isOne ? '' : at + 1 + '. ')))
  }
  const list = write('ul', undefined, 'checks')
  const order = ['invalid', 'undetermined', 'valid']
  for (const worst of order)
    for (const check of report.checks) if (check.outcome === worst) list.append(describeCheck(check))
  result.append(write('h3', texts.checks), list)
  heading.focus()
}

function describeCheck(check) {
  const item = write('li', undefined, check.outcome)
  const line = write('p')
  const { credential } = check.evidence ?? {}
  const number = credential === undefined ? '' : credential + 1 + '. '
  line.append(write('strong', number + check.title[language] + ': ' + texts[check.outcome].toLowerCase()))
  item.append(line, write('p', check.detail[language]))
  if (check.remedy && check.outcome !== 'valid') item.append(write('p', texts.remedy + ' ' + check.remedy[language]))
  return item
}

function describe(content, number) {
  const box = write('section', undefined, 'credential')
  const facts = write('dl')
  const add = (name, value) => { if (value) facts.append(write('dt', name), write('dd', value)) }
  const { issuer, learner, workload, levels, result: grade } = content
  box.append(write('h4', number + content.title), facts)
  add(texts.issuer, issuer.name ?? issuer.identifier)
  add(texts.learner, learner && [learner.givenName, learner.familyName].filter(Boolean).join(' '))
  add(texts.awardedOn, content.awardedOn)
  add(texts.validUntil, content.validUntil)
  add(texts.level, levels && levels.map((each) => each.framework + ' ' + each.level).join(', '))
  add(texts.proficiency, sayCoded(content.proficiency))
  add(texts.assurance, sayCoded(content.assuranceLevel))
  add(texts.credits, sayWorkload(workload))
  add(texts.result, grade && grade.grade)
  add(texts.outcomes, content.learningOutcomes && content.learningOutcomes.join('; '))
  return box
}

const sayCoded = (coded) => coded && (coded.label?.[language] ?? coded.text ?? coded.uri)

function sayWorkload(workload) {
  if (!workload) return undefined
  const credits = (workload.credits ?? []).map(({ value, framework }) =>
    value + ' ' + (abbreviations[framework.uri] ?? framework.label?.[language] ?? framework.text ?? ''))
  const hours = workload.hours === undefined ? [] : [workload.hours + ' h']
  return workload.text ?? [...credits, ...hours].join(', ')
}

const verifyText = (text) => verify('application/json', JSON.stringify({ credential: text }))
const verifyFile = (chosen) => verify('application/octet-stream', chosen)

form.addEventListener('submit', (event) => {
  event.preventDefault()
  const [chosen] = file.files
  const text = pasted.value.trim()
  if (text !== '') return verifyText(text)
  if (chosen) return verifyFile(chosen)
  refuse(texts.nothing)
})
file.addEventListener('change', () => { if (file.files.length > 0) pasted.value = '' })
document.addEventListener('dragover', (event) => {
  event.preventDefault()
  form.classList.add('dropping')
})
document.addEventListener('dragleave', () => form.classList.remove('dropping'))
document.addEventListener('drop', (event) => {
  event.preventDefault()
  form.classList.remove('dropping')
  const [dropped] = event.dataTransfer.files
  if (dropped) return verifyFile(dropped)
  pasted.value = event.dataTransfer.getData('text')
})

function readFragment() {
  if (location.hash.length < 2) return
  const [other] = document.getElementsByTagName('a')
  other.hash = location.hash
  try {
    pasted.value = decodeURIComponent(location.hash.slice(1))
  } catch {
    pasted.value = ''
    return refuse(texts.unreadable)
  }
  verifyText(pasted.value)
}
addEventListener('hashchange', readFragment)
readFragment()
`
