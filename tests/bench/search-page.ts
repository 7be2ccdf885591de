import { createSearch } from '#domain/search/create-search.ts'
import type { PlanBDocument } from '#domain/schema/document.ts'

/** Runs in the browser: builds the index and types a question letter by letter; times in milliseconds. */
function bench(documents: PlanBDocument[], questions: string[]) {
  const begun = performance.now()
  const search = createSearch(documents)
  const built = performance.now() - begun
  while (search.deepen(50));
  const keystrokes: number[] = []
  let found = 0
  for (const question of questions)
    for (let length = 1; length <= question.length; length += 1) {
      const start = performance.now()
      found += search.find(question.slice(0, length)).length
      keystrokes.push(performance.now() - start)
    }
  return { built, keystrokes, found }
}

Object.assign(globalThis, { bench })
