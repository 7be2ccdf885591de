/**
 * Remembers whether the current build has ever started. Each start page handed out counts as an
 * attempt until the page reports that it started; after three attempts without a report the build is
 * given up and the one before it is shown, as long as it is kept.
 */
const attemptsAllowed = 3

interface BootRecordOptions {
  caches: CacheStorage
  scope: URL
  build: string
}

export function createBootRecord({ caches, scope, build }: BootRecordOptions) {
  const cacheName = `planb-boot:${scope.pathname}`
  const url = new URL(`boot-record?build=${build}`, 'https://shell.invalid/').href

  async function read(): Promise<{ attempts: number; booted: boolean }> {
    try {
      const response = await caches.match(url, { cacheName })
      if (response) return (await response.json()) as { attempts: number; booted: boolean }
    } catch {
      // Not being able to read the record must not keep a page from being shown.
    }
    return { attempts: 0, booted: false }
  }

  async function write(value: { attempts: number; booted: boolean }): Promise<void> {
    const cache = await caches.open(cacheName)
    for (const key of await cache.keys()) if (key.url !== url) await cache.delete(key)
    await cache.put(url, new Response(JSON.stringify(value)))
  }

  return {
    async isGivenUp(): Promise<boolean> {
      const { attempts, booted } = await read()
      return !booted && attempts >= attemptsAllowed
    },
    /** Counts one more start page handed out. Never throws. */
    async countAttempt(): Promise<void> {
      try {
        const value = await read()
        if (!value.booted) await write({ ...value, attempts: value.attempts + 1 })
      } catch {
        // A full disk only means that the count stays.
      }
    },
    async markBooted(): Promise<void> {
      const value = await read()
      if (!value.booted) await write({ attempts: 0, booted: true })
    },
  }
}
