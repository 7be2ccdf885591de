import { boxTitles, type LawBlock, type LawTemplate } from './law-template.ts'

/** A template as a page of its own, to open in a word processor or a browser. Nothing is fetched; all text is escaped. */
export function templateHtml(template: LawTemplate): string {
  const { box } = template
  const fill = Object.entries(template.fill)
  const body = [
    `<h1>${escaped(template.title)}</h1>`,
    `<p>${escaped(template.lead)}</p>`,
    '<section class="box">',
    `<h2>${boxTitles.box}</h2>`,
    `<h3>${boxTitles.verified}</h3>`,
    `<ul>${box.verified
      .map(
        ({ what, against }) =>
          `<li>${escaped(what)}<br><small>Källa: ${escaped(against)}</small></li>`,
      )
      .join('')}</ul>`,
    `<h3>${boxTitles.unverified}</h3>`,
    items('ul', box.unverified),
    `<h3>${boxTitles.lawyer}</h3>`,
    items('ul', box.lawyer, ' class="boxes"'),
    '</section>',
    ...(fill.length === 0
      ? []
      : [
          `<h2>${boxTitles.fill}</h2>`,
          items(
            'ul',
            fill.map(([name, what]) => `[${name}]: ${what}`),
          ),
        ]),
    ...template.sections.map(
      ({ title, ownPage, blocks }) =>
        `<section${ownPage === true ? ' class="own-page"' : ''}>\n<h2>${escaped(title)}</h2>\n${blocks
          .map(htmlOf)
          .join('\n')}\n</section>`,
    ),
  ]
  return [
    '<!doctype html>',
    '<html lang="sv">',
    `<head><meta charset="utf-8"><title>${escaped(template.title)}</title><style>${style}</style></head>`,
    `<body>\n${body.join('\n')}\n</body>`,
    '</html>\n',
  ].join('\n')
}

const style = `body{font:11pt/1.4 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
.box{border:2pt solid #000;padding:0 1rem}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #555;padding:.3rem;text-align:left;vertical-align:top}
.boxes{list-style:"\\2610  "}.line{border-bottom:1px solid #555;height:2rem}
@page{size:a4;margin:16mm}
@media print{body{margin:0;max-width:none}.own-page{break-before:page}tr,li{break-inside:avoid}h2,h3{break-after:avoid}}`

function htmlOf(block: LawBlock): string {
  switch (block.kind) {
    case 'text':
      return `<p>${escaped(block.text)}</p>`
    case 'list':
      return items('ul', block.items)
    case 'steps':
      return items('ol', block.items)
    case 'boxes':
      return items('ul', block.items, ' class="boxes"')
    case 'fields':
      return block.fields
        .map(
          ({ label, lines = 1 }) =>
            `<p>${escaped(label)}</p>${'<div class="line"></div>'.repeat(lines)}`,
        )
        .join('')
    case 'table':
      return `<table><thead><tr>${block.head
        .map((cell) => `<th scope="col">${escaped(cell)}</th>`)
        .join('')}</tr></thead><tbody>${block.rows
        .map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`)
        .join('')}</tbody></table>`
  }
}

const items = (tag: 'ul' | 'ol', lines: readonly string[], attributes = '') =>
  `<${tag}${attributes}>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</${tag}>`

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
