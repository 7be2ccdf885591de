/** For what is named by its content: blobs and hashed files of the app. */
export const immutable = 'public, max-age=31536000, immutable'

/** For everything else, 404s too: kept, but never used without asking. */
export const noCache = 'no-cache'
