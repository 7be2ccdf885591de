import type { Device } from '#device/open-device.ts'
import { createPublishQueue, type PublishQueue, type QueueParts } from './publish-queue.ts'

/** One for a window: made with the window's own things when it is first asked for. */
const queueByDevice = new WeakMap<Device, PublishQueue>()

/** The queue of this window. What waits is looked for when it is made. */
export function queueOf(parts: QueueParts): PublishQueue {
  const held = queueByDevice.get(parts.device)
  if (held !== undefined) return held
  const queue = createPublishQueue(parts, {
    ...('locks' in navigator ? { locks: navigator.locks } : {}),
    lockName: `planb-publish:${new URL(parts.base).pathname}`,
    after(ms, run) {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    onReturn(listener) {
      addEventListener('online', listener)
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible') listener()
      })
    },
  })
  queueByDevice.set(parts.device, queue)
  queue.kick()
  return queue
}
