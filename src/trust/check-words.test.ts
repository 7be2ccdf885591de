import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkWordList } from './check-word-list.ts'
import { checkWords } from './check-words.ts'
import { createSigningKey, hashOfKey } from './keys.ts'

describe('[T50] check words', () => {
  it('are ten bits a word, from the first 80 bits', () => {
    const hash = '031e875957e8af26f57d716893b833e825924387ccfa828c3b548f07edeecdad'
    const bits = BigInt(`0x${hash.slice(0, 20)}`)
      .toString(2)
      .padStart(80, '0')
    const expected = bits.match(/.{10}/g)!.map((ten) => checkWordList[Number.parseInt(ten, 2)])
    expect(checkWords(hash)).toEqual(expected)
    expect(checkWords(hash.slice(0, 20).padEnd(64, 'f'))).toEqual(expected)
    expect(checkWords('f'.repeat(64))).toEqual(Array.from({ length: 8 }, () => checkWordList[1023]))
  })

  it('differ when one bit differs', async () => {
    const words = new Set<string>()
    for (let i = 0; i < 200; i++)
      words.add(checkWords(createHash('sha256').update(String(i)).digest('hex')).join())
    expect(words.size).toBe(200)
    const key = await createSigningKey({ extractable: false })
    expect(checkWords(await hashOfKey(key.kid))).toHaveLength(8)
  })

  it('come from a list that never changes', () => {
    const digest = createHash('sha256').update(checkWordList.join(' ')).digest('hex')
    expect(digest).toBe('4f77d39af28149988cc81f7765c3382fc13397c9d393b00f0c5eb330216b32de')
  })

  it('are short, distinct and hard to mishear', () => {
    expect(checkWordList).toHaveLength(1024)
    expect(new Set(checkWordList.map((word) => word.slice(0, 4))).size).toBe(1024)
    for (const word of checkWordList) expect(word).toMatch(/^[a-zåäö]{3,8}$/)
    for (const [i, word] of checkWordList.entries()) {
      for (const other of checkWordList.slice(i + 1)) {
        if (isNear(word, other)) throw new Error(`${word} and ${other}`)
      }
    }
  })
})

/** One letter changed, added or left out, or one the beginning of the other. */
function isNear(a: string, b: string): boolean {
  if (a.startsWith(b) || b.startsWith(a)) return true
  if (Math.abs(a.length - b.length) > 1) return false
  let i = 0
  while (a[i] === b[i]) i++
  return [a.slice(i + 1), a.slice(i)].some((x) => [b.slice(i + 1), b.slice(i)].some((y) => x === y))
}
