import { beforeEach, describe, expect, it } from 'vitest'
import { DeviceError } from '#device/device-error.ts'
import type { Draft, DraftKeeper } from '#device/drafts.ts'
import { setAt } from '#domain/edit/change-at.ts'
import { createEditing, type Editing } from './editing.ts'

/** Drafts in memory, as the phone's keeper answers; `isFull` as a full phone does. */
function createKeeper() {
  const drafts = new Map<string, Draft>()
  const keeper = {
    isFull: false,
    writes: 0,
    drafts,
    list: () => Promise.resolve([...drafts.values()]),
    get: (name: string) => Promise.resolve(drafts.get(name)),
    put: (draft: Omit<Draft, 'rev' | 'changedAt'>) => {
      if (keeper.isFull) return Promise.reject(new DeviceError('full', 'no room'))
      keeper.writes += 1
      const kept = { ...draft, changedAt: '', rev: (drafts.get(draft.name)?.rev ?? 0) + 1 }
      drafts.set(draft.name, kept)
      return Promise.resolve(kept)
    },
    remove: (name: string) => Promise.resolve(drafts.delete(name)),
    settle: () => Promise.reject(new Error('nobody publishes here')),
  }
  return keeper satisfies DraftKeeper
}

const name = 'hemtjanst/routine/tes'
const published = { gen: 1, v: 4, body: { title: 'TES', do: ['Ring'], fax: 'okänt' } }
let keeper: ReturnType<typeof createKeeper>
let clock = 0
const open = (draft?: Draft) => createEditing({ name, keeper, published, draft, now: () => clock })
const type = (editing: Editing, title: string) =>
  editing.change((body) => setAt(body, ['title'], title), 'title')

beforeEach(() => {
  keeper = createKeeper()
  clock = 0
})

describe('editing', () => {
  it('keeps no draft of what is as published, also when it was changed and changed back', async () => {
    const editing = open()
    type(editing, 'TES nere')
    await editing.flush()
    expect(keeper.drafts.get(name)?.body).toEqual({ ...published.body, title: 'TES nere' })
    expect(keeper.drafts.get(name)?.base).toEqual(published)
    type(editing, 'TES')
    await editing.flush()
    expect(keeper.drafts.size).toBe(0)
    expect(editing.state()).toMatchObject({ save: { at: 'same' }, isChanged: false })
  })

  it('stores by itself at a pause', async () => {
    const editing = open()
    type(editing, 'a')
    expect(editing.state().save.at).toBe('waiting')
    await new Promise((done) => setTimeout(done, 600))
    expect(keeper.drafts.get(name)?.body).toMatchObject({ title: 'a' })
    expect(editing.state().save.at).toBe('saved')
  })

  it('says that the phone is full, loses nothing, and stores when there is room', async () => {
    const editing = open()
    keeper.isFull = true
    type(editing, 'mycket')
    await editing.flush()
    expect(editing.state().save).toEqual({ at: 'failed', code: 'full' })
    expect(editing.state().body).toMatchObject({ title: 'mycket' })
    keeper.isFull = false
    await editing.flush()
    expect(keeper.drafts.get(name)?.body).toMatchObject({ title: 'mycket' })
  })

  it('takes typing back as one step, and a pause begins another', () => {
    const editing = open()
    for (const text of ['T', 'TE', 'TES n']) type(editing, text)
    clock += 5_000
    type(editing, 'TES nu')
    editing.undo()
    expect(editing.state().body).toMatchObject({ title: 'TES n' })
    editing.undo()
    expect(editing.state().body).toBe(published.body)
    expect(editing.state().canUndo).toBe(false)
    editing.redo()
    editing.redo()
    expect(editing.state().body).toMatchObject({ title: 'TES nu' })
    expect(editing.state().canRedo).toBe(false)
  })

  it('discards to what is published, which can be undone', async () => {
    const editing = open()
    type(editing, 'x')
    await editing.flush()
    editing.discard()
    await editing.flush()
    expect(keeper.drafts.size).toBe(0)
    editing.undo()
    await editing.flush()
    expect(keeper.drafts.get(name)?.body).toMatchObject({ title: 'x' })
  })

  it('keeps a removal as a draft without a body', async () => {
    const editing = open()
    editing.change(() => undefined)
    await editing.flush()
    expect(keeper.drafts.get(name)).toMatchObject({ name, base: published })
    expect(keeper.drafts.get(name)).not.toHaveProperty('body')
  })

  it('goes on with a draft as it was, from what it was begun on', async () => {
    const draft = {
      name,
      base: { ...published, v: 2 },
      body: { title: 'utkast' },
      changedAt: '',
      rev: 7,
    }
    const editing = open(draft)
    expect(editing.state()).toMatchObject({ body: { title: 'utkast' }, save: { at: 'saved' } })
    type(editing, 'utkast 2')
    await editing.close()
    expect(keeper.drafts.get(name)?.base?.v).toBe(2)
    type(editing, 'efteråt')
    await editing.flush()
    expect(keeper.drafts.get(name)?.body).toEqual({ title: 'utkast 2' })
  })

  it('stores what came while it was storing', async () => {
    const editing = open()
    type(editing, 'ett')
    const first = editing.flush()
    type(editing, 'två')
    await first
    expect(keeper.drafts.get(name)?.body).toMatchObject({ title: 'två' })
    expect(keeper.writes).toBe(2)
  })

  it('goes on from what was sent when that is published', async () => {
    const editing = open()
    type(editing, 'publicerad')
    await editing.flush()
    const sent = keeper.drafts.get(name)
    keeper.drafts.delete(name)
    editing.follow(undefined, published)
    expect(editing.state()).toMatchObject({ save: { at: 'same' }, isChanged: false })
    const body = { ...published.body, title: 'publicerad' }
    editing.follow(undefined, { gen: 1, v: 5, body })
    expect(editing.base()).toEqual({ gen: 1, v: 5, body })
    type(editing, 'nästa')
    await editing.flush()
    expect(keeper.drafts.get(name)?.base?.body).toEqual(sent?.body)
  })

  it('keeps what was typed since it was sent, and begins it on that', async () => {
    const editing = open()
    type(editing, 'skickad')
    await editing.flush()
    type(editing, 'skickad och mer')
    await editing.flush()
    const held = keeper.drafts.get(name)
    const base = { gen: 1, v: 5, body: { ...published.body, title: 'skickad' } }
    editing.follow(held && { ...held, base }, base)
    expect(editing.state().body).toMatchObject({ title: 'skickad och mer' })
    type(editing, 'skickad och ännu mer')
    await editing.flush()
    expect(keeper.drafts.get(name)?.base).toEqual(base)
  })

  it('shows what another published only while nothing is written', () => {
    const theirs = { gen: 1, v: 5, body: { title: 'deras' } }
    const editing = open()
    editing.follow(undefined, theirs)
    expect(editing.state()).toMatchObject({ body: theirs.body, isChanged: false })
    const other = open()
    type(other, 'mitt')
    other.follow(undefined, theirs)
    expect(other.state().body).toMatchObject({ title: 'mitt' })
    expect(other.base()).toEqual(published)
  })
})
