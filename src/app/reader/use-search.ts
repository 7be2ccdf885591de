import { useEffect, useState } from 'react'
import type { DocumentIndex } from '#domain/resolve.ts'
import { createSearch, type Search } from '#domain/search/create-search.ts'

/** One search for each set of documents, however often the screen comes and goes. */
const searches = new WeakMap<DocumentIndex, Search>()

function searchOf(index: DocumentIndex): Search {
  let found = searches.get(index)
  if (found === undefined) {
    found = createSearch(index.documents)
    searches.set(index, found)
  }
  return found
}

/** The page is drawn and touched first, and its copy stored; then there is time, in milliseconds. */
const warmUpAfterMs = 2_500

/**
 * Makes the search ready while nothing else is to be done, so that the first letter is answered at
 * once; the long texts are taken in a few at a time. `isWanted` asks for it now. Undefined until then.
 */
export function useSearch(
  index: DocumentIndex,
  options: { isLive: boolean; isWanted: boolean },
): { search: Search | undefined; depth: number } {
  const { isLive, isWanted } = options
  const search = isLive && isWanted ? searchOf(index) : undefined
  // Counts how deep the index is, so that results are looked up again when it has grown.
  const [depth, setDepth] = useState(0)
  useEffect(() => {
    if (!isLive) return
    let timer: ReturnType<typeof setTimeout>
    const deepen = () => {
      if (searchOf(index).deepen()) timer = setTimeout(deepen, 0)
      else if (isWanted) setDepth((depth) => depth + 1)
    }
    timer = setTimeout(deepen, isWanted ? 50 : warmUpAfterMs)
    return () => clearTimeout(timer)
  }, [index, isLive, isWanted])
  return { search, depth }
}
