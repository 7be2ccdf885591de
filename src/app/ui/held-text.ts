import { useState } from 'react'

/**
 * A line somebody is typing, kept on the phone until it is used: a phone may end the app at any moment. Not for
 * plans, which are drafts of their own.
 *
 * @param key what the text is for; the same text for the same key
 */
export function useHeldText(key: string): [text: string, set: (text: string) => void] {
  const name = `planb-held:${key}`
  const [text, setText] = useState(() => readHeld(name))
  const set = (next: string) => {
    setText(next)
    try {
      if (next === '') localStorage.removeItem(name)
      else localStorage.setItem(name, next)
    } catch {
      // Storage may be off or full: then the text is on the page only.
    }
  }
  return [text, set]
}

function readHeld(name: string): string {
  try {
    return localStorage.getItem(name) ?? ''
  } catch {
    return ''
  }
}
