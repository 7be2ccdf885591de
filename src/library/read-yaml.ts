import {
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type Document,
  type Node,
  type ParsedNode,
  type YAMLParseError,
} from 'yaml'
import { fileProblem, maxFileBytes, type Problem, type ProblemCode } from './problem.ts'

export type Place = { line: number; column: number }

/** A YAML text as plain data, with the place each value stands at. */
export interface YamlText {
  /** Undefined when the text could not be read at all. */
  value: unknown
  problems: Problem[]
  /** Where a value stands; the nearest one above it where it is missing. */
  placeOf(path: readonly (string | number)[]): Place
  /** Where the key of a field stands. */
  placeOfKey(path: readonly (string | number)[]): Place
}

/** Brackets open at once, or list marks in a row: beyond this it is no plan but an attack on the parser. */
const deepest = 40

/** Keys are looked through here: the parser's own search takes time by the square of their number. */
const parseOptions = { prettyErrors: false, uniqueKeys: false, logLevel: 'error' } as const

/**
 * Reads one YAML text strictly: one document of plain maps, lists and scalars. Anchors, aliases, tags and
 * directives are refused, since plans need none and each has been used to break readers. Everything found
 * is told at once; `file` only names it.
 */
export function readYaml(file: string, text: string): YamlText {
  const placeAt = createPlaces(text)
  const early = problemBeforeParsing(file, text, placeAt)
  if (early !== undefined) return unreadable(early)
  const problems: Problem[] = []
  const add = (code: ProblemCode, offset: number, message: string, hint: string): void => {
    problems.push({ file, ...placeAt(offset), code, severity: 'error', message, hint })
  }
  const document = parseDocument(text, parseOptions)
  for (const explained of firstOfEach(document.errors)) add(...explained)
  if (document.directives.yaml.explicit === true) {
    add('directive', 0, 'The file begins with a %YAML directive', 'Remove that line')
  }
  if (document.errors.length > 0) return { ...unreadable(), problems }
  if (
    document.contents === null ||
    (isScalar(document.contents) && document.contents.value === null)
  ) {
    add('empty', 0, 'The file holds nothing', 'Write the document, or remove the file')
    return { ...unreadable(), problems }
  }
  const value = toPlain(document.contents, add)
  return { value, problems, ...placesIn(text, placeAt) }
}

/** Places are asked for where something is wrong, which is seldom: the parsed tree is not kept for them. */
function placesIn(
  text: string,
  placeAt: (offset: number) => Place,
): Pick<YamlText, 'placeOf' | 'placeOfKey'> {
  let parsed: Document | undefined
  const place = (path: readonly (string | number)[], key: boolean): Place => {
    parsed ??= parseDocument(text, parseOptions)
    return placeAt(offsetOf(parsed, path, key))
  }
  return { placeOf: (path) => place(path, false), placeOfKey: (path) => place(path, true) }
}

function unreadable(problem?: Problem): YamlText {
  const top = () => ({ line: 1, column: 1 })
  return {
    value: undefined,
    problems: problem === undefined ? [] : [problem],
    placeOf: top,
    placeOfKey: top,
  }
}

function problemBeforeParsing(
  file: string,
  text: string,
  placeAt: (offset: number) => Place,
): Problem | undefined {
  // A text has at least one byte a UTF-16 unit, so this never loads what maxFileBytes would refuse.
  if (text.length > maxFileBytes) return fileProblem(file, 'too-large')
  // U+FFFD is what a decoder leaves of bytes that are no UTF-8.
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const strange = text.search(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]/)
  if (strange >= 0) return { ...fileProblem(file, 'not-text'), ...placeAt(strange) }
  const deep = tooDeepAt(text)
  if (deep === undefined) return undefined
  return {
    file,
    ...placeAt(deep),
    code: 'too-deep',
    severity: 'error',
    message: 'Lists or fields are nested too deep',
    hint: 'No plan needs that: look for a bracket that is not closed',
  }
}

/** The parser needs time that grows with the square of the depth: so this looks first, letter by letter. */
function tooDeepAt(text: string): number | undefined {
  let open = 0
  for (let index = 0; index < text.length; index++) {
    const letter = text[index]
    if (letter === '[' || letter === '{') open += 1
    else if ((letter === ']' || letter === '}') && open > 0) open -= 1
    if (open > deepest) return index
  }
  const marks = text.search(/(?:[-?:][ \t]+){40}/)
  return marks < 0 ? undefined : marks
}

