import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { utf8 } from './bytes.ts'
import { deriveSealKey, importEpochKey } from './epoch-key.ts'
import { open, openCompressed, seal, sealCompressed, type SealContext } from './seal.ts'

const code = (code: string) => expect.objectContaining({ code })
const context: SealContext = {
  organisation: 'a'.repeat(64),
  department: 'hemtjanst',
  epoch: 1,
  kind: 'pack',
}
const epochBytes = new Uint8Array(randomBytes(32))
let key: CryptoKey

beforeAll(async () => {
  key = await deriveSealKey(await importEpochKey(epochBytes, { extractable: false }), 'content')
})

/** Seals a plaintext as it is given, as a publisher's hostile app might. */
async function sealRaw(plain: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const iv = new Uint8Array(12)
  const additionalData = utf8(`planb1|${context.organisation}|hemtjanst|1|pack`)
  const cipher = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, plain)
  return new Uint8Array([...iv, ...new Uint8Array(cipher)])
}

describe('sealing', () => {
  it('[T20] opens again, for content of every size', async () => {
    for (const size of [0, 1, 1019, 1020, 1021, 5000, 100_000]) {
      const bytes = new Uint8Array(randomBytes(size))
      const sealed = await sealCompressed(bytes, key, context)
      expect((sealed.length - 28) % 1024).toBe(0)
      expect(await openCompressed(sealed, key, context, 200_000)).toEqual(bytes)
    }
  })

  it('[T20] has the stated layout', async () => {
    const bytes = utf8('text '.repeat(1000))
    const sealed = await sealCompressed(bytes, key, context)
    const additionalData = utf8(`planb1|${context.organisation}|hemtjanst|1|pack`)
    const algorithm = { name: 'AES-GCM', iv: sealed.subarray(0, 12), additionalData }
    const plain = Buffer.from(await crypto.subtle.decrypt(algorithm, key, sealed.subarray(12)))
    const { inflateRawSync } = await import('node:zlib')
    expect(inflateRawSync(plain.subarray(4, 4 + plain.readUInt32BE(0)))).toEqual(Buffer.from(bytes))
  })

  it('[T20] seals entries in multiples of 512, uncompressed', async () => {
    const entry = { ...context, kind: 'entry' } as const
    const sealed = await seal(utf8('hej'), key, entry, 512)
    expect(sealed.length).toBe(12 + 512 + 16)
    expect(await open(sealed, key, entry, 512)).toEqual(utf8('hej'))
  })

  it('[T21] opens in no other place, with no other key', async () => {
    const sealed = await sealCompressed(utf8('hej'), key, context)
    const places: Partial<SealContext>[] = [
      { organisation: 'b'.repeat(64) },
      { department: 'gemensamt' },
      { epoch: 2 },
      { kind: 'manifest' },
    ]
    for (const place of places) {
      await expect(openCompressed(sealed, key, { ...context, ...place }, 100)).rejects.toEqual(
        code('seal-refused'),
      )
    }
    const epochKey = await importEpochKey(epochBytes, { extractable: false })
    const journal = await deriveSealKey(epochKey, 'journal')
    await expect(openCompressed(sealed, journal, context, 100)).rejects.toEqual(
      code('seal-refused'),
    )
  })

  it('[T21] stops inflating at the stated size', async () => {
    const bomb = await sealCompressed(new Uint8Array(50_000_000), key, context)
    expect(bomb.length).toBeLessThan(60_000)
    await expect(openCompressed(bomb, key, context, 1_000_000)).rejects.toEqual(
      code('inflate-too-large'),
    )
    const exact = await sealCompressed(new Uint8Array(5000), key, context)
    expect(await openCompressed(exact, key, context, 5000)).toHaveLength(5000)
    await expect(openCompressed(exact, key, context, 4999)).rejects.toEqual(
      code('inflate-too-large'),
    )
  })

  it('[T21] refuses other lengths, other padding, no deflate data', async () => {
    const sealed = await sealCompressed(utf8('hej'), key, context)
    for (const length of [0, 28, 1051]) {
      await expect(openCompressed(sealed.subarray(0, length), key, context, 100)).rejects.toEqual(
        code('seal-malformed'),
      )
    }
    const hidden = new Uint8Array(1024)
    hidden[1023] = 1
    await expect(openCompressed(await sealRaw(hidden), key, context, 100)).rejects.toEqual(
      code('seal-malformed'),
    )
    await expect(
      openCompressed(await sealRaw(new Uint8Array(2048)), key, context, 100),
    ).rejects.toEqual(code('seal-malformed'))
    const beyond = new Uint8Array(1024).fill(255)
    await expect(openCompressed(await sealRaw(beyond), key, context, 100)).rejects.toEqual(
      code('seal-malformed'),
    )
    const noise = new Uint8Array(1024)
    noise.set([0, 0, 0, 4, 7, 7, 7, 7])
    await expect(openCompressed(await sealRaw(noise), key, context, 100)).rejects.toEqual(
      code('inflate-failed'),
    )
  })

  it('[T22] keeps a reader’s epoch key where it cannot be read, and survives being stored', async () => {
    const reader = await importEpochKey(epochBytes, { extractable: false })
    expect(reader.bytes).toBeUndefined()
    expect(reader.base.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('raw', reader.base)).rejects.toThrow()
    const publisher = await importEpochKey(epochBytes, { extractable: true })
    expect(publisher.bytes).toEqual(epochBytes)
    const stored = structuredClone(reader)
    const sealed = await sealCompressed(utf8('hej'), key, context)
    expect(
      await openCompressed(sealed, await deriveSealKey(stored, 'content'), context, 9),
    ).toEqual(utf8('hej'))
    await expect(importEpochKey(new Uint8Array(31), { extractable: false })).rejects.toThrow(
      RangeError,
    )
  })
})
