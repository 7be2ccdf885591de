import { useEffect, useRef, useState } from 'react'
import type { VerifiedRelease } from '#release/open-release.ts'
import { openVersion } from '#sync/manage/open-version.ts'
import { useEditor } from '../editor-parts.ts'
import { openOffice } from '../office.ts'
import { codeOf } from '../use-work.ts'

export interface VersionPlace {
  gen: number
  v: number
}

/**
 * - `reading`: it is being fetched.
 * - `gone`: old versions have been cleared away.
 * - `no-key`: it was sealed with a code that this phone never had.
 */
export type ReadVersion =
  | { at: 'reading' }
  | { at: 'opened'; release: VerifiedRelease }
  | { at: 'gone' }
  | { at: 'no-key' }
  | { at: 'failed'; code: string }

/** A version of a department: from the phone where it is the one held, else from the store. */
export function useVersion(
  department: string,
  place: VersionPlace | undefined,
  held: VerifiedRelease | undefined,
): { version: ReadVersion; again: () => void } {
  const editor = useEditor()
  const organisation = editor.organisation?.id
  const [read, setRead] = useState<{ of: string; version: ReadVersion }>()
  const [round, setRound] = useState(0)
  const latest = useRef(editor)
  useEffect(() => {
    latest.current = editor
  })
  const { gen, v } = place ?? {}
  // Of another version, or of a try before, nothing is shown.
  const asked = `${department} ${gen}-${v} ${round}`
  const isHeld = held !== undefined && held.gen === gen && held.v === v
  useEffect(() => {
    if (organisation === undefined || gen === undefined || v === undefined || isHeld) return
    let isOver = false
    const look = async (): Promise<ReadVersion> => {
      const office = await openOffice(latest.current, organisation)
      const opened = await openVersion(office.versions, department, { gen, v })
      return opened.outcome === 'opened'
        ? { at: 'opened', release: opened.release }
        : { at: opened.outcome }
    }
    look()
      .catch((error: unknown): ReadVersion => ({ at: 'failed', code: codeOf(error) }))
      .then(
        (found) => {
          if (!isOver) setRead({ of: asked, version: found })
        },
        () => undefined,
      )
    return () => {
      isOver = true
    }
  }, [organisation, department, gen, v, isHeld, asked])
  return {
    version: isHeld
      ? { at: 'opened', release: held }
      : read?.of === asked
        ? read.version
        : { at: 'reading' },
    again: () => setRound(round + 1),
  }
}

/** `3-14`, as addresses name a version. Undefined for what is none. */
export function parsePlaceText(text: string): VersionPlace | undefined {
  const [, gen, v] = /^([1-9]\d{0,3})-([1-9]\d{0,9})$/.exec(text) ?? []
  return gen === undefined || v === undefined ? undefined : { gen: Number(gen), v: Number(v) }
}
