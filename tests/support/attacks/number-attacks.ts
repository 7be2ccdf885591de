import { signHead } from '#release/head.ts'
import { createSigningKey } from '#trust/keys.ts'
import { utf8 } from '#trust/bytes.ts'
import { signRoot } from '#trust/root.ts'
import {
  afterNext,
  heldHead,
  hintOf,
  latestOf,
  lieAt,
  newBlobs,
  nextHead,
  nextRootPath,
  withoutNext,
  type Attack,
} from './attack.ts'
import { falseRelease, laterRoot, sealedPack, stolenHead } from './forge.ts'

const garbage = utf8('FALSKT'.repeat(200))

/** Versions, generations, what belongs together: nothing here needs more than to own the host, or a stolen key. */
export const numberAttacks: Attack[] = [
  {
    row: 'rollback',
    name: 'an older hint, and what is newer is gone',
    offer(scene) {
      const { held, living } = scene
      const older = { gen: held.gen, v: held.v - 1 }
      lieAt(scene, {
        ...withoutNext(scene),
        [latestOf(scene)]: hintOf(older.v > 0 ? older : { gen: held.gen, v: 1 }),
        [living.headPath(held)]: 'absent',
      })
      return scene.heldEdition
    },
    notes: ['rollback'],
  },
  {
    row: 'rollback',
    name: 'the head one holds, at the next number',
    async offer(scene) {
      const bytes = await scene.living.bytes(heldHead(scene))
      lieAt(scene, { [nextHead(scene)]: bytes })
      return scene.heldEdition
    },
    notes: ['bad-head'],
  },
  {
    row: 'freeze',
    name: 'everything is for ever as it was',
    offer(scene) {
      lieAt(scene, withoutNext(scene))
      return scene.heldEdition
    },
    notes: [],
  },
  {
    row: 'freeze',
    name: '"unchanged", whatever is asked',
    offer(scene) {
      scene.host.lie(() => 'unchanged')
      return scene.heldEdition
    },
    notes: ['not-the-store'],
  },
  {
    row: 'freeze',
    name: 'nothing is there any more',
    offer(scene) {
      scene.host.lie(() => 'absent')
      return scene.heldEdition
    },
    notes: [],
  },
  {
    row: 'freeze',
    name: 'a root that the head names is withheld',
    async offer(scene) {
      const { living } = scene
      await living.changeRoot({ reviewBy: '2027-11-01T08:00:00.000Z' })
      await living.publish()
      lieAt(scene, { [`root/${living.root.v}.jws`]: 'absent' })
      return living.edition
    },
    notes: ['withheld-root'],
  },
  {
    row: 'mix and match',
    name: 'the new head and manifest with the old packs',
    async offer(scene) {
      const old = await scene.living.bytes(`b/${scene.held.head.blobs[0]![0]}`)
      const packs = newBlobs(scene).filter((path) => path !== `b/${scene.next.head.manifest[0]}`)
      lieAt(scene, Object.fromEntries(packs.map((path) => [path, old])))
      return scene.heldEdition
    },
    notes: ['bad-blob'],
  },
  {
    row: 'mix and match',
    name: 'the new head with the old manifest',
    async offer(scene) {
      const old = await scene.living.bytes(`b/${scene.held.head.manifest[0]}`)
      lieAt(scene, { [`b/${scene.next.head.manifest[0]}`]: old })
      return scene.heldEdition
    },
    notes: ['bad-blob'],
  },
  {
    row: 'mix and match',
    name: 'manifest and pack in each other’s place',
    async offer(scene) {
      const [manifest, pack] = newBlobs(scene)
      lieAt(scene, {
        [manifest!]: await scene.living.bytes(pack!),
        [pack!]: await scene.living.bytes(manifest!),
      })
      return scene.heldEdition
    },
    notes: ['bad-blob'],
  },
  {
    row: 'mix and match',
    name: 'all of it but one blob',
    offer(scene) {
      lieAt(scene, { [newBlobs(scene)[0]!]: 'absent' })
      return scene.heldEdition
    },
    notes: ['missing-blob'],
  },
  {
    row: 'mix and match',
    name: 'a stolen key puts another department’s pack under a new head',
    async offer(scene) {
      const { blobs } = scene.living.last.gemensamt!.head
      const head = await stolenHead(scene, { v: scene.next.v + 1, blobs })
      lieAt(scene, {
        [latestOf(scene)]: hintOf({ gen: scene.next.gen, v: scene.next.v + 1 }),
        [afterNext(scene)]: head,
      })
      return scene.nextEdition
    },
    notes: ['cannot-open'],
  },
  {
    row: 'fast-forward',
    name: 'the hint says 9999999999',
    offer(scene) {
      lieAt(scene, { [latestOf(scene)]: hintOf({ gen: scene.next.gen, v: 9_999_999_999 }) })
      return scene.nextEdition
    },
    notes: ['bad-hint'],
  },
  {
    row: 'fast-forward',
    name: 'the hint is no version',
    offer(scene) {
      lieAt(scene, { [latestOf(scene)]: utf8('1e9-latest') })
      return scene.nextEdition
    },
    notes: ['bad-hint'],
  },
  {
    row: 'fast-forward',
    name: 'garbage at the next head number: it is stepped over',
    async offer(scene) {
      const v = scene.next.v + 1
      await scene.living.publish({ v: v + 1 })
      lieAt(scene, { [afterNext(scene)]: garbage, [latestOf(scene)]: hintOf(scene.held) })
      return scene.living.edition
    },
    notes: ['bad-head'],
  },
  {
    row: 'fast-forward',
    name: 'a stolen key takes the last number there is: a new generation answers',
    async offer(scene) {
      const v = 9_999_999_999
      const head = await stolenHead(scene, { v })
      lieAt(scene, {
        [latestOf(scene)]: hintOf({ gen: scene.next.gen, v }),
        [scene.living.headPath({ gen: scene.next.gen, v })]: head,
      })
      return scene.nextEdition
    },
    notes: [],
    answer: ({ living }) => living.revoke(),
  },
  {
    row: 'flood',
    name: 'garbage at every number: a round ends',
    offer(scene) {
      scene.host.lie((path) => (path.includes('/head/') ? garbage : undefined))
      return scene.heldEdition
    },
    notes: ['bad-head'],
  },
  {
    row: 'fork',
    name: 'another payload under the number one holds',
    async offer(scene) {
      const { head, blobs } = await falseRelease(scene, scene.held.v)
      const signed = await signHead(
        { ...head, gen: scene.held.gen },
        scene.living.publishers[scene.living.department]!,
      )
      lieAt(scene, { ...withoutNext(scene), ...blobs, [heldHead(scene)]: signed.bytes })
      return scene.heldEdition
    },
    notes: ['fork'],
  },
  {
    row: 'fork',
    name: 'a head that names another root of the number one holds',
    async offer(scene) {
      const { root } = scene.living
      const head = await stolenHead(scene, { root: { v: root.v, hash: 'f'.repeat(64) } })
      lieAt(scene, { [nextHead(scene)]: head })
      return scene.nextEdition
    },
    notes: ['fork'],
  },
  {
    row: 'key compromise',
    name: 'a revoked publisher goes on publishing, in the old generation and in the new',
    async offer(scene) {
      const { living, next } = scene
      const old = await living.revoke()
      const { head, blobs } = await falseRelease(scene, 2)
      const inNew = await signHead({ ...head, gen: next.gen + 1, v: 2 }, old)
      const inOld = await signHead({ ...head, gen: next.gen, v: next.v + 1 }, old)
      lieAt(scene, {
        ...blobs,
        [latestOf(scene)]: hintOf({ gen: next.gen + 1, v: 2 }),
        [living.headPath({ gen: next.gen + 1, v: 2 })]: inNew.bytes,
        [afterNext(scene)]: inOld.bytes,
      })
      return scene.nextEdition
    },
    notes: ['bad-head'],
  },
  {
    row: 'key compromise',
    name: 'a revoked publisher’s host stays in the old generation',
    async offer(scene) {
      const { living, next } = scene
      const old = await living.revoke()
      const { head, blobs } = await falseRelease(scene, 1)
      const signed = await signHead({ ...head, gen: next.gen, v: next.v + 1 }, old)
      lieAt(scene, {
        ...blobs,
        [latestOf(scene)]: hintOf({ gen: next.gen, v: next.v + 1 }),
        [afterNext(scene)]: signed.bytes,
      })
      return scene.nextEdition
    },
    notes: ['old-gen'],
  },
  {
    row: 'root takeover',
    name: 'a rival root by one stolen key: the true one after it, signed by two, brings phones back',
    async offer(scene) {
      const { living } = scene
      const thief = await createSigningKey({ extractable: true })
      const departments = structuredClone(living.root.departments)
      departments[living.department]!.publish.push(thief.kid)
      const rival = laterRoot(living, {
        keys: { ...living.root.keys, [thief.kid]: thief.jwk },
        departments,
      })
      const { bytes } = await signRoot(rival, [living.rootKeys[2]!])
      lieAt(scene, { ...withoutNext(scene), [nextRootPath(scene)]: bytes })
      return scene.heldEdition
    },
    notes: [],
    async answer({ living }) {
      // Number N + 1 is taken on some phones: two true roots follow, and the stolen key is out of them.
      const fresh = await createSigningKey({ extractable: true })
      const [gone] = living.rootKeys.splice(2, 1, fresh)
      await living.changeRoot({ reviewBy: '2027-12-01T08:00:00.000Z' })
      const { [gone!.kid]: _gone, ...keys } = { ...living.root.keys, [fresh.kid]: fresh.jwk }
      const kids = living.rootKeys.map(({ kid }) => kid)
      await living.revoke(living.rootKeys, { keys, root: { ...living.root.root, kids } })
    },
  },
  {
    row: 'stranger’s organisation',
    name: 'all of its store in place of this one’s',
    async offer(scene) {
      const { stranger, living } = scene
      const built = await stranger.build(living.department)
      const store: Record<string, Uint8Array> = {
        'root/1.jws': stranger.rootBytes,
        [latestOf(scene)]: hintOf(scene.next),
        [nextHead(scene)]: built.head,
        ...Object.fromEntries(built.blobs.map(({ hash, bytes }) => [`b/${hash}`, bytes])),
      }
      scene.host.lie((path) => store[path] ?? 'absent')
      return scene.heldEdition
    },
    notes: ['bad-head'],
  },
  {
    row: 'endless data',
    name: 'a stolen key publishes 194 KB that inflate to 200 MB',
    async offer(scene) {
      const bomb = await sealedPack(scene.living, new Uint8Array(200_000_000))
      const head = await stolenHead(scene, { v: scene.next.v + 1, blobs: [bomb.named] })
      lieAt(scene, {
        [bomb.path]: bomb.bytes,
        [afterNext(scene)]: head,
        [latestOf(scene)]: hintOf({ gen: scene.next.gen, v: scene.next.v + 1 }),
      })
      return scene.nextEdition
    },
    notes: ['cannot-open'],
  },
  {
    row: 'endless data',
    name: 'a stolen key publishes a pack of JSON a thousand deep',
    async offer(scene) {
      const deep = utf8(
        `[{"kind":"routine","id":"a","body":${'['.repeat(1000)}${']'.repeat(1000)}}]`,
      )
      const pack = await sealedPack(scene.living, deep)
      const head = await stolenHead(scene, { v: scene.next.v + 1, blobs: [pack.named] })
      lieAt(scene, {
        [pack.path]: pack.bytes,
        [afterNext(scene)]: head,
        [latestOf(scene)]: hintOf({ gen: scene.next.gen, v: scene.next.v + 1 }),
      })
      return scene.nextEdition
    },
    notes: ['cannot-open'],
  },
]
