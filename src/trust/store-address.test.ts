import { describe, expect, it } from 'vitest'
import { isAbsoluteAddress, isStoreAddress } from './store-address.ts'

describe('[T32] addresses of stores', () => {
  it('are http(s), without user or password', () => {
    for (const text of [
      'https://a.example/store/',
      'http://127.0.0.1:4173/',
      'https://a.example',
      'https://a.example/@x',
    ]) {
      expect(isAbsoluteAddress(text), text).toBe(true)
    }
    for (const text of [
      'javascript:alert(1)',
      'data:,x',
      'ftp://a.example',
      'https://u:p@a.example/',
      'https://u@a.example',
      'https://',
      'https://a b',
      '//a.example',
      'store/',
      'https:\\\\a.example',
    ]) {
      expect(isAbsoluteAddress(text), text).toBe(false)
    }
  })

  it('may be relative to the app', () => {
    for (const text of ['store/', './store/', '/store/', '../store/'])
      expect(isStoreAddress(text), text).toBe(true)
    for (const text of ['', '//a.example/', 'javascript:alert(1)', 'a b'])
      expect(isStoreAddress(text), text).toBe(false)
  })
})
