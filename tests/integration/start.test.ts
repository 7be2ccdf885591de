import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeInvitation } from '#trust/invitation.ts'
import { decodeRestorePayload } from '#trust/restore-payload.ts'
import { freePort, runPlanB } from '../support/planb-server.ts'
import type { StartLine } from '../support/planb-server.ts'
import type { ChildProcess } from 'node:child_process'
import type { IncomingMessage } from 'node:http'

const root = resolve(import.meta.dirname, '../..')
let base: string
let data: string

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'planb-start-'))
  data = join(base, 'data')
})
afterAll(() => rm(base, { recursive: true, force: true }))

interface Running {
  child: ChildProcess
  /** Lines of stdout up to the one that was waited for. */
  lines: string[]
  stop(): Promise<number | null>
}

/** Runs a command as README does, until a line of stdout matches. */
async function run(
  command: string[],
  env: Record<string, string>,
  until: RegExp,
): Promise<Running> {
  const child = spawn(command[0]!, command.slice(1), {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let [output, errors] = ['', '']
  child.stderr.on('data', (chunk) => (errors += String(chunk)))
  await new Promise<void>((done, fail) => {
    child.stdout.on('data', (chunk) => {
      output += String(chunk)
      if (until.test(output)) done()
    })
    child.on('exit', (code) => fail(new Error(`ended with ${code}: ${errors}`)))
  })
  return {
    child,
    lines: output.split('\n'),
    async stop() {
      child.removeAllListeners('exit')
      const ended = once(child, 'exit')
      // The whole group, as a terminal's Ctrl+C does.
      process.kill(-child.pid!, 'SIGINT')
      const [code] = (await ended) as [number | null]
      return code
    },
  }
}

describe('npm start', () => {
  it('builds, fills, serves and says so on one line of JSON, once it answers', async () => {
    const port = await freePort()
    const env = { PORT: String(port), PLANB_DATA: data }
    const started = await run(['npm', 'start', '--', '--json'], env, /^\{.*\}$/m)
    const json = started.lines.filter((line) => line.startsWith('{'))
    expect(json).toHaveLength(1)
    const line = JSON.parse(json[0]!) as StartLine
    expect(line.app).toBe(`http://127.0.0.1:${port}/`)
    expect(Object.keys(line.invitations)).toEqual([
      'gemensamt',
      'krisledning',
      'hemtjanst',
      'hemsjukvard',
      'trygghetslarm',
    ])

    const page = await fetch(line.app)
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toContain('http://127.0.0.1:*')
    expect(await page.text()).toContain('<script type="module"')
    expect((await fetch(`${line.app}sw.js`)).headers.get('cache-control')).toBe('no-cache')

    const payload = line.invitations['hemtjanst']!.split('#/join/')[1]!
    const invitation = decodeInvitation(payload)
    expect(invitation.department).toBe('hemtjanst')
    const root1 = await fetch(`${line.app}store/root/1.jws`)
    expect(root1.status).toBe(200)
    const restore = decodeRestorePayload(line.coordinator.split('#/restore/')[1]!)
    expect(restore.type).toBe('coordinator')
    expect(restore.organisation).toBe(invitation.organisation)
    expect((await fetch(`${line.app}secret/organisation.json`)).status).toBe(404)

    // What the app needs to offer the example, and no more: the coordinator's keys are not served.
    const example = await fetch(`${line.app}example.json`)
    expect(example.headers.get('access-control-allow-origin')).toBeNull()
    expect(await example.json()).toEqual({ invitations: line.invitations })

    expect(await started.stop()).not.toBe(1)
    await expect(fetch(line.app)).rejects.toThrow()
  })

  it('shows links and QR codes, the same ones each time, without the JSON line', async () => {
    const port = await freePort()
    const env = { PORT: String(port), PLANB_DATA: data }
    const first = await run(['npm', 'start'], env, /Ctrl\+C/)
    expect(first.lines.some((line) => line.startsWith('{'))).toBe(false)
    const links = first.lines.filter((line) => line.startsWith('http'))
    expect(links).toHaveLength(6)
    expect(first.lines.filter((line) => /^█{40}/.test(line)).length).toBeGreaterThanOrEqual(6)
    expect(first.lines.join('\n')).toContain('ÖVNING')
    await first.stop()
    const second = await run(['npm', 'start'], env, /Ctrl\+C/)
    expect(second.lines.filter((line) => line.startsWith('http'))).toEqual(links)
    await second.stop()
  })

  it('says which port is taken, and what a PORT may be', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const address = taken.address()
    const port = typeof address === 'object' ? String(address?.port) : ''
    for (const [text, code, message] of [
      [port, 1, `port ${port} is taken`],
      ['http', 2, 'PORT is "http"'],
      ['99999', 2, 'PORT is "99999"'],
    ] as const) {
      const child = spawn(process.execPath, ['src/cli/main.ts', 'start'], {
        cwd: root,
        env: { ...process.env, PORT: text, PLANB_DATA: data },
      })
      let errors = ''
      child.stderr.on('data', (chunk) => (errors += String(chunk)))
      const [status] = (await once(child, 'close')) as [number]
      expect(status).toBe(code)
      expect(errors).toContain(message)
    }
    taken.close()
  })

  it('serves HTTPS with a certificate, for phones on the same network', async () => {
    const [cert, key] = [join(base, 'cert.pem'), join(base, 'key.pem')]
    const request =
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=planb -addext subjectAltName=IP:127.0.0.1'
    execFileSync('openssl', [...request.split(' '), '-keyout', key, '-out', cert], {
      stdio: 'ignore',
    })
    const env = { PORT: '0', PLANB_DATA: data }
    const tls = ['--host', '127.0.0.1', '--cert', cert, '--key', key]
    const started = await run(
      ['node', 'src/cli/main.ts', 'start', '--json', ...tls],
      env,
      /^\{.*\}$/m,
    )
    const line = JSON.parse(started.lines.find((text) => text.startsWith('{'))!) as StartLine
    expect(line.app).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/$/)
    expect(line.invitations['hemtjanst']).toContain(`${line.app}#/join/`)
    expect(await statusOverTls(`${line.app}health`, await readFile(cert, 'utf8'))).toBe(200)
    await started.stop()

    const half = await runPlanB(data, ['start', '--cert', cert])
    expect(half.code).toBe(2)
    await writeFile(key, 'no key')
    const broken = await runPlanB(data, ['start', ...tls])
    expect(broken.code).toBe(1)
    expect(broken.stderr).toContain('certificate')
  })
})

