import type { Shell } from './shell.ts'

/** How long storage may take before the next step of the ladder is tried, in milliseconds. */
const patience = 3000

/** The same for the copy: the page's first script looks for it again. */
const copyPatience = 1500

interface NavigationOptions {
  shell: Pick<Shell, 'startPage' | 'record' | 'repair'>
  /** The start page with the reading copy of the asked page in it, where there is one. */
  withCopy: (startPage: Promise<Response | undefined>) => Promise<Response | undefined>
  emergencyPage: () => Promise<Response>
  waitUntil: (work: Promise<unknown>) => void
}

/**
 * Answers a start of the app: the stored start page, with the asked page in it → the one of the build
 * before → the emergency page out of the reading copy. No answer waits for the network, and the answer never rejects.
 */
export async function answerNavigation({
  shell,
  withCopy,
  emergencyPage,
  waitUntil,
}: NavigationOptions): Promise<Response> {
  const startPage = shell.startPage()
  const [painted, plain] = await Promise.all([
    withPatience(withCopy(startPage), copyPatience),
    withPatience(startPage, patience),
  ])
  if (plain) {
    waitUntil(shell.record.countAttempt())
    return painted ?? plain
  }
  // The browser may have cleared the app's files: with a host at hand, the next start has them again.
  waitUntil(shell.repair())
  return (await withPatience(emergencyPage(), patience)) ?? lastResort()
}

async function withPatience<T>(work: Promise<T>, patience: number): Promise<T | undefined> {
  try {
    return await Promise.race([
      work,
      new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), patience)),
    ])
  } catch {
    return undefined
  }
}

/** When neither app nor copy can be read: the binder. */
function lastResort(): Response {
  return new Response(
    '<!doctype html><html lang="sv"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Plan B</title><h1>Plan B kan inte öppnas i den här telefonen just nu</h1><p>Använd pärmen. Den står där din verksamhet har bestämt. Fara för liv: ring 112.</p><p>Stäng appen och öppna den igen om en stund. Inget av det som är sparat har raderats.</p></html>',
    { headers: { 'content-type': 'text/html; charset=utf-8' } },
  )
}
