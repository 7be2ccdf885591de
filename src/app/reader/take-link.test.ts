import { describe, expect, it } from 'vitest'
import { takeLink } from './take-link.ts'

function windowAt(hash: string) {
  const shown: string[] = []
  const location = { hash, href: `https://planb.example/${hash}` } as Location
  const history = {
    state: null,
    replaceState: (_state: unknown, _title: string, url: string) => shown.push(url),
  } as unknown as History
  return { window: { location, history }, shown }
}

describe('a link in the address bar', () => {
  it('leaves it at once, and is kept whole', () => {
    const { window, shown } = windowAt('#/join/JabcDEF')
    expect(takeLink(window)).toEqual({
      kind: 'join',
      text: 'https://planb.example/#/join/JabcDEF',
    })
    expect(shown).toEqual(['#/join'])
  })

  it('is known in the shapes mail gateways give it', () => {
    expect(takeLink(windowAt('#%2Fjoin%2FJabc').window)?.kind).toBe('join')
    expect(takeLink(windowAt('#%23/restore/Rabc').window)?.kind).toBe('restore')
    expect(takeLink(windowAt('#join/Jabc').window)?.kind).toBe('join')
  })

  it('is not every address', () => {
    for (const hash of ['', '#/', '#/join', '#/join/', '#/d/join/x', '#/joiner/x']) {
      const { window, shown } = windowAt(hash)
      expect(takeLink(window)).toBeUndefined()
      expect(shown).toEqual([])
    }
  })
})
