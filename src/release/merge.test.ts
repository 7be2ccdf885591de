import { describe, expect, it } from 'vitest'
import { mergeBodies, mergeDrafts, resolveConflict, resolveConflicts } from './merge.ts'

const step = (text: string, more: object = {}) => ({ text, ...more })
const routine = (...steps: object[]) => ({
  title: 'När TES inte fungerar',
  phases: { minutes15: { steps } },
})
const ring = step('Ring den som är ansvarig i kväll')
const hamta = step('Hämta körlistan i pärmen', { where: 'Pärmen, flik 4' })
const ak = step('Åk till insulin och klockslag först')

function clean(base: unknown, mine: unknown, theirs: unknown): unknown {
  const { body, conflicts } = mergeBodies(base, mine, theirs)
  expect(conflicts).toEqual([])
  return body
}

describe('[R70] what one changed', () => {
  it('is changed, what both changed alike is changed once', () => {
    const base = { title: 'A', summary: 'B', name: 'C' }
    expect(
      clean(base, { ...base, title: 'A1', name: 'C1' }, { ...base, summary: 'B1', name: 'C1' }),
    ).toEqual({
      title: 'A1',
      summary: 'B1',
      name: 'C1',
    })
  })
  it('is removed where one removed it and the other left it', () => {
    expect(clean({ a: 1, b: 2 }, { a: 1 }, { a: 1, b: 2 })).toEqual({ a: 1 })
    expect(clean(['a', 'b'], ['a', 'b'], ['b'])).toEqual(['b'])
  })
})

describe('[R71] what both changed in another way', () => {
  it('is a conflict, and the body holds mine', () => {
    expect(mergeBodies({ number: '1' }, { number: '2' }, { number: '3' })).toEqual({
      body: { number: '2' },
      conflicts: [{ path: ['number'], base: '1', mine: '2', theirs: '3' }],
    })
  })
  it('is a conflict of the whole where the types differ', () => {
    const { conflicts } = mergeBodies({ a: 'x' }, { a: ['x'] }, { a: { x: 1 } })
    expect(conflicts).toEqual([{ path: ['a'], base: 'x', mine: ['x'], theirs: { x: 1 } }])
  })
})

describe('[R72] objects', () => {
  it('merge translations and secrecy field by field', () => {
    const base = {
      title: 'T',
      translations: { en: { title: 'E' } },
      secrecy: { number: 'OSL 39:3' },
    }
    const mine = { ...base, secrecy: { ...base.secrecy, second: 'OSL 39:3' } }
    const theirs = { ...base, translations: { en: { title: 'E1' }, fi: { title: 'F' } } }
    expect(clean(base, mine, theirs)).toEqual({ ...mine, translations: theirs.translations })
  })
  it('keep unknown fields, and fields that are called as no field should be', () => {
    const parse = (text: string): unknown => JSON.parse(text)
    const base = parse('{"a":1,"__proto__":{"x":1},"constructor":1}')
    const mine = parse('{"a":2,"__proto__":{"x":1,"y":2},"constructor":1,"later":[1]}')
    const theirs = parse('{"a":1,"__proto__":{"x":5},"constructor":7}')
    const body = clean(base, mine, theirs)
    expect(JSON.stringify(body)).toBe(
      '{"a":2,"__proto__":{"x":5,"y":2},"constructor":7,"later":[1]}',
    )
    expect(Object.getPrototypeOf(body)).toBe(Object.prototype)
    expect(({} as { x?: number }).x).toBeUndefined()
  })
})

