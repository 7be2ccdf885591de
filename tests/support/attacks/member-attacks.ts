import { signBeat } from '#release/beat.ts'
import { utf8, textOf } from '#trust/bytes.ts'
import { createSigningKey } from '#trust/keys.ts'
import { createEpochSecret } from '#release/epoch-secret.ts'
import { journalOf } from '../journal-of.ts'
import type { Lie } from '../hostile-host.ts'
import { heldHead, lieAt, nextHead, type Attack, type Row, type Scene } from './attack.ts'

const beatPath = ({ living }: Scene) => `d/${living.department}/beat.jws`
const logPath = ({ living }: Scene) => `d/${living.department}/log`

/** Something in the place of "still the newest". Content goes on arriving. */
function falseBeat(
  row: Row,
  name: string,
  notes: readonly string[],
  make: (scene: Scene) => Promise<Lie>,
): Attack {
  return {
    row,
    name,
    async offer(scene) {
      lieAt(scene, { [beatPath(scene)]: await make(scene) })
      return scene.nextEdition
    },
    notes,
  }
}

/** A page of the journal that the host makes up. */
function falsePage(
  row: Row,
  name: string,
  notes: readonly string[],
  make: (scene: Scene) => Promise<Lie>,
): Attack {
  return {
    row,
    name,
    async offer(scene) {
      lieAt(scene, { [logPath(scene)]: await make(scene) })
      return scene.nextEdition
    },
    notes,
  }
}

const page = (entries: Uint8Array[], more = false, next = 'a.1') =>
  utf8(JSON.stringify({ entries: entries.map(textOf), next, more }))
const publisherOf = ({ living }: Scene) => living.publishers[living.department]!
const beatOf = ({ living, next }: Scene, time: string, signer = publisherOf({ living } as Scene)) =>
  signBeat(next.head, living.root, new Date(time), signer)

/** What reaches a phone after its round: beats, and to managers' phones what members tell. */
export const memberAttacks: readonly Attack[] = [
  falseBeat('arbitrary content', 'a beat that a stranger signs', ['bad-beat'], async (scene) =>
    beatOf(scene, '2026-03-20T08:00:00Z', await createSigningKey({ extractable: true })),
  ),
  falseBeat('arbitrary content', 'a head in a beat’s place', ['bad-beat'], async (scene) =>
    scene.living.bytes(nextHead(scene)),
  ),
  falseBeat('arbitrary content', 'a beat of another department', ['bad-beat'], async (scene) =>
    signBeat(
      scene.living.last.gemensamt!.head,
      scene.living.root,
      new Date('2026-03-20T08:00:00Z'),
      scene.living.publishers.gemensamt!,
    ),
  ),
  falseBeat('endless data', 'an endless beat', ['bad-beat'], async () => 'endless'),
  falseBeat('freeze', 'a beat of the release before, replayed', [], async ({ living, held }) =>
    signBeat(
      held.head,
      living.root,
      new Date('2026-03-12T09:00:00Z'),
      living.publishers[living.department]!,
    ),
  ),
  falseBeat('wrong clock', 'a beat dated 2099', [], (scene) =>
    beatOf(scene, '2099-01-01T00:00:00Z'),
  ),
  {
    row: 'key compromise',
    name: 'a revoked publisher goes on saying "still the newest"',
    async offer(scene) {
      const beat = await beatOf(scene, '2026-03-20T08:00:00Z')
      await scene.living.revoke()
      lieAt(scene, { [beatPath(scene)]: beat })
      return scene.nextEdition
    },
    notes: [],
  },
  falsePage('arbitrary content', 'entries of strangers', ['bad-entry'], async ({ living }) => {
    const theirs = await journalOf(living, living.department, await createEpochSecret(1))
    return page([(await theirs.joined(await theirs.phone(), 'FALSKT')).bytes])
  }),
  falsePage(
    'arbitrary content',
    'an entry of a forged author',
    ['bad-entry'],
    async ({ living }) => {
      const journal = await journalOf(living, living.department)
      const [one, other] = [await journal.phone(), await journal.phone()]
      const forged = { ...other.device, kid: one.device.kid, jwk: one.device.jwk }
      return page([(await journal.joined({ ...one, device: forged }, 'FALSKT')).bytes])
    },
  ),
  falsePage(
    'key compromise',
    'entries of a former member, of the epoch before',
    [],
    async ({ living }) => {
      const before = await journalOf(living, living.department, {
        ...living.epochs[living.department]!,
        epoch: 99,
      })
      return page([(await before.joined(await before.phone(), 'FALSKT')).bytes])
    },
  ),
  falsePage('endless data', 'a journal’s page without end', [], async () => 'endless'),
  falsePage('endless data', 'a journal that is a head', [], async (scene) =>
    scene.living.bytes(heldHead(scene)),
  ),
  falsePage('endless data', 'a journal of JSON a thousand deep', [], async () =>
    utf8(`{"entries":${'['.repeat(1000)}${']'.repeat(1000)},"next":"a.1","more":false}`),
  ),
  {
    row: 'flood',
    name: 'a journal whose pages never come to an end',
    offer(scene) {
      let count = 0
      const path = logPath(scene)
      scene.host.lie((asked) => (asked === path ? page([], true, `a.${++count}`) : undefined))
      return scene.nextEdition
    },
    notes: [],
  },
]
