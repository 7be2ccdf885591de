import { useEffect, useState } from 'react'

export interface ReadAloud {
  isPossible: boolean
  isReading: boolean
  read(parts: readonly { text: string; language: string }[]): void
  stop(): void
}

/**
 * Reads text aloud with the phone's own voices, which work without internet. Each part is an utterance
 * of its own: long ones are cut off by some browsers, and each names its language.
 */
export function useReadAloud(): ReadAloud {
  const synthesis = 'speechSynthesis' in globalThis ? globalThis.speechSynthesis : undefined
  const [isReading, setReading] = useState(false)
  useEffect(() => () => synthesis?.cancel(), [synthesis])
  return {
    isPossible: synthesis !== undefined,
    isReading,
    read(parts) {
      if (synthesis === undefined) return
      synthesis.cancel()
      setReading(true)
      parts.forEach((part, index) => {
        const utterance = new SpeechSynthesisUtterance(part.text)
        utterance.lang = part.language === 'sv' ? 'sv-SE' : part.language
        // A little slower than usual: it is read while hands are busy.
        utterance.rate = 0.95
        utterance.onerror = () => setReading(false)
        if (index === parts.length - 1) utterance.onend = () => setReading(false)
        synthesis.speak(utterance)
      })
    },
    stop() {
      synthesis?.cancel()
      setReading(false)
    },
  }
}
