import { channelName } from './names.ts'
import type { DeviceChange } from './context.ts'

export interface Changes {
  announce(change: DeviceChange): void
  onChange(listener: (change: DeviceChange) => void): () => void
  close(): void
}

/**
 * Tells listeners of this tab, and those of the others where BroadcastChannel exists. A tab that is not
 * told finds out when it is opened or returned to.
 */
export function createChanges(
  scope: string,
  createChannel: ((name: string) => BroadcastChannel) | undefined,
): Changes {
  const listeners = new Set<(change: DeviceChange) => void>()
  const channel = createChannel?.(channelName(scope))
  const tell = (change: DeviceChange) => {
    for (const listener of listeners) listener(change)
  }
  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      // A tab of a newer version may say what this one does not know: then everything may have changed.
      const known = ['content', 'check', 'settings', 'occasions', 'journal', 'drafts'] as const
      tell(known.find((change) => change === data) ?? 'content')
    }
  }
  return {
    announce: (change) => {
      tell(change)
      try {
        channel?.postMessage(change)
      } catch {
        // Closed together with the page: nobody is left to be told.
      }
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => {
      listeners.clear()
      channel?.close()
    },
  }
}