describe('[R73] lists', () => {
  it('merge entries by id, wherever they stand', () => {
    const contact = (id: string, number: string) => ({ id, title: id, number })
    const base = [contact('a', '1'), contact('b', '2'), contact('c', '3')]
    const mine = [contact('b', '22'), contact('a', '1'), contact('c', '3'), contact('d', '4')]
    const theirs = [contact('a', '11'), contact('b', '2'), contact('e', '5')]
    expect(clean(base, mine, theirs)).toEqual([
      contact('b', '22'),
      contact('e', '5'),
      contact('a', '11'),
      contact('d', '4'),
    ])
  })
  it('let one change a step and the other add one', () => {
    const mine = routine(ring, { ...hamta, where: 'Pärmen, flik 5' }, ak)
    const theirs = routine(ring, step('Ta med ficklampan'), hamta, ak)
    expect(clean(routine(ring, hamta, ak), mine, theirs)).toEqual(
      routine(ring, step('Ta med ficklampan'), { ...hamta, where: 'Pärmen, flik 5' }, ak),
    )
  })
  it('let two people change different fields of one step', () => {
    const mine = routine(ring, { ...hamta, text: 'Hämta den utskrivna körlistan' }, ak)
    const theirs = routine(ring, { ...hamta, who: 'Kvällsansvarig' }, ak)
    expect(clean(routine(ring, hamta, ak), mine, theirs)).toEqual(
      routine(ring, { ...hamta, text: 'Hämta den utskrivna körlistan', who: 'Kvällsansvarig' }, ak),
    )
  })
  it('know a step again that was rewritten from the first word, between the same neighbours', () => {
    const { body, conflicts } = mergeBodies(
      routine(ring, hamta, ak),
      routine(ring, step('Vänta'), ak),
      routine(ring, step('Gå'), ak),
    )
    expect(body).toEqual(routine(ring, step('Vänta'), ak))
    expect(conflicts).toEqual([
      {
        path: ['phases', 'minutes15', 'steps', 1, 'text'],
        base: hamta.text,
        mine: 'Vänta',
        theirs: 'Gå',
      },
    ])
  })
})

describe('[R74] removed and added entries', () => {
  it('are a conflict of the whole entry where the other changed it', () => {
    const changed = { ...hamta, who: 'Nattpatrullen' }
    const removedHere = mergeBodies([ring, hamta, ak], [ring, ak], [ring, changed, ak])
    expect(removedHere).toEqual({
      body: [ring, ak],
      conflicts: [{ path: [1], base: hamta, mine: undefined, theirs: changed }],
    })
    const removedThere = mergeBodies([ring, hamta, ak], [ring, changed, ak], [ring, ak])
    expect(removedThere).toEqual({
      body: [ring, changed, ak],
      conflicts: [{ path: [1], base: hamta, mine: changed, theirs: undefined }],
    })
  })
  it('are both kept where both added, mine first, equal ones once', () => {
    expect(clean([ring], [ring, hamta, ak], [ring, step('Vänta'), ak])).toEqual([
      ring,
      hamta,
      step('Vänta'),
      ak,
    ])
    expect(clean(undefined, ['a', 'b'], ['c', 'b'])).toEqual(['a', 'c', 'b'])
  })
})

describe('[R75] moved entries', () => {
  const steps = ['ett', 'två', 'tre', 'fyra', 'fem'].map((word) => step(`Gör ${word} nu och vänta`))
  const [one, two, three, four, five] = steps as [object, object, object, object, object]
  it('keep what the other changed in them', () => {
    const changed = { ...four, form: 'hemtjanst/form/avvikelse' }
    expect(clean(steps, [four, one, two, three, five], [one, two, three, changed, five])).toEqual([
      changed,
      one,
      two,
      three,
      five,
    ])
    expect(clean(steps, [one, two, three, changed, five], [four, one, two, three, five])).toEqual([
      changed,
      one,
      two,
      three,
      five,
    ])
  })
  it('may be moved and edited by one, with an entry removed by the other', () => {
    const changed = { ...five, text: 'Gör fem nu och vänta länge' }
    expect(clean(steps, [changed, one, two, three, four], [one, three, four, five])).toEqual([
      changed,
      one,
      three,
      four,
    ])
  })
  it('may be moved by both, if they are different ones', () => {
    expect(clean(steps, [two, one, three, four, five], [one, two, three, five, four])).toEqual([
      two,
      one,
      three,
      five,
      four,
    ])
  })
  it('collide where both moved the same one elsewhere; theirs can be chosen, with what mine changed', () => {
    const changed = { ...three, who: 'Nattpatrullen' }
    const { body, conflicts } = mergeBodies(
      steps,
      [five, one, two, changed, four],
      [one, five, two, three, four],
    )
    expect(body).toEqual([five, one, two, changed, four])
    expect(conflicts).toEqual([
      {
        path: [],
        base: [one, two, changed, four, five],
        mine: [five, one, two, changed, four],
        theirs: [one, five, two, changed, four],
        order: [1, 0, 2, 3, 4],
      },
    ])
    expect(resolveConflict(body, conflicts[0]!, 'theirs')).toEqual([one, five, two, changed, four])
  })
})

