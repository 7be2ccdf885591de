import { describe, expect, it } from 'vitest'
import * as layout from './layout.ts'
import { StoreError } from './store.ts'

const hash = 'a'.repeat(64)
const device = 'A'.repeat(43)

describe('layout', () => {
  it('reads back what it writes, for each kind', () => {
    expect(layout.parseStorePath(layout.rootPath(12))).toEqual({ kind: 'root', n: 12 })
    expect(layout.headPath('hemtjanst', 1, 2)).toBe('d/hemtjanst/head/0001-0000000002.jws')
    expect(layout.parseStorePath(layout.headPath('hemtjanst', 9999, 9_999_999_999))).toEqual({
      kind: 'head',
      department: 'hemtjanst',
      gen: 9999,
      v: 9_999_999_999,
    })
    expect(layout.parseStorePath(layout.latestPath('a'))).toEqual({
      kind: 'latest',
      department: 'a',
    })
    expect(layout.parseStorePath(layout.beatPath('a-b'))).toEqual({
      kind: 'beat',
      department: 'a-b',
    })
    expect(layout.parseStorePath(layout.logPath('a', device, 7))).toEqual({
      kind: 'log',
      department: 'a',
      device,
      n: 7,
    })
    expect(layout.parseStorePath(layout.blobPath(hash))).toEqual({ kind: 'blob', hash })
  })

  it.each([
    '',
    '/',
    'b',
    'b/',
    `b/${hash}/`,
    `b/${hash}\n`,
    `b/${'A'.repeat(64)}`,
    `b/${'a'.repeat(63)}`,
    `/b/${hash}`,
    `./b/${hash}`,
    `b/../b/${hash}`,
    `b//${hash}`,
    `b\\${hash}`,
    'root/0.jws',
    'root/01.jws',
    'root/1.jws ',
    'root/1.json',
    'root/1e3.jws',
    'd/../latest',
    'd/Hemtjanst/latest',
    'd/hemtjänst/latest',
    'd/-a/latest',
    'd/a-/latest',
    'd/a--b/latest',
    `d/${'a'.repeat(65)}/latest`,
    'd/a/b/latest',
    'd/a/latest/',
    'd/a/head/1-2.jws',
    'd/a/head/0000-0000000001.jws',
    'd/a/head/0001-0000000000.jws',
    'd/a/head/0001-00000000001.jws',
    'd/a/log/short/1.jws',
    `d/a/log/${device}/0.jws`,
    'secret/keys.json',
    '../secret/keys.json',
    '.incoming/x',
  ])('knows nothing of %j', (path) => {
    expect(layout.parseStorePath(path)).toBeUndefined()
  })

  it('takes what a department is called up to 64 characters', () => {
    expect(layout.parseStorePath(`d/${'a'.repeat(64)}/latest`)).toBeDefined()
  })

  it('makes no path that it would not read', () => {
    for (const make of [
      () => layout.rootPath(0),
      () => layout.rootPath(1.5),
      () => layout.headPath('a', 0, 1),
      () => layout.headPath('a', 10_000, 1),
      () => layout.headPath('a', 1, 10_000_000_000),
      () => layout.headPath('../a', 1, 1),
      () => layout.headFolder('..'),
      () => layout.logFolder('..'),
      () => layout.latestPath('A'),
      () => layout.blobPath('x'),
    ]) {
      expect(make).toThrow(StoreError)
    }
  })

  it('reads latest, with or without a line break, and nothing else', () => {
    expect(layout.parseVersionName('0001-0000000002')).toEqual({ gen: 1, v: 2 })
    expect(layout.parseVersionName('9999-9999999999\n')).toEqual({ gen: 9999, v: 9_999_999_999 })
    for (const text of ['', '1-2', '0001-0000000000', '0000-0000000001', '<!doctype html>']) {
      expect(layout.parseVersionName(text)).toBeUndefined()
    }
  })
})
