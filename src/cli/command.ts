import type { parseArgs, ParseArgsConfig } from 'node:util'

/** What a command gets from the machine; tests hand on their own. */
export interface CliContext {
  /** The project's folder: plans/, dist/ and the sources lie there. */
  project: string
  env: Readonly<Record<string, string | undefined>>
  cwd: string
  now: () => Date
  /** Writes a line to stdout. */
  print: (line: string) => void
  /** Writes a line to stderr. */
  complain: (line: string) => void
  /** Asks a person and gives the answer; undefined when nobody sits at a terminal. */
  ask?: (question: string) => Promise<string>
  fetch: typeof globalThis.fetch
  /** Resolves when the process was asked to end (SIGINT, SIGTERM). */
  stopped: Promise<void>
}

export type OptionValues = ReturnType<typeof parseArgs>['values']

export interface Command {
  /** After `planb `, as in the help. */
  usage: string
  summary: string
  options: NonNullable<ParseArgsConfig['options']>
  /** The least and the most arguments. */
  positionals: [number, number]
  /** @returns 0, or 1 when what was asked does not hold; throws CliError */
  run(context: CliContext, input: { values: OptionValues; positionals: string[] }): Promise<0 | 1>
}

/**
 * Something a person has to know and can do something about. `message` says what, and where;
 * `advice` what to do. Exit code 1: it did not hold; 2: the command was used in the wrong way.
 */
export class CliError extends Error {
  readonly exitCode: 1 | 2
  readonly advice: string

  constructor(exitCode: 1 | 2, message: string, advice: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'CliError'
    this.exitCode = exitCode
    this.advice = advice
  }
}

/** The text of an option, or undefined. */
export function textOption(values: OptionValues, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
