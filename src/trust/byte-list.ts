import { utf8, textOf, type Bytes } from './bytes.ts'

/** Appends numbers, bytes and short texts, one after another. */
export function createByteWriter() {
  const bytes: number[] = []
  const writer = {
    byte: (value: number) => void bytes.push(value),
    raw: (value: Uint8Array) => void bytes.push(...value),
    /** Seven bits a byte, low ones first (LEB128): 1 byte below 128. */
    count: (value: number) => {
      let rest = value
      for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
      bytes.push(rest)
    },
    text: (value: string) => {
      const encoded = utf8(value)
      if (encoded.length > 255) throw new RangeError('longer than 255 bytes')
      bytes.push(encoded.length, ...encoded)
    },
    done: (): Bytes => Uint8Array.from(bytes),
  }
  return writer
}

/** Reads what the writer wrote. @throws RangeError where the bytes end too soon or a number is too long */
export function createByteReader(bytes: Bytes) {
  let at = 0
  const raw = (length: number): Bytes => {
    if (at + length > bytes.length) throw new RangeError('ends too soon')
    at += length
    return bytes.slice(at - length, at)
  }
  const byte = () => raw(1)[0]!
  return {
    raw,
    byte,
    count: () => {
      let value = 0
      for (let place = 1; place <= 128 ** 5; place *= 128) {
        const next = byte()
        value += (next & 127) * place
        if (next < 128) return value
      }
      throw new RangeError('number too long')
    },
    text: () => textOf(raw(byte())),
    atEnd: () => at === bytes.length,
  }
}
