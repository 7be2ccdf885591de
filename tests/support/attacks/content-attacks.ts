import { signCompact } from '#trust/jws.ts'
import { createSigningKey } from '#trust/keys.ts'
import { fromBase64url, textOf, toBase64url, utf8 } from '#trust/bytes.ts'
import { payloadOf, signHead } from '#release/head.ts'
import {
  afterNext,
  heldHead,
  hintOf,
  latestOf,
  lieAt,
  newBlobs,
  nextHead,
  withoutNext,
  type Attack,
  type Scene,
} from './attack.ts'
import {
  falseRelease,
  flipped,
  hs256,
  partsOf,
  signAnyHeader,
  spareBits,
  spelled,
  twinOf,
  without,
  type Parts,
} from './forge.ts'
import { rootAttacks } from './root-attacks.ts'

/** Something else in the place of the next head. */
function falseHead(
  name: string,
  make: (parts: Parts, scene: Scene) => Uint8Array | Promise<Uint8Array>,
): Attack {
  return {
    row: 'arbitrary content',
    name,
    async offer(scene) {
      const bytes = await scene.living.bytes(nextHead(scene))
      lieAt(scene, { [nextHead(scene)]: await make(partsOf(bytes), scene) })
      return scene.heldEdition
    },
    notes: ['bad-head'],
  }
}

/** Something else in the place of one of the next release's objects. */
function falseBlob(
  name: string,
  make: (scene: Scene) => Promise<Record<string, Uint8Array>>,
): Attack {
  return {
    row: 'arbitrary content',
    name,
    async offer(scene) {
      lieAt(scene, await make(scene))
      return scene.heldEdition
    },
    notes: ['bad-blob'],
  }
}

const publisherOf = ({ living }: Scene) => living.publishers[living.department]!
const headerOf = (scene: Scene, change: object = {}) =>
  JSON.stringify({ alg: 'ES256', typ: 'planb-head+jws', kid: publisherOf(scene).kid, ...change })
const encoded = (text: string) => toBase64url(utf8(text))

/** A false release under the next number and the one after, whose head somebody else has signed. */
function falseContent(
  name: string,
  sign: (scene: Scene, v: number) => Promise<Record<string, Uint8Array | string>>,
): Attack {
  // prettier-ignore
  return {
    row: 'arbitrary content',
    name,
    async offer(scene) {
      const lies = await sign(scene, scene.next.v)
      lieAt(scene, { [latestOf(scene)]: hintOf(scene.next), ...(lies as Record<string, Uint8Array>) })
      return scene.heldEdition
    },
    notes: ['bad-head'],
  }
}

