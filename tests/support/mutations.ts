import fc from 'fast-check'

/** Ways to alter bytes: change, insert, remove, cut, append, swap, repeat. Never gives the same bytes back. */
export function mutationsOf(bytes: Uint8Array): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const at = fc.nat({ max: bytes.length - 1 })
  const byte = fc.integer({ min: 1, max: 255 })
  const some = fc.uint8Array({ minLength: 1, maxLength: 8 })
  const own = new Uint8Array(bytes)
  const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]))
  return fc
    .oneof(
      fc.tuple(at, byte).map(([i, x]) => own.with(i, own[i]! ^ x)),
      fc.tuple(at, fc.nat({ max: 7 })).map(([i, bit]) => own.with(i, own[i]! ^ (1 << bit))),
      fc.tuple(at, some).map(([i, x]) => joined(own.subarray(0, i), x, own.subarray(i))),
      fc
        .tuple(at, at)
        .map(([i, j]) => joined(own.subarray(0, Math.min(i, j)), own.subarray(Math.max(i, j)))),
      at.map((i) => own.slice(0, i)),
      some.map((x) => joined(own, x)),
      fc.tuple(at, at).map(([i, j]) => own.with(i, own[j]!).with(j, own[i]!)),
      fc
        .tuple(at, at)
        .map(([i, j]) => joined(own, own.subarray(Math.min(i, j), Math.max(i, j) + 1))),
      fc
        .constantFrom(' ', '\n', '=', '\ufeff', '\0')
        .map((x) => joined(own, new TextEncoder().encode(x))),
      fc.constantFrom(' ', '\n', '\ufeff').map((x) => joined(new TextEncoder().encode(x), own)),
    )
    .filter((mutated) => Buffer.compare(mutated, own) !== 0)
}
