import { parseSync } from 'rolldown/utils'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** One way to break one check: what stands at a place of a file, and what takes its place. */
export interface Break {
  /** Below src/. */
  file: string
  start: number
  end: number
  /** What stands there, for people. */
  text: string
  put: string
}

interface Node {
  type: string
  start: number
  end: number
  [member: string]: unknown
}

/**
 * Every check of a room: each `if` that leads to a refusal (it throws, or returns false or nothing) is
 * never taken, and each part of its condition left out by itself. New checks are found without being listed.
 *
 * @param source the src/ folder
 */
export function findChecks(source: string, room: string): Break[] {
  const files = readdirSync(join(source, room), { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  return files.flatMap((path) => checksOf(relative(source, path), readFileSync(path, 'utf8')))
}

function checksOf(file: string, code: string): Break[] {
  const { program } = parseSync(file, code)
  const found: Break[] = []
  const add = (node: Node, put: string) => {
    const text = code.slice(node.start, node.end).replaceAll(/\s+/g, ' ')
    found.push({ file, start: node.start, end: node.end, text, put })
  }
  walk(program as unknown as Node, (node) => {
    if (node.type !== 'IfStatement' || !refuses(node['consequent'] as Node)) return
    const test = node['test'] as Node
    add(test, 'false')
    for (const { part, put } of partsOf(test)) add(part, put)
  })
  return found
}

/** Throws, or gives false or nothing: the branch says no. */
function refuses(branch: Node): boolean {
  let does = false
  walk(branch, (node) => {
    if (node.type === 'ThrowStatement') does = true
    if (node.type === 'ReturnStatement') {
      const value = node['argument'] as Node | null
      does ||= value === null || isNo(value)
    }
  })
  return does
}

function isNo(value: Node): boolean {
  if (value.type === 'Literal') return value['value'] === false
  if (value.type === 'Identifier') return value['name'] === 'undefined'
  return value.type === 'CallExpression' && (value['callee'] as Node)['name'] === 'refuse'
}

/** The parts of a condition: of `a || b` each is made false, of `a && b` each is made true. */
function partsOf(test: Node): { part: Node; put: string }[] {
  const inner = test.type === 'ParenthesizedExpression' ? (test['expression'] as Node) : test
  if (inner.type !== 'LogicalExpression') return []
  const put = inner['operator'] === '||' ? 'false' : 'true'
  return [inner['left'] as Node, inner['right'] as Node].flatMap((side) => {
    const isSame = side.type === 'LogicalExpression' && side['operator'] === inner['operator']
    return isSame ? partsOf(side) : [{ part: side, put }, ...partsOf(side)]
  })
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node)
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (isNode(child)) walk(child, visit)
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}