describe('planb serve', () => {
  it('serves a real organisation, and its policy knows no other ports', async () => {
    const real = join(base, 'real')
    const plans = join(base, 'plans')
    await runPlanB(real, ['init', 'Ås kommun', 'hemtjanst=Hemtjänst', '--plans', plans])
    await runPlanB(real, ['publish', plans])
    const env = { PORT: '0', PLANB_DATA: real }
    const started = await run(['node', 'src/cli/main.ts', 'serve'], env, /http\S+\n/)
    const app = /(http\S+)/.exec(started.lines.join('\n'))![1]!
    // As those ask who reach it under its own name: on this machine itself, other ports are allowed.
    const asked = httpRequest(app, { headers: { Host: 'planb.test' } }).end()
    const [page] = (await once(asked, 'response')) as [IncomingMessage]
    page.resume()
    expect(page.headers['content-security-policy']).toContain("connect-src 'self' https:;")
    expect((await fetch(`${app}store/d/hemtjanst/latest`)).status).toBe(200)
    expect((await fetch(`${app}example.json`)).status).toBe(404)
    await started.stop()
  })

  it('an empty store waits for the root 1 it was told of', async () => {
    const empty = join(base, 'empty')
    const organisation = 'ab'.repeat(32)
    const started = await run(
      ['node', 'src/cli/main.ts', 'serve', '--organisation', organisation],
      { PORT: '0', PLANB_DATA: empty },
      /waits for root 1/,
    )
    const app = /(http\S+)/.exec(started.lines.join('\n'))![1]!
    const answer = await fetch(`${app}store/root`, { method: 'POST', body: '{}' })
    expect(answer.status).toBe(422)
    await started.stop()
  })
})

async function statusOverTls(url: string, ca: string): Promise<number | undefined> {
  return new Promise((done, fail) => {
    httpsRequest(url, { ca }, (response) => {
      response.resume()
      done(response.statusCode)
    })
      .on('error', fail)
      .end()
  })
}