describe('[R76] a translation', () => {
  const base = { text: 'Ge', translations: { en: { text: 'Give' } } }
  it('of a text the other changed is a conflict', () => {
    const { body, conflicts } = mergeBodies(
      { text: 'Ge' },
      { text: 'Ge inte' },
      { text: 'Ge', translations: { en: { text: 'Give' } } },
    )
    expect(body).toEqual({ text: 'Ge inte' })
    expect(conflicts).toEqual([
      { path: ['translations', 'en', 'text'], base: undefined, mine: undefined, theirs: 'Give' },
    ])
  })
  it('goes with the text that one of them rewrote', () => {
    const theirs = { text: 'Ge inte', translations: { en: { text: 'Do not give' } } }
    expect(clean(base, { ...base, who: 'Du' }, theirs)).toEqual({ ...theirs, who: 'Du' })
    expect(clean(base, { ...base, who: 'Du' }, { text: 'Ge inte' })).toEqual({
      text: 'Ge inte',
      who: 'Du',
    })
  })
})

describe('[R77] translated lines', () => {
  const entry = (harm: string[], en: string[]) => ({ harm, translations: { en: { harm: en } } })
  it('go where their Swedish lines go', () => {
    const base = entry(['a', 'b', 'c'], ['A', 'B', 'C'])
    expect(
      clean(
        base,
        entry(['c', 'a', 'b'], ['C', 'A', 'B']),
        entry(['a', 'b', 'd', 'c'], ['A', 'B', 'D', 'C']),
      ),
    ).toEqual(entry(['c', 'a', 'b', 'd'], ['C', 'A', 'B', 'D']))
  })
  it('never stand at another line because the lists have as many', () => {
    const { body } = mergeBodies(
      { harm: ['a', 'b'] },
      { harm: ['b', 'a'] },
      entry(['a', 'b'], ['A', 'B']),
    )
    expect(body).toEqual(entry(['b', 'a'], ['B', 'A']))
  })
  it('whose Swedish line is gone are a conflict', () => {
    const { body, conflicts } = mergeBodies(
      entry(['a', 'b'], ['A', 'B']),
      entry(['a', 'c'], ['A', '']),
      entry(['a', 'b', 'd'], ['A', 'B new', 'D']),
    )
    expect(body).toEqual(entry(['a', 'c', 'd'], ['A', '', 'D']))
    expect(conflicts).toEqual([
      {
        path: ['translations', 'en', 'harm'],
        base: ['A', 'B'],
        mine: ['A', '', 'D'],
        theirs: ['A', '', 'D', 'B new'],
      },
    ])
  })
})

describe('[R79] drafts', () => {
  const document = (id: string, title: string) => ({
    department: 'hemtjanst',
    kind: 'routine',
    id,
    body: { title, summary: 'S' },
  })
  const name = (id: string) => `hemtjanst/routine/${id}`
  const base = (title: string) => ({ gen: 1, v: 1, body: { title, summary: 'S' } })

  it('merge with what was published meanwhile; new documents stand last', () => {
    const current = [document('a', 'A there'), document('b', 'B')]
    const { documents, conflicts } = mergeDrafts(current, [
      { name: name('a'), base: base('A'), body: { title: 'A', summary: 'S here' } },
      { name: name('b'), base: base('B') },
      { name: name('c'), body: { title: 'C' } },
    ])
    expect(conflicts).toEqual([])
    expect(documents).toEqual([
      { ...document('a', ''), body: { title: 'A there', summary: 'S here' } },
      { ...document('c', ''), body: { title: 'C' } },
    ])
    expect(current).toEqual([document('a', 'A there'), document('b', 'B')])
  })
  it('conflict as a whole where a document is gone, gone here, or made twice', () => {
    const current = [document('a', 'A there'), document('c', 'C there')]
    const { documents, conflicts } = mergeDrafts(current, [
      { name: name('a'), base: base('A') },
      { name: name('b'), base: base('B'), body: { title: 'B here', summary: 'S' } },
      { name: name('c'), body: { title: 'C here', summary: 'S' } },
    ])
    expect(conflicts).toEqual([
      {
        name: name('a'),
        whole: 'removed-here',
        fields: [{ path: [], base: base('A').body, mine: undefined, theirs: current[0]!.body }],
      },
      {
        name: name('b'),
        whole: 'removed-there',
        fields: [
          {
            path: [],
            base: base('B').body,
            mine: { title: 'B here', summary: 'S' },
            theirs: undefined,
          },
        ],
      },
      {
        name: name('c'),
        whole: 'added-twice',
        fields: [{ path: ['title'], base: undefined, mine: 'C here', theirs: 'C there' }],
      },
    ])
    expect(documents.map(({ id }) => id)).toEqual(['c', 'b'])
  })
  it('are no conflict where both did the same', () => {
    const current = [document('a', 'A')]
    const drafts = [
      { name: name('a'), body: { title: 'A', summary: 'S' } },
      { name: name('b'), base: base('B') },
      { name: name('c'), base: base('C'), body: base('C').body },
    ]
    expect(mergeDrafts(current, drafts)).toEqual({ documents: current, conflicts: [] })
  })
})

