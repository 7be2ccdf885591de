import { createLogIndex } from './log-index.ts'
import type { LogIndex } from './log-index.ts'
import type { RootChain } from './root-chain.ts'
import type { Store } from '#store/store.ts'

/** One index for each department the root names, made when it is first asked for. */
export function createDepartmentLogs(options: {
  store: Store
  chain: RootChain
  /** Milliseconds. */
  now: () => number
}): (department: string) => Promise<LogIndex | undefined> {
  const { store, chain, now } = options
  const logByDepartment = new Map<string, LogIndex>()
  return async (department) => {
    const root = await chain.current()
    if (!root || !Object.hasOwn(root.departments, department)) return undefined
    let log = logByDepartment.get(department)
    if (!log) logByDepartment.set(department, (log = createLogIndex({ store, department, now })))
    return log
  }
}
