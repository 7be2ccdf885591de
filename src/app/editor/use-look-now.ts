import { useEffect } from 'react'
import { useEditor } from './editor-parts.ts'

/** How often the stores are asked while the page is looked at, in milliseconds. */
const lookEvery = 15_000

/**
 * Asks the stores anew on arrival and while the page is looked at: what other phones tell comes with full
 * rounds only, and whoever stands beside a new phone waits for it to show.
 */
export function useLookNow(): void {
  const { sync } = useEditor()
  useEffect(() => {
    void sync.syncNow('asked')
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void sync.syncNow('asked')
    }, lookEvery)
    return () => clearInterval(timer)
  }, [sync])
}
