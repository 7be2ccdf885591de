import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findChromium } from './chromium.ts'

/**
 * Makes sure the browsers and the web server that the tests use are there. On Debian as root they are
 * installed from Debian's packages; elsewhere Chromium comes by Playwright's download. What cannot be
 * had is said in one line with what to do, and ends the run: a test that is not run proves nothing.
 */
const debianPackages = [
  { file: '/usr/bin/chromium', packages: ['chromium'] },
  { file: '/usr/bin/firefox-esr', packages: ['firefox-esr'] },
  {
    file: '/usr/lib/x86_64-linux-gnu/girepository-1.0/WebKit2-4.1.typelib',
    other: '/usr/lib/aarch64-linux-gnu/girepository-1.0/WebKit2-4.1.typelib',
    packages: ['gir1.2-webkit2-4.1', 'python3-gi', 'python3', 'xvfb', 'xauth', 'dbus'],
  },
  { file: '/usr/sbin/nginx', packages: ['nginx-light'] },
  { file: '/usr/bin/xvfb-run', packages: ['xvfb', 'xauth'] },
  { file: '/usr/bin/pdftoppm', packages: ['poppler-utils'] },
]

const isDebianRoot = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0

if (isDebianRoot) {
  const missing = debianPackages
    .filter(({ file, other }) => !existsSync(file) && !(other && existsSync(other)))
    .filter(({ file }) => file !== '/usr/bin/chromium' || !process.env.CHROMIUM_PATH)
    .flatMap(({ packages }) => packages)
  if (missing.length > 0) {
    console.log(`Installing for the tests: ${missing.join(' ')}`)
    run('apt-get', ['update', '-qq'])
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing])
  }
} else if (!(await findChromium())) {
  run('npx', ['playwright-core', 'install', 'chromium'])
}

if (!(await findChromium())) {
  console.error(
    'No Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to one.',
  )
  process.exit(1)
}

function run(command: string, commandArguments: string[]): void {
  const { status } = spawnSync(command, commandArguments, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (status !== 0) console.error(`${command} ${commandArguments.join(' ')} did not succeed`)
}
