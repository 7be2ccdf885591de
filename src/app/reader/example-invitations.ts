/** What `npm start` serves beside the app: links into the example organisation. */
export interface ExampleInvitations {
  /** Join link by department id. */
  invitations: Record<string, string>
  coordinator?: string
}

/**
 * Asks whether an example is served here (`GET ./example.json`). Any other answer, a 404 of a real
 * host or a captive portal's page, means no.
 */
export async function findExample(
  base: string,
  fetch: typeof globalThis.fetch,
): Promise<ExampleInvitations | undefined> {
  try {
    const response = await fetch(new URL('example.json', base), {
      redirect: 'error',
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(5_000),
    })
    if (!response.ok || !(response.headers.get('content-type') ?? '').includes('json'))
      return undefined
    const found: unknown = await response.json()
    if (typeof found !== 'object' || found === null || !('invitations' in found)) return undefined
    const { invitations } = found
    if (typeof invitations !== 'object' || invitations === null) return undefined
    const links = Object.entries(invitations).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    )
    if (links.length === 0) return undefined
    const coordinator = 'coordinator' in found ? found.coordinator : undefined
    return {
      invitations: Object.fromEntries(links),
      ...(typeof coordinator === 'string' ? { coordinator } : {}),
    }
  } catch {
    return undefined
  }
}
