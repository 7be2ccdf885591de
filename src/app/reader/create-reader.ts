import type { DepartmentState, DeviceState } from '#device/device-state.ts'
import type { Device } from '#device/open-device.ts'
import { DeviceError } from '#device/device-error.ts'
import { commonDepartment } from '#domain/schema/document.ts'
import type { Sync } from '#sync/sync.ts'
import { decodeRestorePayload } from '#trust/restore-payload.ts'
import { TrustError } from '#trust/trust-error.ts'
import { openOccasion, withTick } from './occasion-ticks.ts'
import type { JoinOutcome, ReaderActions, ReaderState } from './reader-state.ts'

export interface ReaderParts {
  device: Device
  sync: Sync
  now: () => Date
  /** The app's address. */
  base: string
  /** Puts the interface into a language before it is shown. */
  changeLanguage: (language: 'sv' | 'en') => Promise<void>
  installPrompt: { show(): Promise<void>; decline(): void }
  applyUpdate: () => void
  /** What the manager's list calls a phone that nobody named. */
  usualName: string
}

export interface ReaderStore {
  get: () => ReaderState
  subscribe: (listener: () => void) => () => void
  /** Replaces parts of the state. */
  put: (change: Partial<ReaderState>) => void
  /** Reads everything again from what is stored. */
  reload: () => Promise<void>
  actions: ReaderActions
}

/** Reads what the first screen needs. Never touches the network; nothing here can keep content away. */
export async function readFirstState(
  device: Device,
): Promise<Pick<ReaderState, 'device' | 'settings' | 'occasions' | 'readiness'>> {
  const [state, settings, occasions, readiness] = await Promise.all([
    device.load(),
    device.settings.get(),
    device.occasions.list(),
    device.lastReadiness(),
  ])
  return { device: state, settings, occasions, readiness }
}

