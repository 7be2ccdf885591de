import { useMemo, type ClipboardEvent, type KeyboardEvent } from 'react'
import { insertAt, moveWithin, removeAt, setAt, valueAt } from '#domain/edit/change-at.ts'
import { mergeSteps, splitStep } from '#domain/edit/split-step.ts'
import { mostCharacters, readPastedList } from '#domain/edit/read-pasted-list.ts'
import { fieldShape } from './field-shape.ts'
import { useNotes } from './notes.ts'
import { pathOf, within, type Place } from './place.ts'
import type { RowKind } from './row-kinds.ts'
import { useFieldNames, useWriteText } from './use-write-text.ts'
import { changeAndFocus, useWriting } from './write-context.ts'

/** What can be done with the entries of a list of lines or steps. */
export interface Rows {
  add: () => void
  remove: (index: number) => void
  move: (from: number, to: number) => void
  /** At so many letters of its text. */
  split: (index: number, at: number) => void
  mergeWithAbove: (index: number) => void
  onKeyDown: (index: number, event: KeyboardEvent<HTMLTextAreaElement>) => void
  onPaste: (index: number, event: ClipboardEvent<HTMLTextAreaElement>) => void
}

export function useRows(place: Place, kind: RowKind): Rows {
  const { editing, kind: documentKind, isLocked } = useWriting()
  const { label } = useFieldNames()
  const t = useWriteText()
  const say = useNotes()
  // Nothing in it hangs on what stands in the list: of five hundred rows only the one typed in is drawn anew.
  return useMemo(() => {
    const path = pathOf(place)
    const listNow = () => {
      const list = valueAt(editing.state().body, path)
      return Array.isArray(list) ? (list as unknown[]) : []
    }
    const textPlaceOf = (index: number) => kind.textPlace(within(place, index))
    const name = label(documentKind, place)
    const goTo = (change: (body: unknown) => unknown, index: number, caret: number | 'end') =>
      changeAndFocus(() => editing.change(change), textPlaceOf(index), caret)
    const remove = (index: number) => {
      const count = listNow().length
      const isLast = count === 1
      const isOptional = fieldShape(documentKind, place)?.isOptional === true
      const standard = fieldShape(documentKind, place)?.standard
      const change = (body: unknown) =>
        isLast && isOptional && standard === undefined
          ? removeAt(body, path)
          : removeAt(body, [...path, index])
      goTo(change, Math.max(0, index - 1), 'end')
      say({ text: `${name}: ${t('field.removed')}`, undo: () => editing.undo() })
    }
    const move = (from: number, to: number) => {
      const count = listNow().length
      if (to < 0 || to >= count || to === from) return
      const active = document.activeElement
      const caret = active instanceof HTMLTextAreaElement ? active.selectionStart : 'end'
      const isHandle = active instanceof HTMLElement && active.dataset.handle !== undefined
      goTo((body) => moveWithin(body, path, from, to), to, caret)
      if (isHandle) document.querySelector<HTMLElement>(`[data-handle="${CSS.escape(within(place, to))}"]`)?.focus() // prettier-ignore
      say({ text: t('field.moved', { place: to + 1, count }) })
    }
    const split = (index: number, at: number) =>
      goTo((body) => splitStep(body, [...path, index], at), index + 1, 0)
    const mergeWithAbove = (index: number) => {
      const list = listNow()
      if (index === 0) return
      const [above, own] = [list[index - 1], list[index]]
      if (kind.isEmpty(own) || kind.isEmpty(above)) {
        const caret = kind.isEmpty(own) ? 'end' : 0
        const gone = kind.isEmpty(own) ? index : index - 1
        goTo((body) => removeAt(body, [...path, gone]), index - 1, caret)
        return
      }
      const merged = mergeSteps(editing.state().body, [...path, index - 1])
      const text = kind.textOf(valueAt(merged.body, [...path, index - 1]))
      goTo(() => merged.body, index - 1, Math.max(0, text.length - kind.textOf(own).trim().length))
      if (merged.dropped.length > 0)
        say({
          text: t('steps.dropped', {
            fields: merged.dropped.map(({ field }) => label('step', field)).join(', '),
          }),
          undo: () => editing.undo(),
        })
    }
    return {
      add: () => goTo((body) => insertAt(body, [...path, listNow().length], kind.make('')), listNow().length, 'end'), // prettier-ignore
      remove,
      move,
      split,
      mergeWithAbove,
      onKeyDown(index, event) {
        if (isLocked || event.nativeEvent.isComposing) return
        const { selectionStart: at, selectionEnd, value } = event.currentTarget
        const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey
        if (event.key === 'Enter' && isPlain) {
          event.preventDefault()
          split(index, at)
        } else if (
          event.key === 'Backspace' &&
          isPlain &&
          at === 0 &&
          selectionEnd === 0 &&
          index > 0
        ) {
          event.preventDefault()
          mergeWithAbove(index)
        } else if (
          event.key === 'Delete' &&
          isPlain &&
          at === value.length &&
          at === selectionEnd
        ) {
          if (index + 1 >= listNow().length) return
          event.preventDefault()
          mergeWithAbove(index + 1)
        } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
          event.preventDefault()
          move(index, index + (event.key === 'ArrowUp' ? -1 : 1))
        }
      },
      onPaste(index, event) {
        if (isLocked) return
        const pasted = event.clipboardData.getData('text/plain')
        // Within a line it is pasted as any text.
        if (!/\S\s*[\r\n]+\s*\S/.test(pasted.slice(0, mostCharacters))) return
        const { lines: texts, cutCharacters, cutLines } = readPastedList(pasted)
        if (texts.length < 2) return
        event.preventDefault()
        const isEmpty = kind.isEmpty(listNow()[index])
        const from = isEmpty ? index : index + 1
        goTo(
          (body) => {
            const list = listNow()
            const made = texts.map((text) => kind.make(text))
            return setAt(body, path, [...list.slice(0, from), ...made, ...list.slice(index + 1)]) // prettier-ignore
          },
          from + texts.length - 1,
          'end',
        )
        const key = kind.name === 'line' ? 'steps.pastedLines' : 'steps.pasted'
        const isCut = cutCharacters > 0 || cutLines > 0
        say({
          text: t(key, { count: texts.length }) + (isCut ? ` ${t('steps.cut')}` : ''),
          undo: () => editing.undo(),
        })
      },
    }
  }, [editing, documentKind, isLocked, label, t, say, place, kind])
}
