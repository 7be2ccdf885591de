import { createContext, use, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import { valueAt } from '#domain/edit/change-at.ts'
import type { Finding } from '#domain/writing/finding.ts'
import type { DocumentIndex } from '#domain/resolve.ts'
import type { DocumentKind } from '#domain/schema/document.ts'
import type { Editing } from './editing.ts'
import { pathOf, type Place } from './place.ts'

/** The document on the page, for every field of it. */
export interface Writing {
  editing: Editing
  department: string
  kind: DocumentKind
  id: string
  /** The department's and the common documents, as they are when the drafts are published. */
  index: DocumentIndex
  /** What is to be seen to, by place. */
  findings: {
    at: (place: Place) => readonly Finding[]
    /** How many there are in what stands within a place. */
    within: (place: Place) => number
  }
  /** The place somebody was led to, and how many times somebody was: what hides it opens. */
  reveal: { place: Place | undefined; turn: number }
  /** Somebody else writes here, or the document is to be removed: fields show, and take nothing. */
  isLocked: boolean
  /** Texts in other languages show beside the Swedish ones. */
  showsTranslations: boolean
  /** So does what the open extract leaves out, and why. */
  showsSecrecy: boolean
}

export const WritingContext = createContext<Writing | undefined>(undefined)

export function useWriting(): Writing {
  const writing = use(WritingContext)
  if (writing === undefined) throw new Error('no document above this field')
  return writing
}

/** What stands at a place now. Draws anew only when that has changed. */
export function useAt(place: Place): unknown {
  const { editing } = useWriting()
  return useSyncExternalStore(editing.subscribe, () => valueAt(editing.state().body, pathOf(place)))
}

/** A text at a place; empty where there is none, or none that is text. */
export function useTextAt(place: Place): string {
  const value = useAt(place)
  return typeof value === 'string' ? value : ''
}

/** A list at a place; the same empty one where there is none. */
export function useListAt(place: Place): readonly unknown[] {
  const value = useAt(place)
  return Array.isArray(value) ? value : nothing
}
const nothing: readonly unknown[] = []

/** The field a place is typed in. */
export function fieldAt(place: Place): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-place="${CSS.escape(place)}"]`)
}

/**
 * Changes what is on the page and then puts the cursor somewhere, in the same turn: a phone's keyboard stays
 * up only then.
 *
 * @param caret letters from the start, or the end
 */
export function changeAndFocus(
  change: () => void,
  place: Place,
  caret: number | 'end' = 'end',
): void {
  flushSync(change)
  focusField(place, caret)
}

/** Puts the cursor in a field. False where it is not on the page. */
export function focusField(place: Place, caret: number | 'end' = 'end'): boolean {
  const field = fieldAt(place)
  if (field === null) return false
  field.focus()
  if (field instanceof HTMLTextAreaElement) {
    const at = caret === 'end' ? field.value.length : caret
    field.setSelectionRange(at, at)
  }
  return true
}

/** Puts the cursor at a place, or at what stands nearest to it: in it, or around it. */
export function focusPlace(place: Place): void {
  for (let at = place; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const found =
      fieldAt(at) ??
      document.querySelector<HTMLElement>(`[data-place^="${CSS.escape(at)}/"]`) ??
      document.querySelector<HTMLElement>(
        `[data-field="${CSS.escape(at)}"] :is(textarea, input, select, button)`,
      )
    if (found === null) continue
    found.focus({ preventScroll: true })
    found.scrollIntoView({ block: 'center' })
    return
  }
  document.querySelector<HTMLElement>('main h1')?.focus()
}
