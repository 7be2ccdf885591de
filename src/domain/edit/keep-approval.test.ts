import { expect, it } from 'vitest'
import { keepApproval } from './keep-approval.ts'

const approval = { role: 'MAS', on: '2026-01-01' }
const body = { title: 'När', phases: { minutes15: { steps: [{ text: 'Ring' }] } }, approval }
const changed = { ...body, phases: { minutes15: { steps: [{ text: 'Ge' }] } } }

it('an approval goes with the text it was given for', () => {
  expect(keepApproval(changed, body)).toEqual({ title: 'När', phases: changed.phases })
  // Given again, for this text.
  const again = { ...changed, approval: { ...approval, on: '2026-11-23' } }
  expect(keepApproval(again, body)).toBe(again)
})

it('what is not approved may change under it', () => {
  const read = { ...body, reviewed: { role: 'Chef', on: '2026-11-01' }, translations: { en: {} } }
  expect(keepApproval(read, body)).toBe(read)
})

it('of two sides, the one that has this text counts', () => {
  const plain = { title: body.title, phases: changed.phases }
  // Mine is approved as it is now; theirs is another text under the same approval, or none.
  expect(keepApproval(changed, changed, body)).toBe(changed)
  expect(keepApproval(changed, plain, body)).toEqual(plain)
})

it('nothing to approve is given back itself', () => {
  for (const one of [undefined, 'text', [], { title: 'När' }]) expect(keepApproval(one, body)).toBe(one) // prettier-ignore
})
