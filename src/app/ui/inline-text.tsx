import { Fragment } from 'react'
import { parseBlocks, parseInline, type Inline } from './parse-inline.ts'

/** One line of plan text with its Markdown subset, as elements. */
export function InlineText({ children }: { children: string }) {
  return <>{parseInline(children).map(drawPart)}</>
}

/** Several sentences: paragraphs and bullets. */
export function Prose({ children }: { children: string }) {
  return (
    <div className="prose">
      {parseBlocks(children).map((block, index) =>
        block.kind === 'bullets' ? (
          <ul className="bullets" key={index}>
            {block.items.map((item, at) => (
              <li key={at}>{item.map(drawPart)}</li>
            ))}
          </ul>
        ) : (
          <p key={index}>
            {block.lines.map((line, at) => (
              <Fragment key={at}>
                {at > 0 && <br />}
                {line.map(drawPart)}
              </Fragment>
            ))}
          </p>
        ),
      )}
    </div>
  )
}

function drawPart(part: Inline, key: number) {
  switch (part.kind) {
    case 'text':
      return <Fragment key={key}>{part.text}</Fragment>
    case 'strong':
      return <strong key={key}>{part.inside.map(drawPart)}</strong>
    case 'emphasis':
      return <em key={key}>{part.inside.map(drawPart)}</em>
    case 'link':
      return (
        <a
          key={key}
          href={part.address}
          {...(part.address.startsWith('https:') ? { rel: 'noreferrer', target: '_blank' } : {})}
        >
          {part.inside.map(drawPart)}
        </a>
      )
  }
}
