import { useEffect, useMemo, useState } from 'react'
import { checkWriting } from '#domain/check-writing.ts'
import type { Finding } from '#domain/writing/finding.ts'
import { useEditor } from '../editor-parts.ts'
import type { Editing } from './editing.ts'
import { placeOf, type Place } from './place.ts'
import { withEdited, type WrittenDepartment } from './use-department.ts'
import type { Writing } from './write-context.ts'

/** After so long without a letter, in milliseconds: nobody is told of a word they are in the middle of. */
const pauseMs = 600

/** What is to be seen to in the document on the page, as it is written now. */
export function useFindings(
  editing: Editing,
  written: WrittenDepartment,
  of: { department: string; name: string },
): Writing['findings'] & { all: readonly Finding[] } {
  const { now } = useEditor()
  const { department, name } = of
  const { edited, index } = written
  const [body, setBody] = useState(() => editing.state().body)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      clearTimeout(timer)
      timer = setTimeout(() => setBody(() => editing.state().body), pauseMs)
    }
    const forget = editing.subscribe(look)
    return () => {
      clearTimeout(timer)
      forget()
    }
  }, [editing])
  return useMemo(() => {
    const documents = withEdited(edited, [{ name, body }])
    const all =
      body === undefined
        ? []
        : checkWriting(documents, index, { department, now: now() }).filter(
            (each) => each.name === name,
          )
    const byPlace = new Map<Place, Finding[]>()
    const countWithin = new Map<Place, number>()
    for (const finding of all) {
      const place = placeOf(finding.path)
      byPlace.set(place, [...(byPlace.get(place) ?? []), finding])
      for (let depth = 1; depth <= finding.path.length; depth++) {
        const outer = placeOf(finding.path.slice(0, depth))
        countWithin.set(outer, (countWithin.get(outer) ?? 0) + 1)
      }
    }
    const none: Finding[] = []
    return {
      all,
      at: (place) => byPlace.get(place) ?? none,
      within: (place) => countWithin.get(place) ?? 0,
    }
  }, [edited, index, body, name, department, now])
}

/** How much there is to see to in a document. */
export interface Counted {
  blocks: number
  warnings: number
}

/** The same for every document of a department, by name. */
export function useDepartmentFindings(
  { edited, index }: WrittenDepartment,
  department: string,
): ReadonlyMap<string, Counted> {
  const { now } = useEditor()
  return useMemo(() => {
    const counted = new Map<string, Counted>()
    const found = checkWriting(edited, index, { now: now(), department })
    for (const { name, severity } of found) {
      if (severity === 'hint') continue
      const before = counted.get(name) ?? { blocks: 0, warnings: 0 }
      counted.set(name, {
        blocks: before.blocks + (severity === 'blocks' ? 1 : 0),
        warnings: before.warnings + (severity === 'warning' ? 1 : 0),
      })
    }
    return counted
  }, [edited, index, department, now])
}
