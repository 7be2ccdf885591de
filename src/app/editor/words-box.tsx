/** Eight words, big, to be read aloud and compared by two people. Swedish whatever the interface is. */
export function WordsBox({ words, label }: { words: readonly string[]; label: string }) {
  return (
    <ol className="words-box" lang="sv" aria-label={label}>
      {words.map((word, index) => (
        <li key={index}>{word}</li>
      ))}
    </ol>
  )
}
