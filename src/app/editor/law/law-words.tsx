import { Fragment } from 'react'

/** What is to be filled in stands out from what is to be read. */
export function LawWords({ text }: { text: string }) {
  return text
    .split(/(\[[^\]]+\])/)
    .map((part, index) =>
      part.startsWith('[') ? <b key={index}>{part}</b> : <Fragment key={index}>{part}</Fragment>,
    )
}
