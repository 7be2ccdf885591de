/** Of every answer: nothing is taken for what its type does not say. */
export const everyAnswer = { 'X-Content-Type-Options': 'nosniff' }

/**
 * What a browser runs as a page or a worker, and so needs a policy. On anything else (a part of the
 * app, an object, "not found") one would mean nothing, and cost a phone half a kilobyte each time.
 */
export function needsPolicy(path: string, contentType: string | null): boolean {
  return /(^|\/)sw\.js$/.test(path) || /html|xml|svg|pdf/i.test(contentType ?? '')
}

/**
 * Headers of pages and of the worker (DESIGN, "Server"). The service worker stores the page with them,
 * so that the policy also holds when the page comes out of the phone.
 *
 * @param options.thisMachine whether the page may also ask other ports of this machine: that of an example
 *   organisation may, and one that was opened on this machine (`isOnThisMachine`)
 */
export function securityHeaders(options: { thisMachine: boolean }): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(options),
    // An invitation is in the address after `#`, which no Referer carries; the rest is nobody's business either.
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'X-Frame-Options': 'DENY',
  }
}

/** Whether an address is one of this machine alone: app and store are tried apart there, on two ports without HTTPS. */
export function isOnThisMachine(address: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(address).hostname)
}

/**
 * Nothing inline and no eval. Mirrors come and go, hence `https:` in connect-src. The page's own `<meta>` says
 * the same with this machine's ports, since a browser obeys both: this one decides.
 */
export function contentSecurityPolicy({ thisMachine }: { thisMachine: boolean }): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "media-src 'self' blob:",
    `connect-src 'self' https:${thisMachine ? ' http://127.0.0.1:*' : ''}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}
