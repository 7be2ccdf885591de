import { describe, expect, it } from 'vitest'
import { phonesItAddresses } from './phones-it-addresses.ts'

describe('addresses for a firewall', () => {
  it('are those of the app and of each store and mirror, each once', () => {
    expect(
      phonesItAddresses('https://planb.lovasa.se/app/', [
        'store/',
        'https://store.example/planb/',
        'https://mirror.example:8443/a/',
        'https://mirror.example:8443/b/',
      ]),
    ).toEqual([
      { address: 'https://planb.lovasa.se', uses: ['app', 'store'] },
      { address: 'https://store.example', uses: ['store'] },
      { address: 'https://mirror.example:8443', uses: ['store'] },
    ])
  })

  it('are never anything else than web addresses', () => {
    expect(
      phonesItAddresses('https://planb.lovasa.se/', ['javascript:alert(1)', 'http://']),
    ).toEqual([{ address: 'https://planb.lovasa.se', uses: ['app'] }])
  })
})