/** One slip makes errors of all that follows: the first of a kind says where it is. */
function firstOfEach(errors: readonly YAMLParseError[]): ReturnType<typeof explain>[] {
  const firstByCode = new Map<ProblemCode, ReturnType<typeof explain>>()
  for (const { code, pos, message } of errors) {
    const explained = explain(code, pos[0], message)
    if (!firstByCode.has(explained[0])) firstByCode.set(explained[0], explained)
  }
  return [...firstByCode.values()]
}

function explain(
  code: string,
  offset: number,
  message: string,
): [code: ProblemCode, offset: number, message: string, hint: string] {
  if (code === 'TAB_AS_INDENT') {
    return ['tab', offset, 'A tab stands where only spaces may', 'Indent with two spaces a level']
  }
  if (code === 'MULTIPLE_DOCS') {
    const hint = 'One file is one document: remove the line "---" or split the file'
    return ['several-documents', offset, 'The file holds several documents', hint]
  }
  if (code === 'BAD_ALIAS') return aliasProblem(offset)
  const hint =
    code === 'BLOCK_AS_IMPLICIT_KEY' || code === 'BLOCK_IN_FLOW' || /mapping/i.test(message)
      ? 'Put texts that hold a colon in double quotation marks, and check the indentation'
      : 'Check indentation, colons and quotation marks just before this place'
  return ['not-yaml', offset, `This is not YAML: ${message.replace(/\.?$/, '')}`, hint]
}

function aliasProblem(offset: number): [ProblemCode, number, string, string] {
  const message = 'Anchors (&) and aliases (*) are not allowed'
  return ['alias', offset, message, 'Write the text out, or put it in double quotation marks']
}

type Add = (code: ProblemCode, offset: number, message: string, hint: string) => void

/** Recursion ends at the depth `tooDeepAt` and the indentation of 256 KiB allow. */
function toPlain(node: ParsedNode | Node | null, add: Add): unknown {
  if (node === null) return null
  const offset = node.range?.[0] ?? 0
  if (!isMap(node) && !isSeq(node) && !isScalar(node)) {
    add(...aliasProblem(offset))
    return null
  }
  if (node.anchor !== undefined) add(...aliasProblem(offset))
  if (node.tag !== undefined) {
    const hint = 'Remove it; put the text in double quotation marks if it begins with "!"'
    add('tag', offset, `The tag "${node.tag}" is not allowed`, hint)
  }
  if (isScalar(node)) return node.value
  if (isSeq(node)) return node.items.map((item) => toPlain(item as Node, add))
  const plain: Record<string, unknown> = {}
  for (const pair of node.items) {
    const keyOffset = (pair.key as Node | null)?.range?.[0] ?? offset
    if (!isScalar(pair.key) || pair.key.tag !== undefined || pair.key.anchor !== undefined) {
      add(
        'bad-key',
        keyOffset,
        'A field has no plain name',
        'Write the name of a field before the colon',
      )
      continue
    }
    const key = String(pair.key.value)
    if (Object.hasOwn(plain, key)) {
      add('duplicate-key', keyOffset, `"${key}" stands here twice`, 'Keep one of them')
      continue
    }
    // Not by assignment: "__proto__" is to be an ordinary, unknown field.
    const value = toPlain(pair.value as Node | null, add)
    Object.defineProperty(plain, key, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    })
  }
  return plain
}

function offsetOf(document: Document, path: readonly (string | number)[], key: boolean): number {
  let node: unknown = document.contents
  let offset = (document.contents?.range?.[0] as number | undefined) ?? 0
  for (const [depth, part] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(
        (one) => isScalar(one.key) && String(one.key.value) === String(part),
      )
      if (pair === undefined) break
      offset = (pair.key as Node).range?.[0] ?? offset
      node = pair.value
      if (key && depth === path.length - 1) break
    } else if (isSeq(node)) {
      node = node.items[Number(part)]
    } else break
    const range = (node as Node | null | undefined)?.range
    // An empty value has a range too, often on the next line: the key is the better place then.
    if (range && !(isScalar(node) && node.value === null)) offset = range[0]
  }
  return offset
}

/** Places of many offsets in one text: where its lines begin is looked up once. */
function createPlaces(text: string): (offset: number) => Place {
  let starts: number[] | undefined
  return (offset) => {
    starts ??= [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
}
