/**
 * Which list each built file belongs to. The reader's list is stored on every phone before the worker
 * takes over; the editor's when the device becomes a publisher's; the rest once plans are stored, since
 * nobody needs it to read the first page. What only a host needs is never stored. A file that no rule names
 * stops the build, so that nothing is left out of storage by accident.
 */
export type ListName = 'reader' | 'editor' | 'rest' | 'host'

/** Workbox fetches one file after another, a round trip each. */
export const mostReaderFiles = 12

const rules: [RegExp, ListName][] = [
  [/^index\.html$/, 'reader'],
  // With the texts of its parts in other languages.
  [/^assets\/(editor|manage-en|write-en)[-.][^/]*\.(js|css)$/, 'editor'],
  [/^assets\/(first|main|shared|style)[-.][^/]*\.(js|css)$/, 'reader'],
  // Texts of a language that is fetched at once when it is the person's; reading codes from the camera;
  // opening a key wrap, after a change of keys; signing; what is seldom asked of a phone; what follows a
  // round of sync; pages seldom opened, and the picture of a code; what several such parts share.
  [
    /^assets\/(en|decode|scan|typed-code|open-keys|sign|seldom|sync-journal|later|more|draw-code)[-.][^/]*\.js$/,
    'rest',
  ],
  // Where the app cannot run at all: nothing is stored there.
  [/^assets\/cannot-run[-.][^/]*\.js$/, 'host'],
  [/^manifest\.webmanifest$/, 'rest'],
  [/^icons\/icon\.svg$/, 'rest'],
  [/^icons\/[a-z0-9-]+\.(png|svg)$/, 'host'],
  [/^screenshots\/[a-z0-9-]+\.png$/, 'host'],
  [/^library\.bin$/, 'host'],
  [/^robots\.txt$/, 'host'],
]

/** The list of a built file (path below the output folder); undefined when no rule names it. */
export function listOf(path: string): ListName | undefined {
  return rules.find(([pattern]) => pattern.test(path))?.[1]
}
