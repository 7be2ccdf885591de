import { useEffect, useMemo, useRef, useState, type PointerEvent } from 'react'

/** What is being dragged, and before which entry it would fall; the number of entries for the end. */
export interface Drag {
  from: number
  before: number
}

/**
 * Moves entries of a list with a finger or a mouse. Each entry carries `data-row` with its number, its handle
 * `start(index)`. Nothing moves before it is dropped: a line shows where it would fall. Near the edge of the
 * screen the page rolls on.
 */
export function useDrag(options: { onDrop: (from: number, to: number) => void }): {
  drag: Drag | undefined
  list: React.RefObject<HTMLOListElement | null>
  handle: (index: number) => {
    onPointerDown: (event: PointerEvent<HTMLElement>) => void
    onPointerMove: (event: PointerEvent<HTMLElement>) => void
    onPointerUp: () => void
    onPointerCancel: () => void
  }
} {
  const list = useRef<HTMLOListElement>(null)
  const [drag, setDrag] = useState<Drag>()
  const now = useRef<(Drag & { y: number; startY: number; isMoving: boolean }) | undefined>(
    undefined,
  )
  const rolling = useRef(0)
  const onDrop = useRef(options.onDrop)
  useEffect(() => {
    onDrop.current = options.onDrop
  })
  useEffect(() => () => cancelAnimationFrame(rolling.current), [])
  // The same from draw to draw, so that a row is drawn anew only for its own sake.
  const handle = useMemo(() => {
    const look = () => {
      const held = now.current
      if (held === undefined || list.current === null) return
      const box = list.current.getBoundingClientRect()
      const y = Math.min(Math.max(held.y, box.top + 1), box.bottom - 1)
      const row = document
        .elementsFromPoint(box.left + box.width / 2, y)
        .map((element) => element.closest<HTMLElement>('[data-row]'))
        .find((found) => found?.parentElement === list.current)
      if (row === undefined || row === null) return
      const { top, height } = row.getBoundingClientRect()
      const index = Number(row.dataset.row)
      const before = y > top + height / 2 ? index + 1 : index
      if (before === held.before) return
      held.before = before
      setDrag({ from: held.from, before })
    }
    const roll = () => {
      const held = now.current
      if (held === undefined) return
      const edge = 90
      const by = held.y < edge ? held.y - edge : held.y > innerHeight - edge ? held.y - innerHeight + edge : 0 // prettier-ignore
      if (by !== 0 && held.isMoving) {
        scrollBy(0, by / 5)
        look()
      }
      rolling.current = requestAnimationFrame(roll)
    }
    const end = (isDropped: boolean) => {
      const held = now.current
      now.current = undefined
      cancelAnimationFrame(rolling.current)
      setDrag(undefined)
      if (held === undefined || !isDropped || !held.isMoving) return
      const to = held.before > held.from ? held.before - 1 : held.before
      if (to !== held.from) onDrop.current(held.from, to)
    }
    return (index: number) => ({
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        const y = event.clientY
        now.current = { from: index, before: index, y, startY: y, isMoving: false }
        rolling.current = requestAnimationFrame(roll)
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        const held = now.current
        if (held === undefined) return
        held.y = event.clientY
        // A tap trembles: it is no dragging yet.
        if (!held.isMoving && Math.abs(held.y - held.startY) < 6) return
        held.isMoving = true
        look()
      },
      onPointerUp: () => end(true),
      onPointerCancel: () => end(false),
    })
  }, [])
  return { drag, list, handle }
}
