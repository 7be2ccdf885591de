import { encodeQR } from 'qr'
import type { KeyCopyPage } from './key-copy.ts'

/**
 * Paper copies of keys as one HTML file that needs nothing else: opened from a disk, printed, thrown away.
 * The codes are drawn into it; there is no script.
 *
 * @param language of the texts, for the file's `lang`
 */
export function drawKeyCopies(pages: readonly KeyCopyPage[], language: 'sv' | 'en'): string {
  const [first] = pages
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<title>${text(first?.foot ?? 'Plan B')}</title>
<style>${style}</style>
</head>
<body>
${pages.map(drawPage).join('\n')}
</body>
</html>
`
}

function drawPage(page: KeyCopyPage): string {
  return `<article class="key-copy">
<header><p>${text(page.organisation)}</p><h1>${text(page.title)}</h1><p class="secret">${text(page.secret)}</p></header>
<div class="code"><figure role="img" aria-label="${text(page.codeLabel)}">${drawCode(page.code)}</figure>
<div><h2>${text(page.wordsTitle)}</h2><ol class="words">${items(page.words)}</ol>
<dl>${page.facts.map(({ name, value }) => `<dt>${text(name)}</dt><dd>${text(value)}</dd>`).join('')}</dl></div></div>
<section><h2>${text(page.typedTitle)}</h2><p>${text(page.typedHelp)}</p>
<pre>${page.typed.map(text).join('\n')}</pre></section>
<div class="sections">${page.sections
    .map(({ title, lines }) => `<section><h2>${text(title)}</h2><ul>${items(lines)}</ul></section>`)
    .join('\n')}</div>
<section class="sign"><h2>${text(page.signTitle)}</h2>${page.sign
    .map((line) => `<p><span>${text(line)}</span></p>`)
    .join('')}</section>
<footer>${text(page.foot)}</footer>
</article>`
}

function items(lines: readonly string[]): string {
  return lines.map((line) => `<li>${text(line)}</li>`).join('')
}

/** Black on white with the quiet zone that the standard asks for, one path. */
function drawCode(code: string): string {
  const rows = encodeQR(code, 'raw', { ecc: 'medium', border: 4 })
  const path = rows
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('')
  const size = rows.length
  return `<svg viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}h-${size}z"/><path fill="#000" d="${path}"/></svg>`
}

function text(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

const style = `
@page { size: a4; margin: 11mm 14mm }
* { box-sizing: border-box; margin: 0; padding: 0 }
body { color: #000; background: #fff; font: 9.5pt/1.3 system-ui, sans-serif }
.key-copy { max-width: 182mm; margin: 0 auto; break-after: page; break-inside: avoid }
.key-copy:last-child { break-after: auto }
h1 { font-size: 19pt; line-height: 1.15 }
h2 { font-size: 10.5pt; margin: 0 0 1mm }
.secret { margin: 2mm 0 3mm; padding: 1.6mm 3mm; border: 1.5pt solid #000; font-weight: 600 }
.code { display: grid; grid-template-columns: 66mm 1fr; gap: 6mm; align-items: start }
figure svg { display: block; width: 100% }
.words { columns: 2; padding-left: 1.4em; font-weight: 600 }
dl { margin-top: 3mm } dt { font-size: 8.5pt } dd { font-weight: 600; overflow-wrap: anywhere }
section { margin-top: 3.4mm; break-inside: avoid }
pre { margin-top: 1.5mm; padding: 2mm 3mm; border: 0.75pt solid #000; font: 600 10.5pt/1.4 ui-monospace, "DejaVu Sans Mono", monospace; white-space: pre-wrap }
.sections { display: grid; grid-template-columns: 1fr 1fr; gap: 0 6mm }
ul { padding-left: 1.2em } li { margin-bottom: 0.6mm }
.sign p { display: inline-block; width: 48%; margin: 8mm 2% 0 0; border-top: 0.75pt solid #000; font-size: 9pt }
footer { margin-top: 4mm; font-size: 8.5pt; color: #333 }
@media screen { body { padding: 8mm } .key-copy { margin-bottom: 20mm } }
`
