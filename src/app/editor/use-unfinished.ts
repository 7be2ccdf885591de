import { useEffect, useRef, useState } from 'react'
import { followStoreRoot } from '#sync/manage/follow-store-root.ts'
import { unfinishedDepartments, type Unfinished } from '#sync/manage/unfinished.ts'
import type { Kid } from '#trust/keys.ts'
import { useEditor } from './editor-parts.ts'
import { openOffice } from './office.ts'
import { useAuthority } from './use-authority.ts'

/** What was begun when one key went and is not finished. */
export interface UnfinishedByKey extends Pick<Unfinished, 'gone' | 'role' | 'isUnsaid'> {
  departments: { id: string; title: string }[]
}

/**
 * [M13] Departments that a revocation has left without a signed version, by what the store says now; none where it
 * cannot be asked. Asked anew when this phone learns of another root or version.
 */
export function useUnfinished(): { unfinished: readonly UnfinishedByKey[]; again: () => void } {
  const editor = useEditor()
  const organisation = editor.organisation?.id
  const root = useAuthority().value?.root.hash
  const [unfinished, setUnfinished] = useState<readonly UnfinishedByKey[]>([])
  const [round, setRound] = useState(0)
  const latest = useRef(editor)
  useEffect(() => {
    latest.current = editor
  })
  const held = editor.state.device.departments
    .map(({ department, release }) => `${department} ${release?.gen}`)
    .join()
  useEffect(() => {
    if (organisation === undefined || root === undefined) return
    let isOver = false
    const look = async () => {
      const office = await openOffice(latest.current, organisation)
      const newest = await followStoreRoot(office.store, office.root)
      const found = await unfinishedDepartments(office, newest)
      const titleOf = (id: string) => newest.departments[id]?.title ?? id
      if (!isOver) setUnfinished(byKey(found, titleOf))
    }
    look().catch(() => {
      if (!isOver) setUnfinished([])
    })
    return () => {
      isOver = true
    }
  }, [organisation, root, held, round])
  return { unfinished, again: () => setRound(round + 1) }
}

/** One question for all that one key has left. */
function byKey(found: readonly Unfinished[], titleOf: (id: string) => string): UnfinishedByKey[] {
  const groups = new Map<Kid, UnfinishedByKey>()
  for (const { department, gone, role, isUnsaid } of found) {
    const group = groups.get(gone) ?? { gone, role, isUnsaid: false, departments: [] }
    group.departments.push({ id: department, title: titleOf(department) })
    groups.set(gone, { ...group, isUnsaid: group.isUnsaid || isUnsaid })
  }
  return [...groups.values()]
}
