import { resolve, sep } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { openRelease, type VerifiedRelease } from '#release/open-release.ts'
import { payloadOf, signHead, verifyHead } from '#release/head.ts'
import { createMemoryStore } from '#store/memory.ts'
import { utf8 } from '#trust/bytes.ts'
import { importEpochKey } from '#trust/epoch-key.ts'
import { writePlans } from '#library/write-plans.ts'
import { sealedPack } from '../../tests/support/attacks/forge.ts'
import {
  createLivingOrganisation,
  falseMark,
  type LivingOrganisation,
} from '../../tests/support/living-organisation.ts'

/*
 * A department's publisher whose key was stolen chooses every byte of a release. `planb export` writes what was
 * published as files: none may lie outside the folder, or be read as somebody else's.
 */
let living: LivingOrganisation
beforeEach(async () => {
  living = await createLivingOrganisation(createMemoryStore())
})

interface Given {
  kind: string
  id: string
  body: unknown
}

/** A release of these documents, as the thief signs it and a reader opens it. */
async function stolenRelease(given: Given[]): Promise<VerifiedRelease> {
  const { newest, department, root, publishers, epochs } = living
  const pack = await sealedPack(living, utf8(JSON.stringify(given)))
  const documents = given.map(({ kind, id }) => {
    return { ...newest.manifest.documents[0]!, kind, id, title: id, pack: 0 }
  })
  const text = JSON.stringify({ ...newest.manifest, documents })
  const manifest = await sealedPack(living, utf8(text), 'manifest')
  const payload = { ...payloadOf(newest.head), manifest: manifest.named, blobs: [pack.named] }
  const { bytes } = await signHead({ ...payload, v: newest.v + 1 }, publishers[department]!)
  const blobs = new Map([pack, manifest].map(({ named: [hash], bytes: blob }) => [hash, blob]))
  return openRelease({
    head: await verifyHead(bytes, { root, department }),
    blob: async (hash) => blobs.get(hash),
    epochKey: await importEpochKey(epochs[department]!.key, { extractable: false }),
  })
}

const routine = (change: object = {}) => ({
  ...living.newest.documents.find(({ kind }) => kind === 'routine')!.body,
  ...change,
})

describe('names that climb out of a folder', () => {
  it.each(['../up', '..', '.', '/etc/passwd', 'a/b', 'a\\b', 'C:evil', 'con.', 'a\0b', 'å', 'A', '', '-a', 'a'.repeat(65)])(
    '[R13] an id "%s" opens nothing',
    async (id) => {
      await expect(stolenRelease([{ kind: 'routine', id, body: routine() }])).rejects.toThrow()
      await expect(stolenRelease([{ kind: id, id: 'a', body: {} }])).rejects.toThrow()
    },
  ) // prettier-ignore

  it('[R14] what the organisation has one of is not for one department to bring', async () => {
    const body = { title: falseMark, departments: ['hemtjanst'], systems: [], contacts: [] }
    const common = living.last.gemensamt!
    const release = await stolenRelease([
      { kind: 'organisation', id: 'organisation', body },
      { kind: 'systems', id: 'systems', body },
      { kind: 'contacts', id: 'andra', body },
      { kind: 'department', id: 'gemensamt', body },
      { kind: 'routine', id: 'tes-korlista', body: routine() },
    ])
    expect(release.documents.map(({ id }) => id)).toEqual(['tes-korlista'])
    expect(release.unreadable.map(({ code }) => code)).toEqual(Array(4).fill('bad-name'))
    const files = writePlans([...common.documents, ...release.documents])
    for (const [path, text] of files) {
      expect(text).not.toContain(falseMark)
      expect(resolve('/plans', path).startsWith(`/plans${sep}`)).toBe(true)
      expect(path).toMatch(/^(hemtjanst|gemensamt)\/([a-z-]+\/)?[a-z0-9-]+\.yaml$/)
    }
    expect(files.size).toBe(common.documents.length + 1)
  })
})

describe('formula injection and text that is something else in YAML', () => {
  const dangerous = [
    '=cmd|/c calc!A1',
    '=HYPERLINK("http://x")',
    '+46701740605',
    '-1+1',
    '@SUM(A1)',
    '\t=1+1',
    '!!js/function "x"',
    '!!binary aGVq',
    '&anchor *anchor',
    '*alias',
    'yes',
    'null',
    '0x1F',
    '2026-01-01',
    '- a\n- b',
    'a: b # c',
    '%TAG',
    '"',
    "'",
    '{a: b}',
    '---\ntitle: x',
  ]

  it('[R15] each stays the text it is, in a file that holds nothing else', async () => {
    for (const text of dangerous) {
      const summary = text.replaceAll(/[\n\t]/g, ' ').trim()
      const release = await stolenRelease([
        { kind: 'routine', id: 'tes-korlista', body: routine({ summary, [`x ${summary}`]: text }) },
      ])
      const [file] = writePlans(release.documents).values()
      const read = parse(file ?? '', { schema: 'core' }) as Record<string, unknown>
      expect(read['summary'], text).toBe(summary)
      expect(read[`x ${summary}`], text).toBe(text)
      expect(Object.keys(read).filter((key) => !(key in routine()))).toEqual([`x ${summary}`])
    }
  })
})
