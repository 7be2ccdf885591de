import { createContext, use } from 'react'
import type { i18n as I18n } from 'i18next'
import type { DeviceState } from '#device/device-state.ts'
import type { Device } from '#device/open-device.ts'
import type { Settings } from '#device/settings.ts'
import type { Sync } from '#sync/sync.ts'
import type { RestoreType } from '#trust/restore-payload.ts'

/** What the editor is handed when it is loaded: the real things, made once in main.tsx. */
export interface EditorParts {
  device: Device
  sync: Sync
  i18n: I18n
  fetch: typeof globalThis.fetch
  now: () => Date
  /** The app's address. */
  base: string
}

/** What is on the phone just now. */
export interface EditorState {
  device: DeviceState
  settings: Settings
  /** What was put in just now, from paper or a link. */
  restored?: { organisation: string; type: RestoreType } | undefined
}

/** What its route gives it. */
export interface EditorProps {
  parts: EditorParts
  state: EditorState
  /** Of the plans that are looked at. */
  organisation: string | undefined
  home: string
  path: string
}

export interface EditorView extends EditorParts {
  state: EditorState
  /** Whose plans are managed here; undefined where the phone has joined none. */
  organisation: DeviceState['organisations'][number] | undefined
  /** Address of the plans, for the way back. */
  home: string
}

export const EditorContext = createContext<EditorView | undefined>(undefined)

export function useEditor(): EditorView {
  const view = use(EditorContext)
  if (view === undefined) throw new Error('no editor above this component')
  return view
}
