/** What a run of `planb mirror` did. */
export interface MirrorReport {
  roots: number
  heads: number
  blobs: number
  bytes: number
  entries: number
  /** What was left out, and why. */
  problems: string[]
  /** Some of it because somebody else had published there. */
  hasRival?: true
}

/** How a run tells of itself, and how it is asked to stop between two objects. */
export interface MirrorRun {
  report: MirrorReport
  /** Says how far it has come; shown now and then. */
  progress: (department: string, done: number, total: number) => void
  /** @throws MirrorStopped when the process was asked to end */
  checkStopped: () => void
}

/** The run was asked to end. What was copied is whole; the next run goes on. */
export class MirrorStopped extends Error {
  readonly code = 'stopped'
}

/** The target is not one to write this organisation to. `advice` says what to do. */
export class MirrorRefused extends Error {
  readonly code = 'mirror-refused'
  readonly advice: string

  constructor(message: string, advice: string) {
    super(message)
    this.advice = advice
  }
}
