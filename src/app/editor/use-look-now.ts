import { useEffect } from 'react'
import { useEditor } from './editor-parts.ts'

/** Asks the stores anew on arrival: what others have told may be later than the last round. */
export function useLookNow(): void {
  const { sync } = useEditor()
  useEffect(() => {
    void sync.syncNow('asked')
  }, [sync])
}
