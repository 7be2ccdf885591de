import { createContext, use } from 'react'
import type { ReaderActions, ReaderState } from './reader-state.ts'

export interface Reader {
  state: ReaderState
  actions: ReaderActions
}

export const ReaderContext = createContext<Reader | undefined>(undefined)

export function useReader(): Reader {
  const reader = use(ReaderContext)
  if (reader === undefined) throw new Error('no reader above this component')
  return reader
}