describe('[R80] conflicts', () => {
  it('are settled each by itself, also where entries come and go', () => {
    const base = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, text: id }))
    const [a, b, c, d, e] = base as [object, object, object, object, object]
    const [a2, b2, , d2, e2] = base.map((one) => ({ ...one, text: `${one.text} mine` }))
    const [, b3, c3, d3, e3] = base.map((one) => ({ ...one, text: `${one.text} theirs` }))
    const mine = [a2, b2, d2, e2]
    const theirs = [b3, c3, d3, e3]
    const { body, conflicts } = mergeBodies([a, b, c, d, e], mine, theirs)
    expect(body).toEqual(mine)
    expect(conflicts.map(({ path }) => path)).toEqual([
      [0],
      [1, 'text'],
      [2],
      [2, 'text'],
      [3, 'text'],
    ])
    const all = conflicts.map((conflict) => ({ conflict, settled: 'theirs' as const }))
    expect(resolveConflicts(body, all)).toEqual(theirs)
    const some = all.map((one, index) => (index === 3 ? { ...one, settled: 'mine' as const } : one))
    expect(resolveConflicts(body, some)).toEqual([b3, c3, d2, e3])
  })
  it('are settled within a list whose order is settled too', () => {
    const entry = (id: string, text = id) => ({ id, text })
    const { body, conflicts } = mergeBodies(
      [entry('a'), entry('b'), entry('c'), entry('d')],
      [entry('d', 'mine'), entry('a'), entry('c')],
      [entry('a'), entry('d', 'theirs'), entry('b', 'theirs'), entry('c')],
    )
    const all = conflicts.map((conflict) => ({ conflict, settled: 'theirs' as const }))
    expect(resolveConflicts(body, all)).toEqual([
      entry('a'),
      entry('d', 'theirs'),
      entry('b', 'theirs'),
      entry('c'),
    ])
  })
  it('take the translation away with the text, and put theirs in', () => {
    const entry = (text: string, en: string) => ({ text, translations: { en: { text: en } } })
    const { body, conflicts } = mergeBodies(entry('a', 'A'), entry('b', 'B'), entry('c', 'C'))
    const settle = (...settled: ('mine' | 'theirs')[]) =>
      resolveConflicts(
        body,
        conflicts.map((conflict, index) => ({ conflict, settled: settled[index]! })),
      )
    expect(conflicts.map(({ path }) => path.at(-1))).toEqual(['text', 'text'])
    expect(settle('mine', 'mine')).toEqual(entry('b', 'B'))
    expect(settle('theirs', 'theirs')).toEqual(entry('c', 'C'))
    expect(settle('theirs', 'mine')).toEqual({ text: 'c' })
  })
})

describe('[R81] an approval of health care', () => {
  const name = 'hemtjanst/routine/insulin'
  const approval = { role: 'MAS', on: '2026-11-01' }
  const base = { title: 'När insulin', summary: 'Ge', dont: ['Gissa'] }
  const merged = (mine: object, theirs: object, from: object = base) => {
    const now = { department: 'hemtjanst', kind: 'routine', id: 'insulin', body: theirs }
    const { documents, conflicts } = mergeDrafts([now], [{ name, base: { body: from }, body: mine }]) // prettier-ignore
    expect(conflicts).toEqual([])
    return documents[0]?.body
  }
  it('goes where the other changed the text meanwhile', () => {
    const mine = { ...base, summary: 'Ge aldrig' }
    expect(merged(mine, { ...base, approval })).toEqual(mine)
    expect(merged({ ...base, approval }, mine)).toEqual(mine)
    const both = { ...base, approval }
    const other = { ...both, approval: { ...approval, on: '2026-11-02' }, dont: ['Gissa aldrig'] }
    expect(merged({ ...base, summary: 'Ge aldrig' }, other, both)).toEqual({
      ...base,
      summary: 'Ge aldrig',
      dont: ['Gissa aldrig'],
    })
  })
  it('stays where only what it is not about changed, or nobody else changed anything', () => {
    const read = { ...base, reviewed: { role: 'Chef', on: '2026-11-02' } }
    expect(merged(read, { ...base, approval })).toEqual({ ...read, approval })
    expect(merged({ ...base, summary: 'Ny', approval }, base)).toMatchObject({ approval })
  })
})
