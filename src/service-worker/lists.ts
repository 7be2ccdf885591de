/**
 * Which list each built file belongs to. The reader's list is stored on every phone before the worker
 * takes over; the editor's when the device becomes a publisher's; the rest is never needed offline.
 * A file that no rule names stops the build, so that nothing is left out of storage by accident.
 */
export type ListName = 'reader' | 'editor' | 'rest'

/** Workbox fetches one file after another, a round trip each. */
export const mostReaderFiles = 12

const rules: [RegExp, ListName][] = [
  [/^index\.html$/, 'reader'],
  [/^manifest\.webmanifest$/, 'reader'],
  [/^assets\/(editor|publish|history)[-.][^/]*\.(js|css)$/, 'editor'],
  [/^assets\/(first|main|preload-helper|en|style)[-.][^/]*\.(js|css)$/, 'reader'],
  // Reads codes from the camera: only for joining, which needs the host anyway.
  [/^assets\/(decode|scan)[-.][^/]*\.js$/, 'rest'],
  [/^icons\/icon\.svg$/, 'reader'],
  [/^icons\/[a-z0-9-]+\.(png|svg)$/, 'rest'],
  [/^screenshots\/[a-z0-9-]+\.png$/, 'rest'],
  [/^robots\.txt$/, 'rest'],
]

/** The list of a built file (path below the output folder); undefined when no rule names it. */
export function listOf(path: string): ListName | undefined {
  return rules.find(([pattern]) => pattern.test(path))?.[1]
}
