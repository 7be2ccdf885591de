/**
 * The names under which a phone keeps things. Several apps may share an origin (a host with many
 * municipalities under different paths), so every name carries the base path; and an organisation's
 * things carry the organisation, so that two are never mixed.
 *
 * `scope` is the app's base path, `/` or `/planb/`. Organisations are lower-case hex, scopes end with a
 * slash: no name is the beginning of another.
 */
export function phoneDatabaseName(scope: string): string {
  return `planb:${scope}`
}

export function organisationDatabaseName(scope: string, organisation: string): string {
  return `planb:${scope}:${organisation}`
}

/** The organisation whose database has this name; undefined for every other name. */
export function organisationOfDatabase(scope: string, name: string): string | undefined {
  const prefix = `${phoneDatabaseName(scope)}:`
  const rest = name.startsWith(prefix) ? name.slice(prefix.length) : ''
  return /^[0-9a-f]{64}$/.test(rest) ? rest : undefined
}

/** Held by the one tab that syncs an organisation. */
export function syncLockName(scope: string, organisation: string): string {
  return `planb-sync:${scope}:${organisation}`
}

/** Held by the one tab that writes a reading copy. */
export function copyLockName(scope: string): string {
  return `planb-copy:${scope}`
}

/** Where tabs tell each other that something changed. */
export function channelName(scope: string): string {
  return `planb-changes:${scope}`
}
