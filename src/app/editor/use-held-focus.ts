import { useEffect } from 'react'

/**
 * Where the focus goes when what held it is taken off the page: to what came of it, else to the page's title.
 * A browser would put it nowhere, and whoever goes by keyboard or screen reader would begin anew.
 */
export function useHeldFocus(): void {
  useEffect(() => {
    const main = document.querySelector('main')
    if (main === null) return
    let held: Element | undefined
    /** The title, where the focus was put because nothing had come of it yet. */
    let waiting: HTMLElement | undefined
    let outcome: HTMLElement | undefined
    const put = (target: HTMLElement) => {
      target.tabIndex = -1
      target.focus()
    }
    const note = (event: FocusEvent) => {
      held = event.target instanceof Element ? event.target : undefined
      if (held !== waiting) waiting = undefined
      outcome = undefined
    }
    // Somebody who taps beside everything has put it down by intent.
    const putDown = () => (held = waiting = undefined)
    const watch = new MutationObserver((changes) => {
      outcome = outcomeIn(changes) ?? outcome
      const isNowhere = document.activeElement === document.body && held !== undefined
      const isWaiting = waiting !== undefined && document.activeElement === waiting
      if (!isNowhere && !isWaiting) return
      if (outcome?.isConnected === true && (isWaiting || held?.isConnected === false)) put(outcome)
      else if (isWaiting) return
      else if (held instanceof HTMLElement && held.isConnected) {
        // It was out of use while something was done.
        if (!held.matches(':disabled')) held.focus()
      } else {
        waiting = main.querySelector<HTMLElement>('h1') ?? undefined
        if (waiting !== undefined) put(waiting)
      }
    })
    main.addEventListener('focusin', note)
    main.addEventListener('pointerdown', putDown)
    watch.observe(main, { childList: true, subtree: true, attributeFilter: ['disabled'] })
    return () => {
      watch.disconnect()
      main.removeEventListener('focusin', note)
      main.removeEventListener('pointerdown', putDown)
    }
  }, [])
}

/** The last thing that is told among what was added. */
function outcomeIn(changes: readonly MutationRecord[]): HTMLElement | undefined {
  return changes
    .flatMap(({ addedNodes }) => [...addedNodes])
    .flatMap((added) =>
      added instanceof HTMLElement
        ? [added, ...added.querySelectorAll<HTMLElement>('.notice[role="status"]')]
        : [],
    )
    .findLast((each) => each.matches('.notice[role="status"]'))
}
