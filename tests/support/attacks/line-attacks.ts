import {
  lieAt,
  latestOf,
  newBlobs,
  nextHead,
  nextRootPath,
  type Attack,
  type Scene,
} from './attack.ts'
import type { Lie } from '../hostile-host.ts'

function everywhere(
  row: Attack['row'],
  name: string,
  lie: Lie,
  more: Partial<Attack> = {},
): Attack {
  return {
    row,
    name,
    offer(scene) {
      scene.host.lie(() => lie)
      return scene.heldEdition
    },
    notes: [],
    ...more,
  }
}

function at(
  name: string,
  path: (scene: Scene) => string,
  lie: Lie,
  shown: 'held' | 'next',
  more: Partial<Attack> = {},
): Attack {
  return {
    row: 'endless data',
    name,
    offer(scene) {
      lieAt(scene, { [path(scene)]: lie })
      return shown === 'held' ? scene.heldEdition : scene.nextEdition
    },
    notes: [],
    ...more,
  }
}

/** What a host does with the line rather than with the bytes. */
export const lineAttacks: Attack[] = [
  at('an endless hint', latestOf, 'endless', 'next', { notes: ['bad-hint'] }),
  at('an endless head', nextHead, 'endless', 'held', { notes: ['bad-head'] }),
  at('an endless root', nextRootPath, 'endless', 'next', { notes: ['bad-root'] }),
  at('an endless blob', (scene) => newBlobs(scene)[0]!, 'endless', 'held', { notes: ['bad-blob'] }),
  at('a head of four megabytes', nextHead, new Uint8Array(4_000_000), 'held', {
    notes: ['bad-head'],
  }),
  everywhere('endless data', 'endless bodies everywhere', 'endless', {
    notes: ['bad-hint', 'bad-root', 'bad-head'],
  }),
  everywhere('bad mirror', 'redirects everywhere', 'moved'),
  everywhere('bad mirror', 'every answer is cut in the middle', 'cut'),
  everywhere('bad mirror', '"come back in a million seconds"', 'busy'),
  everywhere('bad mirror', 'no answer at all', 'silent', { isSlow: true }),
  everywhere('bad mirror', 'a byte a second', 'drip', { isSlow: true }),
]
