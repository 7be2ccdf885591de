import { sha256 } from '#trust/bytes.ts'
import type { DeviceContext } from './context.ts'
import type { DeviceState } from './device-state.ts'

/**
 * One thing that must hold for the phone to be relied on, as it was when it was last looked at.
 * What the browser does not tell is `unknown`, never `ok`.
 */
export interface ReadinessCheck {
  id: ReadinessId
  result: 'ok' | 'attention' | 'failed' | 'unknown'
  /** When it was looked at, RFC 3339. */
  at: string
  detail?: Record<string, string | number>
}

/**
 * - `installed`: opened from the home screen. In a tab, Safari clears what is not used for 7 days.
 * - `worker`: a service worker is active and in charge of this page.
 * - `shell`: every stored file of the app has the bytes it was built with.
 * - `bytes`: every stored byte of content re-hashed.
 * - `database`: opened, and one routine read.
 * - `copy`: the reading copy is there and is that of what is stored.
 * - `persisted`: the browser has promised not to clear the storage.
 * - `age`: the host said within 30 days that this is its newest code.
 */
export type ReadinessId =
  'installed' | 'worker' | 'shell' | 'bytes' | 'database' | 'copy' | 'persisted' | 'age'

/** What readiness asks of the browser and the app; each may be absent, and then its check is unknown. */
export interface ReadinessSources {
  /** True when opened from the home screen. */
  isInstalled?: () => boolean | undefined
  /** `controlling`: in charge of this page; `active`: installed, from the next start on. */
  worker?: () => Promise<'controlling' | 'active' | 'none' | undefined>
  /** Re-hashes the app's own stored files. */
  checkShell?: () => Promise<{ files: number; broken: readonly string[] } | undefined>
  persisted?: () => Promise<boolean | undefined>
  /** When the host last said that this is its newest code, RFC 3339. */
  codeCheckedAt?: () => Promise<string | undefined>
}

const lastRecord = 'readiness'
const maxCodeAgeMs = 30 * 24 * 3600 * 1000
const maxCheckMs = 20_000

/** Looks at everything anew and remembers the answers. Never throws. */
export async function checkReadiness(
  context: DeviceContext,
  sources: ReadinessSources,
  load: () => Promise<DeviceState>,
  copyMatches: () => Promise<boolean>,
): Promise<ReadinessCheck[]> {
  const looks: Record<ReadinessId, () => Promise<Look>> = {
    installed: async () => answer(sources.isInstalled?.(), 'attention'),
    worker: async () => {
      const state = await sources.worker?.()
      if (state === undefined) return { result: 'unknown' }
      return {
        result: state === 'controlling' ? 'ok' : state === 'active' ? 'attention' : 'failed',
      }
    },
    shell: async () => {
      const shell = await sources.checkShell?.()
      if (!shell || shell.files === 0) return { result: 'unknown' }
      const detail = { files: shell.files, broken: shell.broken.length }
      return { result: shell.broken.length ? 'failed' : 'ok', detail }
    },
    bytes: () => lookAtBytes(context),
    database: async () => lookAtDatabase(await load()),
    copy: async () => answer(await copyMatches(), 'attention'),
    persisted: async () => answer(await sources.persisted?.(), 'attention'),
    age: async () => lookAtAge(await sources.codeCheckedAt?.(), context.now()),
  }
  const checks = await Promise.all(
    (Object.keys(looks) as ReadinessId[]).map(async (id): Promise<ReadinessCheck> => {
      const look = await limited(looks[id]())
      return { id, at: context.now().toISOString(), ...look }
    }),
  )
  await context.phone
    .write((database) => database.table('records').put({ name: lastRecord, value: checks }))
    .catch(() => undefined)
  return checks
}

/** What the last look said; empty where there was none. */
export async function lastReadiness(context: DeviceContext): Promise<ReadinessCheck[]> {
  const row = await context.phone
    .read((reader) => reader.get('records', lastRecord))
    .catch(() => undefined)
  return (row?.value ?? []) as ReadinessCheck[]
}

type Look = Pick<ReadinessCheck, 'result' | 'detail'>

function answer(holds: boolean | undefined, otherwise: 'attention' | 'failed'): Look {
  return { result: holds === undefined ? 'unknown' : holds ? 'ok' : otherwise }
}

/** A check that throws or hangs has told nothing. */
async function limited(look: Promise<Look>): Promise<Look> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLate = new Promise<Look>((resolve) => {
    timer = setTimeout(() => resolve({ result: 'unknown' }), maxCheckMs)
  })
  try {
    return await Promise.race([look, tooLate])
  } catch {
    return { result: 'unknown' }
  } finally {
    clearTimeout(timer)
  }
}

async function lookAtBytes(context: DeviceContext): Promise<Look> {
  let [objects, bytes, broken] = [0, 0, 0]
  for (const { id } of await context.organisationRows()) {
    await context.organisation(id).connection.read(async (reader) => {
      const pointers = await reader.all('pointers')
      const snapshots = await reader.many(
        'snapshots',
        pointers.map(({ current }) => current),
      )
      broken += snapshots.filter((snapshot) => snapshot === undefined).length
      for (const { hash, size } of snapshots.flatMap((snapshot) => snapshot?.blobs ?? [])) {
        const stored = (await reader.get('blobs', hash))?.bytes
        const isIntact = stored?.length === size && (await sha256(stored)) === hash
        objects += 1
        bytes += stored?.length ?? 0
        if (!isIntact) broken += 1
      }
    })
  }
  if (objects === 0 && broken === 0) return { result: 'unknown' }
  return { result: broken ? 'failed' : 'ok', detail: { objects, bytes, broken } }
}

function lookAtDatabase(state: DeviceState): Look {
  if (state.problem?.code === 'raw') return { result: 'attention', detail: { code: 'raw' } }
  if (state.problem) return { result: 'failed', detail: { code: state.problem.code } }
  if (state.departments.length === 0) return { result: 'unknown' }
  // What the others say is no matter of the database: a clock, a root that is held back.
  const damaged = state.departments.filter(
    ({ note }) => note?.code === 'damaged' || note?.code === 'previous-used',
  )
  const routines = state.departments.flatMap(
    ({ release }) => release?.documents.filter(({ kind }) => kind === 'routine') ?? [],
  )
  const detail = { departments: state.departments.length, routines: routines.length }
  if (damaged.length) return { result: 'attention', detail: { ...detail, damaged: damaged.length } }
  return { result: routines.length ? 'ok' : 'attention', detail }
}

function lookAtAge(checkedAt: string | undefined, now: Date): Look {
  const age = checkedAt === undefined ? Number.NaN : now.getTime() - Date.parse(checkedAt)
  // Checked in the future: one of the clocks is wrong, so this tells nothing.
  if (Number.isNaN(age) || age < -maxCodeAgeMs) return { result: 'unknown' }
  const days = Math.max(0, Math.floor(age / (24 * 3600 * 1000)))
  return { result: age <= maxCodeAgeMs ? 'ok' : 'attention', detail: { days } }
}
