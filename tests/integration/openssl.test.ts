import { spawnSync } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resignHead } from '#release/resign-head.ts'
import { publishRelease } from '#release/publish.ts'
import { verifyStore } from '#release/verify-store.ts'
import { createDirectoryStore } from '#store/directory.ts'
import { blobPath, headPath, rootPath } from '#store/layout.ts'
import { approvePublisher, replaceRootKey } from '#trust/change-root.ts'
import { createAgreementKey, createSigningKey, type SigningKey } from '#trust/keys.ts'
import { signRoot, verifyNextRoot, type VerifiedRoot } from '#trust/root.ts'
import type { Root } from '#trust/root-schema.ts'
import { createTestOrganisation, type TestOrganisation } from '../support/organisation.ts'

const department = 'hemtjanst'
const document = resolve(import.meta.dirname, '../../docs/verify-without-plan-b.md')
const issued = new Date('2026-05-01T08:00:00Z')
let folder: string
let command: string
let organisation: TestOrganisation
let root: VerifiedRoot
let thirdRootKey: SigningKey

/**
 * A store with a history: root 2 lets 60 managers in (so that it is long), root 3 replaces a root key, and the
 * head is signed again.
 */
beforeAll(async () => {
  const version = spawnSync('openssl', ['version'])
  if (version.error) throw new Error('openssl is missing: apt-get install openssl')
  command = /^```sh\n([\s\S]*?)^```$/m.exec(await readFile(document, 'utf8'))![1]!
  folder = await mkdtemp(join(tmpdir(), 'planb-openssl-'))
  const store = createDirectoryStore(join(folder, 'data/store'))
  organisation = await createTestOrganisation()
  const { release } = await organisation.publish(store, department)
  ;({ root } = organisation)
  const add = async (next: Root, keys: SigningKey[]) => {
    const { bytes } = await signRoot(next, keys)
    root = await verifyNextRoot(bytes, root)
    await store.putIfAbsent(rootPath(root.v), bytes)
  }
  let next: Root = root
  for (let i = 0; i < 60; i++) {
    const manager = await createSigningKey({ extractable: false })
    const agreement = (await createAgreementKey({ extractable: false })).jwk
    const asked = { ...manager, agreement, role: `Chef ${i}`, departments: [department], issued }
    next = { ...approvePublisher({ ...root, ...next } as VerifiedRoot, asked), v: 2 }
  }
  const [first, second, third] = organisation.rootKeys as [SigningKey, SigningKey, SigningKey]
  await add(next, [second])
  thirdRootKey = await createSigningKey({ extractable: true })
  const { jwk } = thirdRootKey
  const replaced = await replaceRootKey(root, { gone: third.kid, jwk, issued })
  await add(replaced, [first, thirdRootKey, second])
  const built = await resignHead({ head: release.head, root, signer: first, issued })
  expect(await publishRelease(store, built)).toBe('published')
  expect((await verifyStore(store)).problems).toEqual([])
}, 60_000)

afterAll(async () => rm(folder, { recursive: true, force: true }))

/** Runs the block of the document as it stands there. */
function run(cwd: string, env: Record<string, string> = { DEPARTMENT: department }) {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
    cwd,
    env: { PATH: process.env.PATH ?? '', TMPDIR: folder, ...env },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

/** The store with one object changed. */
async function changed(path: string, change: (bytes: Buffer) => Uint8Array | undefined) {
  const copy = await mkdtemp(join(folder, 'changed-'))
  await cp(join(folder, 'data'), join(copy, 'data'), { recursive: true })
  const file = join(copy, 'data/store', path)
  const bytes = change(await readFile(file))
  await (bytes ? writeFile(file, bytes) : rm(file))
  return run(copy)
}
const flip = (at: number) => (bytes: Buffer) => {
  const index = at < 0 ? bytes.length + at : at
  return bytes.with(index, bytes[index]! === 0x41 ? 0x42 : 0x41)
}

describe('the documented command', () => {
  it('[T1] verifies roots and head with openssl alone', () => {
    const { status, stdout, stderr } = run(folder)
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(stdout).toContain(`root 1, SHA-256 ${organisation.organisation}`)
    expect(stdout).toContain(`root 3, SHA-256 ${root.hash}`)
    expect(stdout).toContain('0002-0000000001.jws')
    // Three have signed root 1, one root 2, three root 3, one the head.
    expect(stdout.match(/signed by/g)).toHaveLength(8)
    expect(stdout).toContain(`signed by ${thirdRootKey.kid}`)
    expect(stdout).toContain('All of it holds.')
  }, 120_000)

  it('says in one line that a store or a department is not there', () => {
    const cases: [Record<string, string>, RegExp][] = [
      [{ STORE: 'data/stor', DEPARTMENT: department }, /^WRONG: no such store: data\/stor .*\n$/],
      [{ STORE: 'data', DEPARTMENT: department }, /^WRONG: no such store: data .*\n$/],
      [{ DEPARTMENT: 'hemtjänst' }, /^WRONG: no such department: .*"hemtjänst".* hemtjanst \n$/],
      // Nothing is published there; without a name, gemensamt is meant.
      [{}, /^WRONG: no such department: .*"gemensamt".*\n$/],
    ]
    for (const [env, said] of cases) {
      const { status, stdout, stderr } = run(folder, env)
      expect(stdout).toMatch(said)
      expect([status, stderr]).toEqual([1, ''])
    }
  }, 60_000)

  it('[T1] says no to a changed signature, payload, header and sealed file', async () => {
    const head = headPath(department, 2, 1)
    const { head: own } = organisation.last[department]!
    const cases: [string, string, (bytes: Buffer) => Uint8Array | undefined][] = [
      ['signature of the head', head, flip(-20)],
      ['payload of the head', head, flip(200)],
      ['signature of root 1', rootPath(1), flip(-20)],
      ['payload of root 2', rootPath(2), flip(3000)],
      ['signature of root 3', rootPath(3), flip(-20)],
      ['a pack', blobPath(own.blobs[0]![0]), flip(40)],
      ['the manifest', blobPath(own.manifest[0]), flip(-1)],
      ['no key blob', blobPath(own.keys[0]), () => undefined],
      ['a head of nobody', head, (bytes) => Buffer.from(`${bytes.toString().split('.').slice(0, 2).join('.')}.${'A'.repeat(86)}`)], // prettier-ignore
    ]
    for (const [label, path, change] of cases) {
      const { status, stdout } = await changed(path, change)
      expect(status, label).not.toBe(0)
      expect(stdout, label).toContain('WRONG')
      expect(stdout, label).not.toContain('All of it holds.')
    }
  }, 300_000)

  it('[T4] says no to a head that a stranger has signed', async () => {
    const neighbour = await createTestOrganisation()
    const { head } = await neighbour.build(department)
    const { status, stdout } = await changed(headPath(department, 2, 1), () => head)
    expect(status).not.toBe(0)
    expect(stdout).toContain('WRONG: no root names')
  }, 120_000)
})
