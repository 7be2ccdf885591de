import { utf8, textOf, toBase64url, fromBase64url } from '#trust/bytes.ts'
import { signGeneral } from '#trust/jws.ts'
import { createSigningKey } from '#trust/keys.ts'
import { signRoot } from '#trust/root.ts'
import { lieAt, nextRootPath, type Attack, type Row, type Scene } from './attack.ts'
import { laterRoot, otherEnvelope, twinOf } from './forge.ts'

/** Something in the place of the next root. What the root held says goes on: the next release arrives. */
function falseRoot(row: Row, name: string, make: (scene: Scene) => Promise<Uint8Array>): Attack {
  return {
    row,
    name,
    async offer(scene) {
      lieAt(scene, { [nextRootPath(scene)]: await make(scene) })
      return scene.nextEdition
    },
    notes: ['bad-root'],
  }
}

/** A root that is well signed by two, as two stolen root keys would; and its text. */
async function goodRoot({ living }: Scene) {
  const root = laterRoot(living, { reviewBy: '2027-09-01T08:00:00.000Z' })
  const { bytes } = await signRoot(root, living.rootKeys.slice(0, 2))
  return { bytes, text: JSON.stringify(root) }
}

const typ = 'planb-root+jws'
const content = 'arbitrary content'

export const rootAttacks: Attack[] = [
  falseRoot(content, 'an extra member in a root’s envelope', async (scene) =>
    otherEnvelope((await goodRoot(scene)).bytes, (value) => ({ ...value, extra: 1 })),
  ),
  falseRoot(content, 'an unprotected header in a root’s signature', async (scene) =>
    otherEnvelope((await goodRoot(scene)).bytes, ({ payload, signatures: [first, ...rest] }) => ({
      payload,
      signatures: [{ ...first, header: { alg: 'none' } }, ...rest],
    })),
  ),
  falseRoot(content, 'a garbage signature beside two good ones', async (scene) =>
    otherEnvelope((await goodRoot(scene)).bytes, ({ payload, signatures }) => ({
      payload,
      signatures: [
        ...signatures,
        {
          protected: toBase64url(
            utf8(JSON.stringify({ alg: 'ES256', typ, kid: scene.living.rootKeys[2]!.kid })),
          ),
          signature: toBase64url(new Uint8Array(64).fill(7)),
        },
      ],
    })),
  ),
  falseRoot(content, 'the same root key twice', async (scene) =>
    otherEnvelope((await goodRoot(scene)).bytes, ({ payload, signatures: [first] }) => ({
      payload,
      signatures: [first, { ...first, signature: twinOf(first!.signature) }],
    })),
  ),
  falseRoot(content, 'a duplicated key in a root’s payload, signed by two', async (scene) =>
    signGeneral(
      typ,
      utf8((await goodRoot(scene)).text.replace('{', '{"v":2,')),
      scene.living.rootKeys.slice(0, 2),
    ),
  ),
  falseRoot(content, '"__proto__" in a root’s payload, signed by two', async (scene) =>
    signGeneral(
      typ,
      utf8((await goodRoot(scene)).text.replace('{', '{"__proto__":{"v":2},')),
      scene.living.rootKeys.slice(0, 2),
    ),
  ),
  falseRoot(content, 'a head’s typ on a root’s payload', async (scene) =>
    signGeneral(
      'planb-head+jws',
      utf8((await goodRoot(scene)).text),
      scene.living.rootKeys.slice(0, 2),
    ),
  ),
  falseRoot(content, 'a byte after a root', async (scene) =>
    utf8(`${textOf((await goodRoot(scene)).bytes)} `),
  ),
  falseRoot(content, 'another payload under a root’s signatures', async (scene) =>
    otherEnvelope((await goodRoot(scene)).bytes, ({ payload, signatures }) => ({
      payload: toBase64url(utf8(textOf(fromBase64url(payload)).replace(/"gen":\d+/, '"gen":77'))),
      signatures,
    })),
  ),
  falseRoot('rollback', 'a root one has had, at the next number', ({ living }) =>
    living.bytes('root/1.jws'),
  ),
  falseRoot('stranger’s organisation', 'its root at the next number', async ({ stranger }) => {
    const next = { ...stranger.root, v: 2 }
    return (await signRoot(next, stranger.rootKeys)).bytes
  }),
  falseRoot('root takeover', 'one stolen root key puts the thief’s keys in', async ({ living }) => {
    const thief = await createSigningKey({ extractable: true })
    const [first, ...others] = living.root.root.kids
    const next = laterRoot(living, {
      keys: { ...living.root.keys, [thief.kid]: thief.jwk },
      root: { ...living.root.root, kids: [first!, ...others.slice(1), thief.kid] },
    })
    return (await signRoot(next, [living.rootKeys[0]!, thief])).bytes
  }),
  falseRoot(
    'root takeover',
    'one stolen root key asks for one signature only',
    async ({ living }) => {
      const next = laterRoot(living, { root: { ...living.root.root, needForRoot: 1 } })
      return (await signRoot(next, [living.rootKeys[0]!])).bytes
    },
  ),
  falseRoot('root takeover', 'one stolen root key takes the recovery key', async ({ living }) => {
    const thief = await createSigningKey({ extractable: true })
    const next = laterRoot(living, { recovery: thief.jwk })
    return (await signRoot(next, [living.rootKeys[0]!])).bytes
  }),
  falseRoot('root takeover', 'a publisher’s stolen key empties all phones', async ({ living }) => {
    const next = laterRoot(living, { wiped: ['A'.repeat(43)] })
    return (await signRoot(next, [living.publishers[living.department]!])).bytes
  }),
  falseRoot('fast-forward', 'one stolen root key uses up the generations', async ({ living }) => {
    const departments = structuredClone(living.root.departments)
    departments[living.department]!.gen = 9999
    return (await signRoot(laterRoot(living, { departments }), [living.rootKeys[0]!])).bytes
  }),
  falseRoot(
    'fast-forward',
    'a root far ahead, signed by two',
    async ({ living }) =>
      (await signRoot(laterRoot(living, { v: 999_999 }), living.rootKeys)).bytes,
  ),
  {
    row: content,
    name: 'a root’s malleable twin (s → n − s): the same root',
    async offer(scene) {
      await scene.living.changeRoot({ reviewBy: '2027-10-01T08:00:00.000Z' })
      const path = `root/${scene.living.root.v}.jws`
      const twin = otherEnvelope(await scene.living.bytes(path), ({ payload, signatures }) => ({
        payload,
        signatures: signatures.map((one) => ({ ...one, signature: twinOf(one.signature) })),
      }))
      lieAt(scene, { [path]: twin })
      return scene.nextEdition
    },
    notes: [],
  },
]
