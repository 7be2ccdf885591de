import { createContext, use } from 'react'

/** What was just done, said on the page and to a screen reader, with a way back where there is one. */
export interface Note {
  text: string
  undo?: () => void
}

export const NotesContext = createContext<(note: Note) => void>(() => undefined)

export function useNotes(): (note: Note) => void {
  return use(NotesContext)
}
