import { useEffect, useLayoutEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import { useLive } from '#app/ui/live.tsx'

/**
 * What a browser does by itself between documents, for pages of one document: a new page begins at its
 * top with the focus on its title, so that a screen reader says where one is; one that is returned to
 * is at the line where it was left.
 */
export function usePageChange(): void {
  const [path] = useLocation()
  const live = useLive()
  const pages = live.live ? live.pages : undefined
  const shown = useRef<string>(undefined)
  useLayoutEffect(() => {
    if (pages === undefined) return
    const isFirst = shown.current === undefined
    if (shown.current === path) return
    shown.current = path
    const place = pages.arrive()
    // On the first page the reading copy may have been scrolled already: it is left as it is.
    if (isFirst) {
      if (place !== undefined && window.scrollY === 0) window.scrollTo(0, place.scrollTop)
      return
    }
    window.scrollTo(0, place?.scrollTop ?? 0)
    const isTyping = document.activeElement?.closest('[role="search"]') != null
    if (!isTyping) document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
  }, [path, pages])
  useEffect(() => {
    if (pages === undefined) return
    // Printing shows the whole page: what is folded opens, and closes again afterwards.
    const opened: HTMLDetailsElement[] = []
    const open = () => {
      for (const details of document.querySelectorAll<HTMLDetailsElement>(
        'details.fold:not([open])',
      )) {
        details.open = true
        opened.push(details)
      }
    }
    const close = () => {
      for (const details of opened.splice(0)) details.open = false
    }
    window.addEventListener('beforeprint', open)
    window.addEventListener('afterprint', close)
    return () => {
      window.removeEventListener('beforeprint', open)
      window.removeEventListener('afterprint', close)
    }
  }, [pages])
}
