import { openRelease } from '#release/open-release.ts'
import { verifyHead } from '#release/head.ts'
import { importEpochKey } from '#trust/epoch-key.ts'
import { verifyFirstRoot } from '#trust/root.ts'

interface Material {
  organisation: string
  department: string
  root: string
  head: string
  epochKey: string
  epoch: number
  blobs: Record<string, string>
}

/** Runs in the browser: from stored bytes to documents (signature, hashes, decryption, parsing); milliseconds. */
async function bench(material: Material, rounds: number) {
  const bytes = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  const blobs = new Map(Object.entries(material.blobs).map(([hash, text]) => [hash, bytes(text)]))
  const rootBytes = bytes(material.root)
  const headBytes = bytes(material.head)
  const epochKey = await importEpochKey(bytes(material.epochKey), { extractable: false })
  const times: number[] = []
  let documents = 0
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now()
    const root = await verifyFirstRoot(rootBytes, material.organisation)
    const head = await verifyHead(headBytes, { root, department: material.department })
    const release = await openRelease({
      head,
      epochKey,
      blob: (hash) => Promise.resolve(blobs.get(hash)),
    })
    documents = release.documents.length
    times.push(performance.now() - start)
  }
  return { times, documents }
}

Object.assign(globalThis, { bench })
