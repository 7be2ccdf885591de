import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether WebKitGTK can be opened here. */
export function hasWebKit(): boolean {
  return (
    existsSync('/usr/bin/xvfb-run') &&
    ['x86_64', 'aarch64'].some((machine) =>
      existsSync(`/usr/lib/${machine}-linux-gnu/girepository-1.0/WebKit2-4.1.typelib`),
    )
  )
}

/** A kept WebKitGTK profile. WebKitGTK is not iOS: home-screen behaviour still needs a real iPhone. */
export async function createWebKitProfile() {
  const directory = await mkdtemp(join(tmpdir(), 'planb-webkit-'))
  return {
    directory,
    /** Opens an address in a new process, runs a JavaScript expression (awaited) and gives its value as text. */
    async run(url: string, expression: string): Promise<string> {
      const child = spawn(
        'xvfb-run',
        [
          '-a',
          'dbus-run-session',
          '--',
          '/usr/bin/python3',
          join(import.meta.dirname, 'webkit-open.py'),
          directory,
          url,
          expression,
        ],
        {
          stdio: ['ignore', 'pipe', 'pipe'],
          env: { ...process.env, LIBGL_ALWAYS_SOFTWARE: '1', NO_AT_BRIDGE: '1' },
        },
      )
      let output = ''
      child.stdout.on('data', (chunk) => (output += String(chunk)))
      child.stderr.on('data', () => undefined)
      await once(child, 'close')
      const result = /RESULT ([\s\S]*) \d+ ms\s*$/m.exec(output)
      if (!result?.[1]) throw new Error(`WebKit gave no result: ${output}`)
      return result[1]
    },
    async remove(): Promise<void> {
      await rm(directory, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
