import { checkTree } from '../phone-tree/check-tree.ts'
import type { PhoneTree, Position } from '../schema/phone-tree.ts'
import { fieldAt, found, listAt, type Found, type Written } from './finding.ts'

/** [W4] [W5] The rules of `phone-tree/SPEC.md`, and what the caller says in a drill. */
export function treeFaults({ document, context }: Written): Found[] {
  const { body } = document
  const { tree, places } = asTree(body)
  const findings = checkTree(tree, (contact) => context.names.has(contact)).map((finding) => {
    const { code, severity, position, other, circle, path } = finding
    const values = {
      position: titleOf(tree, position),
      ...(other === undefined ? {} : { other: titleOf(tree, other) }),
      ...(circle === undefined
        ? {}
        : { circle: circle.map((id) => titleOf(tree, id)).join(' → ') }),
      ...(code === 'too-many-calls' ? { calls: callsOf(tree, position) } : {}),
    }
    return found(
      severity === 'error' ? 'blocks' : severity,
      `tree-${code}`,
      inBody(path, places),
      values,
    )
  })
  const drill = fieldAt(body, 'drillScript')
  if (typeof drill !== 'string' || drill.trim() === '') {
    findings.push(found('hint', 'drill-script-missing', ['drillScript']))
  } else if (!/^[\s"“”»«*_]*övning/iu.test(drill)) {
    findings.push(found('warning', 'drill-script-unmarked', ['drillScript']))
  }
  return findings
}

/** A tree being written as a tree: what is not one yet is left out, and `places` says where the rest stood. */
function asTree(body: unknown): { tree: PhoneTree; places: number[] } {
  const positions: Position[] = []
  const places: number[] = []
  for (const [place, entry] of listAt(body, 'positions').entries()) {
    const id = textAt(entry, 'id')
    if (id === undefined) continue
    const calls = listAt(entry, 'calls').filter((call) => typeof call === 'string')
    const fields = ['contact', 'number', 'deputy'].flatMap((field) => {
      const text = textAt(entry, field)
      return text === undefined ? [] : [[field, text] as const]
    })
    positions.push({
      id,
      title: textAt(entry, 'title') ?? id,
      calls,
      ...Object.fromEntries(fields),
    })
    places.push(place)
  }
  const tree = { start: textAt(body, 'start') ?? '', positions } as unknown as PhoneTree
  return { tree, places }
}

function textAt(value: unknown, field: string): string | undefined {
  const text = fieldAt(value, field)
  return typeof text === 'string' && text !== '' ? text : undefined
}

function inBody(path: (string | number)[], places: readonly number[]): (string | number)[] {
  return path.map((part, depth) =>
    depth === 1 && typeof part === 'number' ? (places[part] ?? part) : part,
  )
}

function titleOf(tree: PhoneTree, id: string): string {
  return tree.positions.find((one) => one.id === id)?.title ?? id
}

function callsOf(tree: PhoneTree, id: string): number {
  return tree.positions.find((one) => one.id === id)?.calls.length ?? 0
}
