/** What can be wrong with the files of a content folder. Stable: tests and scripts may rely on them. */
export type ProblemCode =
  // The file as such
  | 'too-large'
  | 'outside-folder'
  | 'linked-folder'
  | 'not-a-file'
  | 'not-text'
  | 'empty'
  | 'not-yaml'
  | 'tab'
  | 'duplicate-key'
  | 'several-documents'
  | 'alias'
  | 'tag'
  | 'directive'
  | 'too-deep'
  | 'bad-key'
  // Where it lies
  | 'wrong-extension'
  | 'wrong-folder'
  | 'bad-name'
  | 'not-published'
  | 'missing-file'
  | 'unknown-department'
  // What stands in it
  | 'missing-field'
  | 'unknown-field'
  | 'wrong-type'
  | 'bad-value'
  | 'unknown-language'
  | 'bad-translation'
  | 'duplicate-id'
  | 'unknown-answer-row'
  | 'duplicate-entry'
  | 'duplicate-title'
  | 'wrong-order'
  | 'real-number'
  // What it points at
  | 'dangling-reference'
  | 'foreign-reference'
  | 'unknown-system'
  | 'unknown-position'
  | 'phone-tree-start'
  | 'phone-tree-loop'
  | 'phone-tree-unreachable'
  | 'phone-tree-called-twice'
  | 'phone-tree-deputy'
  | 'phone-tree-no-number'
  | 'phone-tree-many-calls'
  | 'phone-tree-no-deputy'

/** One thing to mend. `line` and `column` count from 1. */
export interface Problem {
  /** Path within the content folder, with forward slashes. */
  file: string
  line: number
  column: number
  code: ProblemCode
  /** An error blocks publishing, a warning does not. */
  severity: 'error' | 'warning'
  /** What is wrong, in English, as a sentence without a full stop. */
  message: string
  /** What to do about it. */
  hint: string
}

/** Files larger than this are not read: the largest of a real plan has a tenth of it. */
export const maxFileBytes = 256 * 1024

/**
 * Problems only whoever walks the folder can see, before a text is read: so that an 80 MB file is never
 * loaded, and a link out of the folder never followed.
 */
export function fileProblem(
  file: string,
  code: 'too-large' | 'outside-folder' | 'linked-folder' | 'not-a-file' | 'not-text',
): Problem {
  const [message, hint] = {
    'too-large': [
      `The file is larger than ${maxFileBytes / 1024} KiB`,
      'Split it, or take it out of the folder: only plans belong here',
    ],
    'outside-folder': [
      'This is a link that leads out of the content folder; nothing behind it was read',
      'Put the file or folder itself here: what lies elsewhere is not published',
    ],
    'linked-folder': [
      'This is a link to another folder; nothing behind it was read',
      'Put a folder of its own here, or remove the link',
    ],
    'not-a-file': ['This is no ordinary file', 'Take it out of the folder'],
    'not-text': [
      'The file is not text in UTF-8',
      'Save it as UTF-8 text, or take it out of the folder if it is a picture or a document',
    ],
  }[code] as [string, string]
  return { file, line: 1, column: 1, code, severity: 'error', message, hint }
}

/** In the order of the files, then of their lines. */
export function sortProblems(problems: Problem[]): Problem[] {
  return problems.sort(
    (a, b) =>
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
  )
}

/** A place in a body as one writes it: `phases.minutes15.steps[2].text`. */
export function fieldName(path: readonly (string | number)[]): string {
  return path
    .map((part, index) =>
      typeof part === 'number' ? `[${part + 1}]` : index === 0 ? part : `.${part}`,
    )
    .join('')
}
