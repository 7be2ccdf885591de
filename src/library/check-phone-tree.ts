import { checkTree, mostCalls, type TreeFinding } from '#domain/phone-tree/check-tree.ts'
import type { PhoneTree } from '#domain/schema/phone-tree.ts'
import type { Finding } from './content-file.ts'
import type { ProblemCode } from './problem.ts'

/** The rules of `domain/phone-tree/SPEC.md` as findings in a file. */
export function checkPhoneTree(tree: PhoneTree): Finding[] {
  return (
    checkTree(tree)
      // Told once, with both places, by the check for ids of all lists.
      .filter(({ code }) => code !== 'duplicate-position')
      .map((finding) => ({ at: finding.path, severity: finding.severity, ...explain(finding) }))
  )
}

function explain({ code, position, other = '', circle = [] }: TreeFinding): {
  code: ProblemCode
  message: string
  hint: string
} {
  switch (code) {
    case 'start-missing':
      return {
        code: 'phone-tree-start',
        message: `The start "${position}" is no position of this tree`,
        hint: 'Name the id of the position that begins',
      }
    case 'unknown-position':
    case 'duplicate-position':
      return {
        code: 'unknown-position',
        message: `"${position}" calls "${other}", who is no position of this tree`,
        hint: 'Correct the id, or add the position',
      }
    case 'loop':
      return {
        code: 'phone-tree-loop',
        message: `The calls go in a circle: ${circle.join(' → ')}`,
        hint: `Remove the call from "${position}" to "${other}", which closes it`,
      }
    case 'unreachable':
      return {
        code: 'phone-tree-unreachable',
        message: `Nobody who is reached from the start calls "${position}"`,
        hint: 'Add it to the calls of somebody, or remove it',
      }
    case 'called-twice':
      return {
        code: 'phone-tree-called-twice',
        message: `"${position}" is called already by "${other}"`,
        hint: 'Remove one of the two calls',
      }
    case 'bad-deputy':
      return {
        code: 'phone-tree-deputy',
        message: `The deputy of "${position}", "${other}", is not another position of this tree`,
        hint: 'Name the id of the position to call instead',
      }
    case 'no-number':
      return {
        code: 'phone-tree-no-number',
        message: `"${position}" has neither number nor contact`,
        hint: 'Add "contact:" or "number:"',
      }
    case 'too-many-calls':
      return {
        code: 'phone-tree-many-calls',
        message: `"${position}" calls more than ${mostCalls}`,
        hint: 'Give some of the calls to others: two or three each is best',
      }
    case 'no-deputy':
      return {
        code: 'phone-tree-no-deputy',
        message: `"${position}" calls others but has nobody to be called instead`,
        hint: 'Add "deputy:" with the id of another position',
      }
  }
}