/** Holds the state of the screens and what people do to it. */
export function createReader(first: ReaderState, parts: ReaderParts): ReaderStore {
  const { device, sync } = parts
  const listeners = new Set<() => void>()
  let state = first
  const put = (change: Partial<ReaderState>) => {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }
  const reload = async () => {
    const read = await device.load()
    const { departments } = state.device
    // A database that stops answering takes nothing off the screen.
    const isLess = read.problem !== undefined && read.departments.length < departments.length
    const may = ({ organisation: of, department }: DepartmentState, { roles }: DeviceState) =>
      roles.some((role) => role.organisation === of && role.departments.includes(department))
    // Said once, when it comes; the pages for publishing go on saying it.
    const ended = read.departments
      .filter((each) => each.status !== 'ended' && each.department !== commonDepartment)
      .filter((each) => may(each, state.device) && !may(each, read))
    if (ended.length > 0 && read.problem === undefined)
      put({ problem: { ended: ended.map(({ title }) => title).join(', ') } })
    put({ device: isLess ? { ...state.device, problem: read.problem } : read })
    await readTried()
  }
  /** Managers' phones only: what was tried is none of a reader's business. */
  const readTried = async () => {
    const managed = new Set(state.device.roles.map(({ organisation }) => organisation))
    const lists = await Promise.all(
      [...managed].map((organisation) => device.tried(organisation).catch(() => [])),
    )
    const tried = lists.flat().length
    if (tried !== state.tried) put({ tried })
  }
  const readOccasions = async () => put({ occasions: await device.occasions.list() })

  /** Shows that something could not be kept, in words of what it means. */
  const failed = (error: unknown, otherwise: ReaderState['problem']) =>
    put({ problem: codeOf(error) === 'full' ? 'full' : otherwise })

  // One after another: two quick ticks must not begin two occasions.
  let ticking = Promise.resolve()
  let waiting = 0
  const inTurn = (work: () => Promise<unknown>) => {
    waiting += 1
    ticking = ticking
      .then(work)
      .then(() => undefined)
      .catch((error: unknown) => failed(error, 'tick-lost'))
      .then(async () => {
        waiting -= 1
        // What is still to be written is on the screen already, and not yet in the database.
        if (waiting === 0) await readOccasions()
      })
    return ticking
  }

  /** A phone that nobody has named gets a usual name; failing to is no failure of joining. */
  const nameOnce = async (organisation: string) => {
    const label = device.label(organisation)
    const held = await label.get().catch(() => undefined)
    if (held === '') await label.set(parts.usualName).catch(() => undefined)
  }

  const joined = async (join: () => Promise<{ organisation: string; department?: string }>) => {
    try {
      const { organisation, department } = await join()
      put({ hasJoined: true })
      await reload()
      if (department !== undefined) {
        await actions.setSettings({ last: `${organisation}/${department}` })
      }
      // A tap has just been made: the moment a browser is willing to promise anything.
      void device.persist()
      void sync.syncNow('joined')
      // Not waited for: its code may have to come over a line on which the plans come first.
      void nameOnce(organisation)
      return { ok: true } satisfies JoinOutcome
    } catch (error) {
      return { ok: false, code: codeOf(error) } satisfies JoinOutcome
    }
  }

  const actions: ReaderActions = {
    async setSettings(change) {
      if (change.language !== undefined) await parts.changeLanguage(change.language)
      put({ settings: { ...state.settings, ...change } })
      await device.settings.set(change).catch((error: unknown) => failed(error, undefined))
    },
    tick(tick) {
      put({ occasions: withTick(state.occasions, { ...tick, at: parts.now().toISOString() }) })
      return inTurn(async () => {
        const { name, organisation, step, done } = tick
        const stored = await device.occasions.list()
        const open =
          openOccasion(stored, name, organisation) ??
          (await device.occasions.start(name, organisation))
        await device.occasions.tick(open.id, step, done)
      })
    },
    startOver: (occasion) =>
      inTurn(async () => {
        await device.occasions.end(occasion)
        put({ undo: { text: 'started-over', occasion } })
      }),
    async undo() {
      const { undo } = state
      if (undo === undefined) return
      put({ undo: undefined })
      await inTurn(async () => {
        // What was begun since gives way to what is taken back.
        const stored = await device.occasions.list()
        const taken = stored.find((each) => each.id === undo.occasion)
        const since = taken && openOccasion(stored, taken.name, taken.organisation)
        if (since !== undefined) await device.occasions.end(since.id)
        await device.occasions.reopen(undo.occasion)
      })
    },
    forgetUndo: () => put({ undo: undefined }),
    async checkReadiness() {
      if (state.isCheckingReadiness) return
      put({ isCheckingReadiness: true })
      const [readiness, storage] = await Promise.all([device.readiness(), device.storage()])
      put({ readiness, storage, isCheckingReadiness: false })
      await readTried()
    },
    join: (invitation) => joined(() => device.join(invitation, { base: parts.base })),
    restore: (payload) =>
      joined(async () => {
        const decoded = decodeRestorePayload(payload)
        const { organisation } = await device.restore(decoded, { base: parts.base })
        put({ restored: { organisation, type: decoded.type } })
        return { organisation }
      }),
    forgetRestored: () => {
      if (state.restored !== undefined) put({ restored: undefined })
    },
    async leave({ organisation, department }) {
      const rest = state.device.departments.filter(
        (each) => each.organisation === organisation && each.department !== department,
      )
      // What all have in common came with the departments, and goes with the last of them.
      const isLast = rest.every((each) => each.department === commonDepartment)
      for (const name of [department, ...(isLast ? rest.map((each) => each.department) : [])]) {
        const tell = await sync.leaving(organisation, name)
        await device
          .leave(organisation, name)
          .then(() => void tell())
          .catch((error: unknown) => failed(error, undefined))
      }
      const { together, last } = state.settings
      const name = `${organisation}/${department}`
      await actions.setSettings({
        together: together.filter((each) => each !== name),
        ...(last === name ? { last: undefined } : {}),
      })
      await reload()
    },
    async syncNow() {
      await sync.syncNow('asked')
    },
    async thisPhone(organisation) {
      const label = device.label(organisation)
      const name = await label.get().catch(() => '')
      const id = await label.device().catch(() => undefined)
      return { name: name === '' ? parts.usualName : name, device: id }
    },
    async namePhone(organisation, name) {
      try {
        await device.label(organisation).set(name)
        void sync.syncNow('asked')
        return true
      } catch {
        return false
      }
    },
    async report(organisation, report) {
      const [department = ''] = report.document.split('/')
      const outcome = await device
        .report(organisation, department, report)
        .catch(() => 'failed' as const)
      void sync.syncNow('asked')
      return outcome
    },
    keepLink: (link) => put({ link }),
    forgetLink: () => put({ link: undefined }),
    applyUpdate: parts.applyUpdate,
    async install() {
      await parts.installPrompt.show()
      void device.persist()
    },
    declineInstall() {
      parts.installPrompt.decline()
      put({ install: 'none' })
    },
    dismissProblem: () => put({ problem: undefined }),
  }

  device.onChange((change) => {
    if (change === 'content' || change === 'check') void reload()
    else if (change === 'settings') {
      void device.settings.get().then(async (settings) => {
        await parts.changeLanguage(settings.language)
        put({ settings })
      })
    } else if (change === 'occasions' && waiting === 0) void readOccasions()
  })
  /** Departments for which there is no room. */
  const crowded = new Set<string>()
  sync.onProgress((progress) => {
    const { department, phase, code } = progress
    put({ progress: new Map(state.progress).set(department, progress) })
    const wasCrowded = crowded.size > 0
    if (phase === 'failed' && code === 'full') crowded.add(department)
    if (phase === 'done') crowded.delete(department)
    // Said once, not with each try; and taken back when it is true no longer.
    if (!wasCrowded && crowded.size > 0) put({ problem: 'full' })
    if (wasCrowded && crowded.size === 0 && state.problem === 'full') put({ problem: undefined })
  })

  void readTried()
  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    put,
    reload,
    actions,
  }
}

function codeOf(error: unknown): string {
  return error instanceof DeviceError || error instanceof TrustError ? error.code : 'other'
}
