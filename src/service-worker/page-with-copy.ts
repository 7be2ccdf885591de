import { addressIn, currentReadingCopyPage } from '#device/reading-copy/reading-copy.ts'

/** The stylesheet of this build, as stored. */
export interface Stylesheet {
  /** As the start page names it, without `./`. */
  url: string
  /** Subresource Integrity value, which is also what a policy calls these bytes by. */
  integrity: string
  text: string
}

interface Parts {
  caches: CacheStorage
  scope: string
  /** Of the navigation: workers see what stands behind `#`, hosts do not. */
  address: URL
  startPage: Promise<Response | undefined>
  stylesheet: () => Promise<Stylesheet | undefined>
}

/**
 * The start page with the reading copy of the asked page in it, and the styles: one answer that can be
 * read as soon as it is parsed, before any script, as a plain static page can. Undefined where the copy
 * has no such page, or there is none.
 *
 * The copy is our own markup, drawn from verified documents. What the start page's policy allows no page,
 * a script between the lines, does not run here either.
 */
export async function pageWithCopy(parts: Parts): Promise<Response | undefined> {
  const { caches, scope, address } = parts
  const [page, copy, styles] = await Promise.all([
    parts.startPage,
    currentReadingCopyPage(caches, scope, addressIn(address.hash)),
    parts.stylesheet(),
  ])
  if (!page || !copy) return undefined
  const html = await page.clone().text()
  if (!rootElement.test(html)) return undefined
  const headers = new Headers(page.headers)
  // True of the stored bytes only.
  for (const name of ['content-length', 'content-encoding', 'etag']) headers.delete(name)
  const withRoot = html
    .replace(/<html[^>]*>/, () => `<html lang="${escapeHtml(copy.lang)}">`)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escapeHtml(copy.title)}</title>`)
    .replace(
      rootElement,
      () => `<div id="root" data-copy="${escapeHtml(copy.snapshot)}">${copy.html}</div>`,
    )
  const link = styles && linkTo(styles, withRoot)
  if (!link) return new Response(withRoot, { headers })
  const allow = (policy: string) =>
    policy.replace("style-src 'self'", `style-src 'self' '${styles.integrity}'`)
  const policy = headers.get('content-security-policy')
  if (policy !== null) headers.set('content-security-policy', allow(policy))
  // Scripts last: nothing that is asked for may come before what is read.
  const withStyles = allow(withRoot).replace(link, () => `<style>${styles.text}</style>`)
  return new Response(scriptsLast(withStyles), { headers })
}

/** What stands in the start page until the app has something to show; see app/index.html. */
const rootElement = /<div id="root">[\s\S]*?<\/div>/
const scripts = /<script [^>]*><\/script>|<link rel="(?:manifest|icon|apple-touch-icon)"[^>]*>/g
/** What a first visit over a slow line gains by these, the page would lose: all of it lies in the phone. */
const preloads = /<link rel="modulepreload"[^>]*>\s*/g

/** An older build's start page names other styles: it keeps its own link. */
function linkTo({ url }: Stylesheet, html: string): string | undefined {
  return html.match(/<link rel="stylesheet"[^>]*>/)?.find((tag) => tag.includes(`"./${url}"`))
}

function scriptsLast(html: string): string {
  const moved = html.match(scripts) ?? []
  return html
    .replace(preloads, '')
    .replace(scripts, '')
    .replace(/<\/body>/, () => `${moved.join('')}</body>`)
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
}
