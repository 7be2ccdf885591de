/**
 * One tab writes in a document at a time. A browser without locks (private windows of some) lets all: then the
 * last one to store wins.
 */
export interface EditLock {
  /** Gives it up. */
  release(): void
}

function lockName(organisation: string, name: string): string {
  return `planb-edit:${location.pathname}:${organisation}:${name}`
}

/** Whether nobody writes in it now. */
export async function hasLock(organisation: string, name: string): Promise<boolean> {
  const { locks } = navigator as { locks?: LockManager }
  if (locks === undefined) return true
  return locks.request(lockName(organisation, name), { ifAvailable: true }, (lock) => lock !== null)
}

/** How long the tab that writes is given to store what it has, in milliseconds. */
const patienceMs = 1_500

/**
 * Asks to be the one who writes. `take`: from the tab that does, which is asked first and stores what it has;
 * one that does not answer loses it.
 *
 * @param onLost another tab took over: store at once what is not stored, and write no more
 */
export async function takeLock(
  organisation: string,
  name: string,
  options: { take: boolean; onLost: () => Promise<void> },
): Promise<EditLock | 'held'> {
  const { locks } = navigator as { locks?: LockManager }
  if (locks === undefined) return { release: () => undefined }
  const full = lockName(organisation, name)
  const ask = options.take ? [{ signal: AbortSignal.timeout(patienceMs) }, { steal: true }] : [{ ifAvailable: true }] // prettier-ignore
  const channel = new BroadcastChannel(full)
  if (options.take) channel.postMessage('give')
  for (const how of ask) {
    const lock = await hold(locks, full, how, () => void options.onLost())
    if (lock === undefined) continue
    channel.onmessage = () => {
      void options.onLost().then(lock)
    }
    return {
      release: () => {
        channel.close()
        lock()
      },
    }
  }
  channel.close()
  return 'held'
}

/** Holds a lock until the function it gives is called; undefined where it was not to be had. */
function hold(
  locks: LockManager,
  name: string,
  how: LockOptions,
  onStolen: () => void,
): Promise<(() => void) | undefined> {
  return new Promise((give) => {
    let isGiven = false
    let isReleased = false
    locks
      .request(name, how, (lock) => {
        if (lock === null) return undefined
        return new Promise<void>((done) => {
          isGiven = true
          give(() => {
            isReleased = true
            done()
          })
        })
      })
      .catch(() => {
        if (isGiven && !isReleased) onStolen()
      })
      .finally(() => give(undefined))
  })
}
