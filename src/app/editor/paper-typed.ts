import { useMemo } from 'react'
import { toTypedText } from '#trust/typed-text.ts'

/** A payload as lines to type. */
export function useTypedLines(payload: string | undefined): readonly string[] {
  return useMemo(() => (payload === undefined ? [] : toTypedText(payload)), [payload])
}
