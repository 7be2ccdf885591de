import { describe, expect, it, vi } from 'vitest'
import { createAddressSource, readAddress } from './hash-location.ts'

describe('reading an address', () => {
  it('takes path and query out of the hash', () => {
    expect(readAddress('#/d/hemtjanst/routine/tes-korlista')).toEqual({
      path: '/d/hemtjanst/routine/tes-korlista',
      search: '',
    })
    expect(readAddress('#/search?q=k%C3%B6r?')).toEqual({ path: '/search', search: 'q=k%C3%B6r?' })
  })

  it('takes an empty hash, and slashes at the end, as they are meant', () => {
    expect(readAddress('')).toEqual({ path: '/', search: '' })
    expect(readAddress('#')).toEqual({ path: '/', search: '' })
    expect(readAddress('#/')).toEqual({ path: '/', search: '' })
    expect(readAddress('#/d/hemtjanst//')).toEqual({ path: '/d/hemtjanst', search: '' })
  })

  it('leaves a fragment that is no address alone', () => {
    expect(readAddress('#content')).toBeUndefined()
  })
})

describe('the address of a window', () => {
  it('keeps the query out of what a host would see', () => {
    const { window, urls } = fakeWindow('#/')
    createAddressSource(window).go('/search?q=tes')
    expect(urls).toEqual(['push #/search?q=tes'])
  })

  it('tells listeners once of each new address, and not of fragments', () => {
    const { window, change } = fakeWindow('#/')
    const source = createAddressSource(window)
    const listener = vi.fn()
    source.subscribe(listener)
    change('#/ready')
    change('#content')
    change('#/ready')
    expect(listener).toHaveBeenCalledTimes(1)
    expect(source.get().path).toBe('/ready')
  })

  it('does not pile up history for the page one is on', () => {
    const { window, urls } = fakeWindow('#/ready')
    const source = createAddressSource(window)
    source.go('/ready')
    source.go('/search?q=a', { replace: true })
    expect(urls).toEqual(['replace #/search?q=a'])
    expect(source.get().search).toBe('q=a')
  })
})

/** The few parts of a window that are used, kept by hand: unit tests run without a browser. */
function fakeWindow(hash: string) {
  const urls: string[] = []
  const events = new EventTarget()
  const location = { hash }
  const set = (kind: string) => (_state: unknown, _title: string, url: string) => {
    urls.push(`${kind} ${url}`)
    location.hash = url
  }
  const window = {
    location,
    history: { state: null, pushState: set('push'), replaceState: set('replace') },
    addEventListener: events.addEventListener.bind(events),
  } as unknown as Window
  const change = (next: string) => {
    location.hash = next
    events.dispatchEvent(new Event('hashchange'))
  }
  return { window, urls, change }
}
