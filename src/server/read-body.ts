import { ServerError } from './server-error.ts'

/**
 * Reads a request's body and stops at a cap, whatever Content-Length says or leaves out.
 *
 * @param limits.onBytes told of each piece that arrives; what it throws ends the reading
 * @param limits.ms the whole body has to arrive within it: a sender of one byte a second holds no place
 * @throws ServerError `too-large` (413), `too-slow` (408)
 */
export async function readBody(
  request: Request,
  limits: { bytes: number; ms: number; onBytes?: (count: number) => void },
): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () =>
    new ServerError('too-large', 413, `more than ${limits.bytes} bytes were sent`)
  if (Number(request.headers.get('content-length') ?? 0) > limits.bytes) throw tooLarge()
  if (!request.body) return new Uint8Array(0)

  const reader = request.body.getReader()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new ServerError('too-slow', 408, 'the body did not arrive in time')),
      limits.ms,
    )
  })
  try {
    const chunks: Uint8Array[] = []
    let length = 0
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late])
      if (done) break
      length += value.length
      if (length > limits.bytes) throw tooLarge()
      limits.onBytes?.(value.length)
      chunks.push(value)
    }
    return join(chunks, length)
  } catch (error) {
    // Not awaited: the sender may never let go.
    void reader.cancel().catch(() => undefined)
    throw error
  } finally {
    clearTimeout(timer)
  }
}

function join(chunks: Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}
