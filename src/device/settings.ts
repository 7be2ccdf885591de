import type { DeviceContext } from './context.ts'

/** What this phone was told. Departments are named `<organisation>/<department>`. */
export interface Settings {
  language: 'sv' | 'en'
  scheme: 'auto' | 'light' | 'dark'
  /** Shown merged, for the night. */
  together: string[]
  /** The department that is shown at start; absent: the merged view, or the only one. */
  last?: string
  /** Whether the person was asked what this phone is called. */
  nameOffered?: boolean
  /** When the host last said that the app's code is its newest, RFC 3339. */
  codeCheckedAt?: string
}

const settingsRecord = 'settings'
const unset: Settings = { language: 'sv', scheme: 'auto', together: [] }

export interface SettingsKeeper {
  /** What is set; the defaults where nothing is, also when the database does not answer. */
  get(): Promise<Settings>
  /** Changes what is named; `last: undefined` takes it away. @throws DeviceError */
  set(change: Partial<Settings>): Promise<void>
}

/** @param usual the language where nobody has chosen one */
export function createSettings(
  context: DeviceContext,
  usual: Settings['language'] = unset.language,
): SettingsKeeper {
  return {
    get: async () => {
      const row = await context.phone
        .read((reader) => reader.get('records', settingsRecord))
        .catch(() => undefined)
      return { ...unset, language: usual, ...(row?.value as Partial<Settings> | undefined) }
    },
    set: async (change) => {
      await context.phone.write((database) =>
        database.transaction('rw', ['records'], async () => {
          const row = (await database.table('records').get(settingsRecord)) as
            { value: Partial<Settings> } | undefined
          const value = { ...row?.value, ...change }
          await database.table('records').put({ name: settingsRecord, value })
        }),
      )
      context.announce('settings')
    },
  }
}