export const contentAttacks: Attack[] = [
  falseHead('a bit of the head is another', (parts) => flipped(spelled(parts))),
  falseHead('the head ends early', (parts) => without(spelled(parts))),
  falseHead('the head is empty', () => new Uint8Array()),
  falseHead('"none": nobody has signed', (parts, scene) =>
    spelled({ ...parts, header: encoded(headerOf(scene, { alg: 'none' })), signature: '' }),
  ),
  falseHead('"none" with the publisher’s signature left on', (parts, scene) =>
    spelled({ ...parts, header: encoded(headerOf(scene, { alg: 'none' })) }),
  ),
  falseHead('HS256 with the public key as the secret', async (parts, scene) =>
    spelled(await hs256(parts, publisherOf(scene))),
  ),
  falseHead('a key that the head itself brings along', async (parts, scene) => {
    const key = await createSigningKey({ extractable: true })
    const header = headerOf(scene, { jwk: key.jwk })
    return spelled(await signAnyHeader(header, parts.payload, key))
  }),
  falseHead('a duplicated key in the header, well signed', async (parts, scene) =>
    spelled(
      await signAnyHeader(
        headerOf(scene).replace('{', '{"alg":"none",'),
        parts.payload,
        publisherOf(scene),
      ),
    ),
  ),
  falseHead('a duplicated key in the payload, well signed', async (parts, scene) => {
    const text = textOf(fromBase64url(parts.payload)).replace('{', '{"department":"gemensamt",')
    return signCompact('planb-head+jws', utf8(text), publisherOf(scene))
  }),
  falseHead('"__proto__" in the payload, well signed', async (parts, scene) => {
    const text = textOf(fromBase64url(parts.payload)).replace('{', '{"__proto__":{"gen":9},')
    return signCompact('planb-head+jws', utf8(text), publisherOf(scene))
  }),
  falseHead('JSON a thousand deep, well signed', async (parts, scene) => {
    const deep = `{"deep":${'['.repeat(1000)}${']'.repeat(1000)},`
    const text = textOf(fromBase64url(parts.payload)).replace('{', deep)
    return signCompact('planb-head+jws', utf8(text), publisherOf(scene))
  }),
  falseHead('a beat’s typ on a head’s payload', async (parts, scene) =>
    signCompact('planb-beat+jws', fromBase64url(parts.payload), publisherOf(scene)),
  ),
  falseHead('an unprotected header beside the signature', (parts, scene) =>
    utf8(
      JSON.stringify({
        payload: parts.payload,
        signatures: [
          { protected: parts.header, header: { kid: publisherOf(scene).kid }, signature: parts.signature }, // prettier-ignore
        ],
      }),
    ),
  ),
  falseHead('spare bits in the signature’s last character', (parts) =>
    spelled({ ...parts, signature: spareBits(parts.signature) }),
  ),
  falseHead('a byte after the head', (parts) => utf8(`${textOf(spelled(parts))}\n`)),
  falseHead('a fourth part', (parts) => utf8(`${textOf(spelled(parts))}.e30`)),
  falseHead('the head of another department', (_parts, { living }) =>
    living.bytes('d/gemensamt/head/0001-0000000001.jws'),
  ),
  falseHead(
    'the head of another organisation',
    async (_parts, { living, stranger }) => (await stranger.build(living.department)).head,
  ),
  {
    row: 'arbitrary content',
    name: 'a head’s malleable twin (s → n − s): the same head, and no fork',
    async offer(scene) {
      const twin = async (path: string) => {
        const parts = partsOf(await scene.living.bytes(path))
        return spelled({ ...parts, signature: twinOf(parts.signature) })
      }
      const lies = { [heldHead(scene)]: await twin(heldHead(scene)), [nextHead(scene)]: await twin(nextHead(scene)) } // prettier-ignore
      lieAt(scene, lies)
      return scene.nextEdition
    },
    notes: [],
  },
  falseContent('a former member’s release: sealed with the epoch’s key, signed by her own', async (scene, v) => {
    const { head, blobs } = await falseRelease(scene, v)
    const signed = await signHead(head, await createSigningKey({ extractable: true }))
    return { ...(blobs as Record<string, Uint8Array>), [nextHead(scene)]: signed.bytes }
  }), // prettier-ignore
  falseContent('the same under the publisher’s name: a forged author', async (scene, v) => {
    const { head, blobs } = await falseRelease(scene, v)
    const thief = await createSigningKey({ extractable: true })
    const signed = await signHead(head, { ...thief, kid: publisherOf(scene).kid })
    return { ...(blobs as Record<string, Uint8Array>), [nextHead(scene)]: signed.bytes }
  }),
  falseContent('another department’s publisher signs: not hers to sign', async (scene, v) => {
    const { head, blobs } = await falseRelease(scene, v)
    const signed = await signHead(head, scene.living.publishers.gemensamt!)
    return { ...(blobs as Record<string, Uint8Array>), [nextHead(scene)]: signed.bytes }
  }),
  {
    row: 'arbitrary content',
    name: 'a web page in place of every object',
    offer(scene) {
      scene.host.lie(() => 'page')
      return scene.heldEdition
    },
    notes: ['not-the-store'],
  },
  {
    row: 'arbitrary content',
    name: 'nothing, with status 200, in place of every object',
    offer(scene) {
      scene.host.lie(() => new Uint8Array())
      return scene.heldEdition
    },
    notes: ['bad-hint', 'bad-root', 'bad-head'],
  },
  {
    row: 'arbitrary content',
    name: 'the publisher’s own signature on the payload of another release',
    async offer(scene) {
      const { held, living, next } = scene
      const other = { ...payloadOf(held.head), v: next.v, org: scene.stranger.organisation }
      const signed = await signHead(other, living.publishers[living.department]!)
      lieAt(scene, { ...withoutNext(scene), [nextHead(scene)]: signed.bytes, [afterNext(scene)]: 'absent' }) // prettier-ignore
      return scene.heldEdition
    },
    notes: ['bad-head'],
  },
  falseBlob('a bit of the manifest is another', async ({ living, next }) => {
    const path = `b/${next.head.manifest[0]}`
    return { [path]: flipped(await living.bytes(path)) }
  }),
  falseBlob('a bit of every new pack is another', async (scene) => {
    const lies: Record<string, Uint8Array> = {}
    for (const path of newBlobs(scene)) lies[path] = flipped(await scene.living.bytes(path))
    return lies
  }),
  falseBlob('a blob of another department in a pack’s place', async (scene) => {
    const { living } = scene
    const common = living.last.gemensamt!.head.blobs[0]![0]
    const bytes = await living.bytes(`b/${common}`)
    return Object.fromEntries(newBlobs(scene).map((path) => [path, bytes]))
  }),
  falseBlob('a blob of another organisation in a pack’s place', async (scene) => {
    const built = await scene.stranger.build(scene.living.department)
    const bytes = built.blobs[0]!.bytes
    return Object.fromEntries(newBlobs(scene).map((path) => [path, bytes]))
  }),
  ...rootAttacks,
]
