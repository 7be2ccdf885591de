import type { DeviceContext } from './context.ts'
import { identityRecord, type DeviceIdentity } from './device-identity.ts'
import type { LabelKeeper } from './journal-reader.ts'

/** Name of the record that holds what the person calls this phone in an organisation. */
export const labelRecord = 'label'

export function createLabel(context: DeviceContext, organisation: string): LabelKeeper {
  const { connection } = context.organisation(organisation)
  return {
    get: async () => {
      const row = await connection.read((reader) => reader.get('records', labelRecord))
      return typeof row?.value === 'string' ? row.value : ''
    },
    set: async (label) => {
      const value = label.trim().slice(0, mostCharacters)
      await connection.write((database) =>
        database.table('records').put({ name: labelRecord, value }),
      )
      context.announce('settings')
    },
    device: async () => {
      const row = await connection.read((reader) => reader.get('records', identityRecord))
      return (row?.value as DeviceIdentity | undefined)?.device
    },
  }
}

const mostCharacters = 60
