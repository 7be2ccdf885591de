import * as v from 'valibot'
import { commonDepartment } from '../schema/document.ts'
import { reference } from '../schema/values.ts'
import { isTranslatable } from '../schema/walk-schema.ts'
import { fieldAt, found, listAt, type Found, type Written } from './finding.ts'

/** [W1]–[W3] References that point at nothing, systems not in the register, positions of no tree. */
export function brokenReferences({ document, values, context }: Written): Found[] {
  const findings: Found[] = []
  for (const { value, path, part } of values) {
    if (typeof value !== 'string' || value === '') continue
    const [field, before] = [path.at(-1), path.at(-2)]
    if (field === 'system' || (before === 'systems' && typeof field === 'number')) {
      if (context.systems?.has(value) === false) findings.push(found('blocks', 'system-unknown', path, { system: value })) // prettier-ignore
    } else if (!isTranslatable(part) && v.is(reference, value)) {
      const code = whatIsWrong(value, document.department, context)
      if (code !== undefined) findings.push(found('blocks', code, path, { reference: value }))
    }
  }
  return document.kind === 'rota'
    ? [...findings, ...unknownPositions(document.body, context)]
    : findings
}

function whatIsWrong(target: string, own: string, { names, hasCommon }: Written['context']) {
  const department = target.split('/')[0]
  // A phone holds its own department and what all share (docs/decisions/0001).
  if (department !== own && department !== commonDepartment) return 'reference-foreign'
  if (names.has(target) || (department === commonDepartment && !hasCommon)) return undefined
  return 'reference-missing'
}

function unknownPositions(body: unknown, { positionsByTree }: Written['context']): Found[] {
  const tree = fieldAt(body, 'phoneTree')
  const positions = typeof tree === 'string' ? positionsByTree.get(tree) : undefined
  if (positions === undefined) return []
  return listAt(body, 'entries').flatMap((entry, index) => {
    const position = fieldAt(entry, 'position')
    if (typeof position !== 'string' || position === '' || positions.has(position)) return []
    return [found('blocks', 'position-unknown', ['entries', index, 'position'], { position })]
  })
}
