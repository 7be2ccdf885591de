import { existsSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { createDirectoryStore } from '#store/directory.ts'
import { StoreError } from '#store/store.ts'
import { createHttpWriteStore } from '#sync/http-write-store.ts'
import { SendError } from '#sync/send-error.ts'
import { TrustError } from '#trust/trust-error.ts'
import { CliError, textOption } from '../command.ts'
import { dataFolder } from '../data-folder.ts'
import { makeFolder } from '../make-folder.ts'
import { MirrorRefused, MirrorStopped } from '../mirror/mirror-report.ts'
import { openMirrorSource } from '../mirror/mirror-source.ts'
import { mirrorToDirectory } from '../mirror/mirror-to-directory.ts'
import { mirrorToServer } from '../mirror/mirror-to-server.ts'
import { organisationOf } from '../organisation-of.ts'
import type { CliContext, Command } from '../command.ts'
import type { MirrorRun } from '../mirror/mirror-report.ts'

/** Copies what is published elsewhere: to a folder, or to another server. Needs no keys. */
export const mirror: Command = {
  usage: 'mirror TARGET [--organisation HASH]',
  summary:
    'copy what is published to a folder or to the address of another planb serve; can be stopped and run again',
  options: { organisation: { type: 'string' } },
  positionals: [1, 1],

  async run(context, { values, positionals }) {
    const named = positionals[0]!
    const data = dataFolder(context)
    if (!existsSync(data.storePath)) {
      throw new CliError(
        1,
        `${data.path} holds no store`,
        'Name the folder of an organisation in PLANB_DATA.',
      )
    }
    const organisation = await organisationOf(data, textOption(values, 'organisation'))
    const run = await createRun(context)
    try {
      const source = await openMirrorSource(data.store, organisation)
      if (/^https?:/i.test(named)) {
        const base = storeAddress(named)
        const target = createHttpWriteStore({ base, fetch: context.fetch, timeoutMs: 30_000 })
        await mirrorToServer(source, target, run, async (ms) => {
          context.complain(`${base.href} asks to wait ${Math.ceil(ms / 1000)} s`)
          await Promise.race([setTimeout(ms), context.stopped])
        })
      } else {
        const folder = await targetFolder(context, named, data.storePath)
        await makeFolder(folder)
        await mirrorToDirectory(source, createDirectoryStore(folder), run)
      }
    } catch (error) {
      throw explain(error, named)
    }
    const { roots, heads, blobs, bytes, entries, problems } = run.report
    const isNothing = roots + heads + blobs + entries === 0
    context.print(
      isNothing
        ? `${named} has everything already`
        : `${named}: ${heads} heads, ${blobs} blobs, ${roots} roots, ${entries} entries, ${Math.ceil(bytes / 1000)} kB`,
    )
    for (const problem of problems) context.complain(`planb: ${problem}`)
    if (run.report.hasRival) {
      context.complain(
        '  Somebody else has published there. Look at what they changed (in the app, or planb export in their',
      )
      context.complain(
        '  data folder), bring it into your plans, then run planb publish and planb mirror again.',
      )
    } else if (problems.length > 0) {
      context.complain('  planb verify names every object here that does not hold.')
    }
    return problems.length > 0 ? 1 : 0
  },
}

/** How often a long run says where it is. */
const sayEveryMs = 3_000

async function createRun(context: CliContext): Promise<MirrorRun> {
  let isStopped = false
  void context.stopped.then(() => (isStopped = true))
  let said = context.now().getTime()
  const report = { roots: 0, heads: 0, blobs: 0, bytes: 0, entries: 0, problems: [] }
  const run: MirrorRun = {
    report,
    progress(department, done, total) {
      const now = context.now().getTime()
      if (now - said < sayEveryMs) return
      said = now
      const size = Math.ceil(run.report.bytes / 1000)
      context.complain(`${department}: ${done} of ${total}, ${size} kB so far`)
    },
    checkStopped() {
      if (isStopped) throw new MirrorStopped('stopped')
    },
  }
  return run
}

/** Where another server has its store: what is named, or `store/` below an app's address. */
function storeAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || url.username || url.search || url.hash) {
    throw new CliError(2, `"${text}" is no address`, 'For example https://mirror.example/')
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url.pathname.endsWith('/store/') ? url : new URL('store/', url)
}

/** A folder that is or becomes a store; of a data folder, its store. Never the store that is copied. */
async function targetFolder(context: CliContext, named: string, source: string): Promise<string> {
  const folder = resolve(context.cwd, named)
  const isDataFolder =
    existsSync(join(folder, 'secret')) || (!existsSync(join(folder, 'root')) && existsSync(join(folder, 'store'))) // prettier-ignore
  const target = isDataFolder ? join(folder, 'store') : folder
  const real = async (path: string) => realpath(path).catch(() => path)
  if ((await real(target)) === (await real(source))) {
    throw new CliError(1, `${target} is the store itself`, 'Name another folder, on another disk.')
  }
  return target
}

function explain(error: unknown, named: string): unknown {
  if (error instanceof MirrorStopped) {
    return new CliError(
      1,
      'stopped',
      'What was copied is whole. The same command goes on from there.',
    )
  }
  if (error instanceof MirrorRefused) {
    return new CliError(1, `${named}: ${error.message}`, error.advice, error)
  }
  if (error instanceof TrustError) {
    return new CliError(
      1,
      `root 1 of this store does not hold (${error.code})`,
      'planb verify says more.',
      error,
    )
  }
  if (error instanceof SendError) {
    const advice =
      error.code === 'read-only'
        ? 'It is a host that takes nothing. Mirror into a folder, and copy that folder there.'
        : error.code === 'refused'
          ? 'The server looks at everything itself: compare planb status here with what it serves.'
          : 'The same command goes on where it stopped.'
    return new CliError(1, `${named}: ${error.message} (${error.code})`, advice, error)
  }
  if (error instanceof StoreError && error.code !== 'full') {
    const advice = 'Look whether the address or folder is right. The same command goes on where it stopped.' // prettier-ignore
    return new CliError(1, `${named}: ${error.message} (${error.code})`, advice, error)
  }
  return error
}
