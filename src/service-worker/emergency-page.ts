import { listReadingCopy, type ReadingCopyPage } from '#device/reading-copy/reading-copy.ts'
import { escapeHtml } from './page-with-copy.ts'

/**
 * One document with every page of the reading copy, for when the app's own files are gone. Each page
 * is a section whose id is its address, so that the app's links (`#/d/…`) work as plain anchors: no
 * script, no network, nothing that can fail to load. With no page asked for, it shows the contents.
 */
export async function emergencyPage(caches: CacheStorage, scope: string): Promise<Response> {
  const pages = await listReadingCopy(caches, scope)
  const policy = `default-src 'none'; style-src 'sha256-${await digestOf(styles)}'`
  return new Response(documentOf(pages), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
    },
  })
}

const styles = `
:root{color-scheme:light dark;font:18px/1.5 system-ui,sans-serif}
body{margin:0 auto;max-width:44rem;padding:0 16px 48px}
.note{border:3px solid;border-radius:12px;padding:12px 16px;margin:16px 0}
.page{display:none}.page:target{display:block}
.notice{border:3px solid;border-radius:12px;padding:8px 16px;margin:16px 0}.notice svg{float:left;margin-right:8px}.version-code{font-size:2rem}
.page nav,.page input,.page button,.page form,.page [data-needs-script],[aria-hidden=true] input{display:none}
body:has(.page:target) .contents{display:none}
a{color:inherit;display:inline-block;min-height:40px;padding:4px 0}
li{margin:6px 0}h1{font-size:1.5rem;line-height:1.2}
svg{width:1.2em;height:1.2em;fill:none;stroke:currentColor;stroke-width:2}
a[href^="tel:"]{font-weight:700;font-size:1.15em}
details{border-top:1px solid;padding:8px 0}summary{font-weight:700;min-height:40px}
`

function documentOf(pages: ReadingCopyPage[]): string {
  const contents = pages
    .filter((page) => page.address !== '/')
    .map((page) => `<li><a href="#${escapeHtml(page.address)}">${escapeHtml(page.title)}</a></li>`)
    .join('')
  const sections = pages
    .map(
      (page) =>
        `<section class="page" id="${escapeHtml(page.address)}" lang="${escapeHtml(page.lang)}"><p><a href="#">← Alla sidor</a></p>${page.html}</section>`,
    )
    .join('')
  const body = pages.length
    ? `<ul>${contents}</ul>`
    : '<p>Det finns inga sparade planer i den här telefonen. Använd pärmen.</p>'
  return `<!doctype html><html lang="sv"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Plan B: sparade planer</title><style>${styles}</style><p class="note"><b>Appen kan inte starta just nu. Planerna finns här ändå.</b><br>Det du läser är den sparade kopian. Öppna Plan B igen när det finns täckning. Fara för liv: ring <a href="tel:112">112</a>.</p><div class="contents"><h1>Sparade planer</h1>${body}</div><main>${sections}</main></html>`
}

async function digestOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
}
