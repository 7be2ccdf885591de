export type Encoding = 'br' | 'gzip' | 'identity'

/**
 * The smallest encoding a client takes, of those there are (RFC 9110, 12.5.3). `identity` when it
 * takes none of them: refusing to answer would help nobody.
 *
 * @param header Accept-Encoding; absent means that anything goes, and plain is safest
 */
export function negotiateEncoding(
  header: string | undefined,
  available: readonly Encoding[],
): Encoding {
  if (header === undefined) return 'identity'
  const qualityByName = new Map<string, number>()
  for (const part of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim())
    const quality = parameters.find((parameter) => /^q\s*=/.test(parameter))
    const value = quality === undefined ? 1 : Number(quality.split('=')[1])
    if (name !== '') qualityByName.set(name, Number.isFinite(value) ? value : 0)
  }
  const qualityOf = (name: Encoding) => qualityByName.get(name) ?? qualityByName.get('*') ?? 0
  for (const encoding of ['br', 'gzip'] as const) {
    if (available.includes(encoding) && qualityOf(encoding) > 0) return encoding
  }
  return 'identity'
}
