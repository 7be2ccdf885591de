import type { DeviceState } from '#device/device-state.ts'
import { currentReadingCopyPage } from '#device/reading-copy/reading-copy.ts'

/**
 * Whether the reading copy of a page has to stay on the screen, since the app could only say that there
 * is nothing: the database does not answer, was emptied by the browser, or neither of a department's
 * releases opens. A phone that left its last department has no copy either, so nothing comes back by this.
 */
export async function copyShowsMore(options: {
  caches: CacheStorage
  scope: string
  state: Pick<DeviceState, 'departments' | 'problem'>
  /** Hash address without `#` and query. */
  path: string
}): Promise<boolean> {
  const { caches, scope, state, path } = options
  if (canShow(state, path)) return false
  const page = await currentReadingCopyPage(caches, scope, path).catch(() => undefined)
  return page !== undefined
}

function canShow(
  { departments, problem }: Pick<DeviceState, 'departments' | 'problem'>,
  path: string,
) {
  const named = /^\/d\/([^/]+)/.exec(path)?.[1]
  const asked = departments.filter(({ department }) => named === undefined || department === named)
  // What the phone is no member of was left or taken away, unless membership itself cannot be read.
  if (asked.length === 0) return departments.length > 0 && problem === undefined
  return asked.some(({ release, note }) => release !== undefined || note?.code !== 'damaged')
}

export interface StayParts {
  root: HTMLElement
  /** Why, in words for the person; a way to join again where everything was emptied. */
  title: string
  text: string
  join: string | undefined
  /** Whether the copy still shows more than the app could. */
  isNeeded: () => Promise<boolean>
  /** Calls when that may have changed: another address, news in the database, a return to the app. */
  watch: (look: () => void) => () => void
}

/** Leaves the copy on the screen, says so above it, and resolves when the app can show more. */
export function stayWithCopy(parts: StayParts): Promise<void> {
  const { root, isNeeded } = parts
  const note = root.ownerDocument.createElement('div')
  note.className = 'cannot-start'
  note.setAttribute('role', 'status')
  const add = (tag: 'p' | 'a', text: string) => {
    const element = root.ownerDocument.createElement(tag)
    element.textContent = text
    note.append(element)
    return element
  }
  add('p', parts.title)
  add('p', parts.text)
  if (parts.join !== undefined) add('a', parts.join).setAttribute('href', '#/join')
  root.before(note)
  return new Promise((resolve) => {
    let isOver = false
    const look = async () => {
      if (isOver || (await isNeeded()) || isOver) return
      isOver = true
      forget()
      note.remove()
      resolve()
    }
    const forget = parts.watch(() => void look())
  })
}
