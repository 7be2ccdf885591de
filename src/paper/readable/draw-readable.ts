import { filesSv } from '#i18n/editor-files-sv.ts'
import { fillText } from '#i18n/fill-text.ts'
import { formatDay } from '#i18n/format.ts'
import type { Block, ReadablePage } from './block.ts'
import type { Readable } from './readable-pages.ts'

/**
 * Everything as one HTML file that needs nothing else: read on any computer, searched, printed. There is no script in
 * it, and nothing in it is fetched.
 *
 * @param about.title the organisation's, or the department's
 * @param about.day YYYY-MM-DD: from when it is
 */
export function drawReadable(
  { departments, omitted }: Readable,
  about: { title: string; day: string; isPublic: boolean },
): string {
  const { note, notePublic } = filesSv.out
  const said = { title: about.title, day: formatDay(about.day, 'sv') }
  const contents = departments.map(
    ({ title, pages }) =>
      `<li>${escape(title)}<ul>${pages
        .map(
          ({ name, title: page, kind }) =>
            `<li><a href="#${escape(name)}">${escape(page)}</a> <small>${escape(kind)}</small></li>`,
        )
        .join('')}</ul></li>`,
  )
  const left = omitted.flatMap(({ name, fields }) =>
    fields.map(
      ({ ground, path }) =>
        `<li>${escape(name)}: ${escape(path.join('.'))} (${escape(ground)})</li>`,
    ),
  )
  return `<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(about.title)}</title>
<style>${style}</style>
</head>
<body>
<header><h1>${escape(about.title)}</h1><p>${escape(fillText(about.isPublic ? notePublic : note, said))}</p></header>
<nav aria-label="Innehåll"><h2>Innehåll</h2><ul>${contents.join('')}</ul></nav>
<main>
${departments.map(({ title, pages }) => `<section><h2 class="department">${escape(title)}</h2>${pages.map(drawPage).join('\n')}</section>`).join('\n')}
</main>
${left.length === 0 ? '' : `<footer><h2>Utelämnat</h2><ul>${left.join('')}</ul></footer>`}
</body>
</html>
`
}

function drawPage({ name, title, kind, blocks }: ReadablePage): string {
  return `<article id="${escape(name)}"><p class="kind">${escape(kind)}</p><h3>${escape(title)}</h3>
${blocks.map(drawBlock).join('\n')}</article>`
}

function drawBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h4>${inline(block.text)}</h4>`
    case 'text':
      return block.text
        .split(/\n{2,}/)
        .map((part) => `<p>${inline(part)}</p>`)
        .join('')
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${inline(item)}</li>`).join('')}</ul>`
    case 'steps':
      return `<ol>${block.steps
        .map(
          ({ text, under }) =>
            `<li>${inline(text)}${under.length === 0 ? '' : `<small>${under.map(inline).join(' · ')}</small>`}</li>`,
        )
        .join('')}</ol>`
    case 'facts':
      return `<dl>${block.facts
        .map(({ name, value }) => `<div><dt>${escape(name)}</dt><dd>${inline(value)}</dd></div>`)
        .join('')}</dl>`
    case 'table':
      return `<table>${
        block.head.length === 0
          ? ''
          : `<thead><tr>${block.head.map((cell) => `<th scope="col">${escape(cell)}</th>`).join('')}</tr></thead>`
      }<tbody>${block.rows
        .map((row) => `<tr>${row.map((cell) => `<td>${inline(cell)}</td>`).join('')}</tr>`)
        .join('')}</tbody></table>`
    case 'box':
      return `<section class="box is-${block.tone}"><h4>${escape(block.title)}</h4>${block.blocks.map(drawBlock).join('')}</section>`
  }
}

/** Strong and emphasis of the texts' Markdown subset; of a link its words. */
function inline(text: string): string {
  return escape(text)
    .replace(/\[([^[\]]+)\]\([^()\s]+\)/g, '$1')
    .replace(/\*\*(\S(?:.*?\S)?)\*\*/g, '<strong>$1</strong>')
    .replace(/(?<!\*)\*([^\s*](?:[^*]*[^\s*])?)\*(?!\*)/g, '<em>$1</em>')
    .replaceAll('\n', '<br>')
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

const style = `
:root { color-scheme: light dark; font: 1.0625rem/1.5 system-ui, sans-serif; }
body { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0; }
h2.department { margin: 3rem 0 0; padding-bottom: .3rem; border-bottom: 3px solid; font-size: 1.6rem; }
article { padding: 1.5rem 0; border-bottom: 1px solid #8886; }
h3 { margin: 0 0 .6rem; font-size: 1.3rem; line-height: 1.25; }
h4 { margin: 1.2rem 0 .3rem; font-size: 1.0625rem; }
.kind, small { color: #666; }
.kind { margin: 0; font-size: .9rem; }
li > small { display: block; }
nav li > small { display: inline; }
ul, ol { margin: .3rem 0; padding-left: 1.5rem; }
ol > li { margin: .5rem 0; }
dl > div { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: .2rem 1rem; padding: .2rem 0; }
dt { font-weight: 600; }
dd { margin: 0; }
table { width: 100%; border-collapse: collapse; }
td, th { padding: .35rem .6rem .35rem 0; border-top: 1px solid #8886; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
.box { margin: .8rem 0; padding: .2rem 1rem .6rem; border: 1px solid #888; border-left: 6px solid; border-radius: 6px; }
.box h4 { margin-top: .5rem; }
@media (prefers-color-scheme: dark) { .kind, small { color: #aaa; } }
@media print {
  :root { color-scheme: light; font-size: 10.5pt; }
  body { max-width: none; padding: 0; }
  h3, h4 { break-after: avoid; }
  li, tr, .box { break-inside: avoid; }
  section > article { break-before: page; border: 0; }
  section > h2 + article { break-before: auto; }
  a { color: inherit; text-decoration: none; }
  .kind, small { color: #333; }
}
`
