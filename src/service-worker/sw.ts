/// <reference lib="webworker" />
import { emergencyPage } from './emergency-page.ts'
import { answerNavigation } from './navigation.ts'
import { pageWithCopy } from './page-with-copy.ts'
import { createShell, type ShellFile } from './shell.ts'

/**
 * The service worker, as a table of contents. It keeps the app's own files and answers for them from
 * storage, never from the network; plans and the store are none of its business.
 */
declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: ShellFile[] }

const scope = new URL(self.registration.scope)
const shell = createShell({ caches: self.caches, scope, files: self.__WB_MANIFEST })

self.addEventListener('install', (event) => event.waitUntil(shell.install(event)))

// Only a first worker takes pages over; a later one waits until the person says so (prompt).
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('message', (event) => {
  const message = event.data as { type?: unknown; script?: unknown } | null
  if (message?.type === 'SKIP_WAITING') event.waitUntil(self.skipWaiting())
  if (message?.type === 'BOOTED') event.waitUntil(shell.booted(String(message.script)))
  if (message?.type === 'STORE_REST') event.waitUntil(shell.store('rest'))
  if (message?.type === 'STORE_EDITOR') event.waitUntil(shell.store('editor'))
  if (message?.type === 'CHECK_SHELL')
    event.waitUntil(shell.check().then((result) => event.ports[0]?.postMessage(result)))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== scope.origin) return
  if (request.mode === 'navigate') {
    if (url.pathname === scope.pathname || url.pathname === `${scope.pathname}index.html`)
      event.respondWith(
        answerNavigation({
          shell,
          withCopy: (startPage) =>
            pageWithCopy({
              caches: self.caches,
              scope: scope.pathname,
              address: url,
              startPage,
              stylesheet: shell.stylesheet,
            }),
          emergencyPage: () => emergencyPage(self.caches, scope.pathname),
          waitUntil: (work) => event.waitUntil(work),
        }),
      )
    return
  }
  if (shell.isOurs(url)) event.respondWith(shell.answer(request))
})
