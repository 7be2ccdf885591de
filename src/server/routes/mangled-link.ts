import type { Context, Next } from 'hono'

/**
 * `GET /%23/join/…`, `/%2523/join/…`, `/join/…`: a link whose `#` a mail gateway has escaped or dropped.
 * The key in it has reached this host already, as no whole link does; it is sent on to where it belongs,
 * noted nowhere. Not found would leave a newcomer without a way in.
 */
export async function redirectMangledLink(c: Context, next: Next): Promise<Response | void> {
  const { pathname } = new URL(c.req.url)
  const mangled =
    /^\/(?:%(?:25){0,3}23)?(?:\/|%2f)?(join|restore)(?:\/|%2f)([\w-]{1,2000})\/?$/i.exec(pathname)
  if (!mangled) return next()
  return c.body(null, 302, {
    Location: `/#/${mangled[1]?.toLowerCase()}/${mangled[2]}`,
    'Cache-Control': 'no-store',
  })
}
