import type { Draft, DraftKeeper } from '#device/drafts.ts'
import { isSameText, keepApproval } from '#domain/edit/keep-approval.ts'
import { isSameValue } from '#domain/edit/same-value.ts'
import { isPlainObject } from '#domain/schema/walk-schema.ts'

/**
 * - `same`: as published; there is no draft.
 * - `waiting`: typed a moment ago. - `saving`. - `saved`: it lies on the phone.
 * - `failed`: it could not be stored, with the device's code; it is tried again at the next change.
 */
export type SaveState =
  { at: 'same' | 'waiting' | 'saving' | 'saved' } | { at: 'failed'; code: string }

export interface EditingState {
  /** Undefined: the document is to be removed. */
  body: unknown
  save: SaveState
  canUndo: boolean
  canRedo: boolean
  /** Not published yet. */
  isNew: boolean
  /** Another than published. */
  isChanged: boolean
}

/** One document being written: its text, what can be undone, and that it lies on the phone. */
export interface Editing {
  readonly name: string
  /** As it was published when editing began, or was since; undefined for a new one. */
  base: () => Draft['base']
  state: () => EditingState
  subscribe: (listener: () => void) => () => void
  /**
   * Changes the body. Changes with the same `typing` follow one another as one step to undo, as long as no
   * pause is between them.
   */
  change: (operation: (body: unknown) => unknown, typing?: string) => void
  undo: () => void
  redo: () => void
  /** Back to what is published. Can be undone. */
  discard: () => void
  /** Stores what is not stored yet. Never rejects: `state().save` says how it went. */
  flush: () => Promise<void>
  /**
   * What is on the phone has changed, other than by this: what was written is published, and goes on from there.
   *
   * @param held the draft as it is stored now
   * @param newest as it is published now
   */
  follow: (held: Draft | undefined, newest: Draft['base']) => void
  /** Stores the rest, and writes nothing any more. */
  close: () => Promise<void>
}

/** Stored after so long without a letter, and at the latest after so long with. In milliseconds. */
const pauseMs = 400
const longestMs = 2_000
/** A pause after which typing is another step to undo. */
const undoPauseMs = 1_500
const mostSteps = 300

/**
 * Begins to edit a document.
 *
 * @param options.published as it is published now; undefined for a new one
 * @param options.draft what was written before, which goes before what is published
 */
export function createEditing(options: {
  name: string
  keeper: DraftKeeper
  published: NonNullable<Draft['base']> | undefined
  draft: Draft | undefined
  now?: () => number
}): Editing {
  const { name, keeper, draft, published } = options
  const now = options.now ?? Date.now
  let base = draft === undefined ? published : draft.base
  const listeners = new Set<() => void>()
  let body: unknown = draft === undefined ? published?.body : draft.body
  let stored: unknown = body
  let isDrafted = draft !== undefined
  let save: SaveState = { at: draft === undefined ? 'same' : 'saved' }
  let past: unknown[] = []
  let future: unknown[] = []
  let run: { typing: string; at: number } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let waitingSince: number | undefined
  let writing: Promise<void> | undefined
  let isClosed = false
  let shown: EditingState | undefined

  const tell = () => {
    shown = undefined
    for (const listener of listeners) listener()
  }
  /** An approval goes with the text it was given for, and comes back with it. */
  const settled = (next: unknown) => {
    const kept = keepApproval(next, body)
    const approval = isPlainObject(base?.body) ? base.body.approval : undefined
    const isBack =
      approval !== undefined && isPlainObject(kept) && kept.approval === undefined && isSameText(kept, base?.body) && !isSameText(body, base?.body) // prettier-ignore
    return isBack ? { ...kept, approval } : kept
  }
  const put = (next: unknown) => {
    body = next
    const isStored = Object.is(body, stored)
    save =
      isStored && save.at !== 'saving' ? { at: isDrafted ? 'saved' : 'same' } : { at: 'waiting' }
    tell()
    schedule()
  }
  const schedule = () => {
    if (isClosed) return
    clearTimeout(timer)
    waitingSince ??= now()
    const left = Math.max(0, longestMs - (now() - waitingSince))
    timer = setTimeout(() => void flush(), Math.min(pauseMs, left))
  }
  const write = async () => {
    while (!Object.is(stored, body)) {
      const next = body
      save = { at: 'saving' }
      tell()
      // What is as published needs no draft. An undone removal likewise.
      const isPublished = base !== undefined && isSameValue(next, base.body)
      const isNothing = base === undefined && next === undefined
      if (isPublished || isNothing) await keeper.remove(name)
      else
        await keeper.put({
          name,
          ...(base === undefined ? {} : { base }),
          ...(next === undefined ? {} : { body: next }),
        })
      stored = next
      isDrafted = !(isPublished || isNothing)
    }
    save = { at: isDrafted ? 'saved' : 'same' }
  }
  const flush = async () => {
    clearTimeout(timer)
    waitingSince = undefined
    // One writing at a time, and it takes along what came meanwhile.
    writing ??= write()
      .catch((error: unknown) => {
        save = { at: 'failed', code: codeOf(error) }
      })
      .finally(() => {
        writing = undefined
        tell()
      })
    await writing
  }
  return {
    name,
    base: () => base,
    state: () =>
      (shown ??= {
        body,
        save,
        canUndo: past.length > 0,
        canRedo: future.length > 0,
        isNew: base === undefined,
        isChanged: base === undefined || !isSameValue(body, base.body),
      }),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    change(operation, typing) {
      if (isClosed) return
      const next = settled(operation(body))
      if (Object.is(next, body)) return
      const goesOn = typing !== undefined && run?.typing === typing && now() - run.at < undoPauseMs
      if (!goesOn) past = [...past.slice(-mostSteps), body]
      run = typing === undefined ? undefined : { typing, at: now() }
      future = []
      put(next)
    },
    undo() {
      if (isClosed || past.length === 0) return
      future = [...future, body]
      const before = past.at(-1)
      past = past.slice(0, -1)
      run = undefined
      put(before)
    },
    redo() {
      if (isClosed || future.length === 0) return
      past = [...past, body]
      const after = future.at(-1)
      future = future.slice(0, -1)
      run = undefined
      put(after)
    },
    discard() {
      if (isClosed) return
      past = [...past, body]
      future = []
      run = undefined
      put(base?.body)
    },
    flush,
    follow(held, newest) {
      if (isClosed || writing !== undefined) return
      const isNewer = newest !== undefined && (newest.gen !== base?.gen || newest.v !== base.v)
      if (held !== undefined) {
        // Published up to what was sent; what was typed since goes on from that.
        if (isSameValue(held.base, base)) return
        base = held.base
      } else if (!Object.is(stored, body)) {
        return
      } else if (isDrafted) {
        isDrafted = false
        // The version that has it may not have arrived yet: what was sent is what it says.
        base = isNewer ? newest : base === undefined ? undefined : { ...base, body }
        save = { at: 'same' }
      } else if (isNewer) {
        base = newest
        past = []
        future = []
      } else return
      if (!isDrafted && base !== undefined && isNewer) stored = body = base.body
      tell()
    },
    async close() {
      await flush()
      isClosed = true
    },
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'failed'
}
