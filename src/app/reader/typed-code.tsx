import { useEffect, useId, useRef, useState } from 'react'
import { fillText } from '#i18n/fill-text.ts'
import { typingTexts } from '#i18n/typing-texts.ts'
import { Icon } from '#app/ui/icon.tsx'
import { checkTypedLine, readTypedText, type TypedLine } from '#trust/typed-text.ts'
import { useReader } from './reader-context.ts'
import { wrongCharacter } from './wrong-character.ts'

export { readTypedText }

/**
 * A code typed from a paper, line by line. Each line is checked as it is typed, and a wrong character is pointed
 * out: its line, its place, what it probably should be; for a screen reader too. Loaded when somebody wants it.
 */
export default function TypedCode(props: {
  /** Lines that were pasted or typed elsewhere, and hold a fault. */
  start?: string | undefined
  /** Gets the payload, when every line holds. */
  onWhole: (payload: string) => void
  isBusy: boolean
}) {
  const { language } = useReader().state.settings
  const texts = typingTexts[language]
  const [lines, setLines] = useState(() => linesOf(props.start ?? ''))
  const [left, setLeft] = useState<number>()
  /** The line to go to when it has been drawn: at first the one that is to be typed, or put right. */
  const next = useRef<number>(undefined)
  const form = useRef<HTMLFormElement>(null)
  const verdicts = lines.map((line, index) => checkTypedLine(line, index + 1, lines[0]))
  const whole = readTypedText(lines.join('\n'))
  const payload = whole !== undefined && 'payload' in whole ? whole.payload : undefined
  const isMixed = payload === undefined && verdicts.every(({ state }) => state === 'whole')
  const isLastWhole = verdicts.at(-1)?.state === 'whole'
  const isComplete = verdicts.some((each) => each.state === 'whole' && each.isLast === true)
  useEffect(() => {
    const first = verdicts.findIndex(({ state }) => state !== 'whole')
    form.current?.querySelectorAll('textarea')[Math.max(first, 0)]?.focus()
    // Once, when it is opened.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  useEffect(() => {
    if (next.current !== undefined)
      form.current?.querySelectorAll('textarea')[next.current]?.focus()
    next.current = undefined
  }, [lines])
  const change = (index: number, text: string) => {
    const given = linesOf(text)
    const changed =
      given.length > 1
        ? [...lines.slice(0, index), ...given]
        : lines.map((line, at) => (at === index ? text : line))
    // A line that holds makes room for the next one, and the typing goes on there.
    const verdict = checkTypedLine(changed.at(-1) ?? '', changed.length, changed[0])
    if (verdict.state === 'whole' && verdict.isLast !== true) {
      setLines([...changed, ''])
      if (index === lines.length - 1) next.current = changed.length
    } else setLines(changed)
  }
  return (
    <form
      ref={form}
      className="card is-padded stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (payload !== undefined) props.onWhole(payload)
      }}
    >
      <h2>{texts.title}</h2>
      <p className="meta">{texts.help}</p>
      {lines.map((line, index) => (
        <Line
          key={index}
          number={index + 1}
          text={line}
          verdict={verdicts[index] ?? { state: 'short' }}
          isLeft={left === index}
          onChange={(text) => change(index, text)}
          onLeave={() => setLeft(index)}
          onEnter={() => setLeft(undefined)}
        />
      ))}
      {isMixed && isComplete && <p role="alert">{texts.mixed}</p>}
      <p role="status" className="visually-hidden">
        {payload === undefined
          ? isLastWhole || lines.length < 2
            ? ''
            : fillText(texts.right, { line: lines.length - 1 })
          : texts.all}
      </p>
      <div className="buttons">
        <button
          type="submit"
          className="button is-main"
          disabled={payload === undefined || props.isBusy}
        >
          {texts.use}
        </button>
        <button
          type="button"
          className="button is-quiet"
          onClick={() => {
            setLines([''])
            next.current = 0
          }}
        >
          {texts.again}
        </button>
      </div>
    </form>
  )
}

function Line(props: {
  number: number
  text: string
  verdict: TypedLine
  isLeft: boolean
  onChange: (text: string) => void
  onLeave: () => void
  onEnter: () => void
}) {
  const { language } = useReader().state.settings
  const texts = typingTexts[language]
  const id = useId()
  const { number: line, text, verdict } = props
  const wrong = verdict.state === 'wrong' ? wrongCharacter(text, line, verdict) : undefined
  const said = sayLine(texts, line, verdict, props.isLeft && text.trim() !== '')
  return (
    <div className="field">
      <label htmlFor={id}>{fillText(texts.line, { line })}</label>
      <textarea
        id={id}
        className="input"
        style={{ ...asPrinted, minHeight: '4.1em', resize: 'none' }}
        rows={2}
        autoCapitalize="characters"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="next"
        aria-invalid={verdict.state === 'wrong' || verdict.state === 'other-line'}
        aria-describedby={`${id}-said`}
        value={text}
        onChange={(event) => props.onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          // The line goes on where it is too long for a small screen, and has no second one.
          if (event.key === 'Enter') event.preventDefault()
        }}
        onBlur={props.onLeave}
        onFocus={props.onEnter}
      />
      {verdict.state === 'whole' && (
        <p className="meta">
          <Icon name="check" /> {fillText(texts.right, { line })}
        </p>
      )}
      <div id={`${id}-said`} role="status">
        {said !== undefined && (
          <p>
            <b>{said}</b>
          </p>
        )}
        {wrong !== undefined && (
          <p style={asPrinted} aria-hidden="true">
            {wrong.before}
            <mark>{wrong.found}</mark>
            {wrong.after}
          </p>
        )}
      </div>
      {wrong?.corrected !== undefined && verdict.state === 'wrong' && (
        <button
          type="button"
          className="button"
          onClick={() => props.onChange(wrong.corrected ?? text)}
        >
          {fillText(texts.change, { found: wrong.found, suggested: verdict.suggested ?? '' })}
        </button>
      )}
    </div>
  )
}

/** Each character as wide as the next one, as on the paper. */
const asPrinted = { fontFamily: "ui-monospace, 'DejaVu Sans Mono', monospace" }

type Texts = (typeof typingTexts)[keyof typeof typingTexts]

/** What is wrong with a line, in words; a line that is only not done yet is let be until it is left. */
function sayLine(texts: Texts, line: number, verdict: TypedLine, isLeft: boolean) {
  switch (verdict.state) {
    case 'wrong': {
      const { column, found, suggested } = verdict
      if (column === 0) return fillText(texts.wrongSomewhere, { line })
      const values = { line, column, group: Math.ceil(column / 4), found }
      return suggested === undefined
        ? fillText(texts.wrong, values)
        : fillText(texts.wrongSuggested, { ...values, suggested })
    }
    case 'other-line':
      return fillText(texts.other, { number: verdict.number, line })
    case 'long':
      return fillText(texts.long, { line })
    case 'short':
      return isLeft ? fillText(texts.short, { line }) : undefined
    case 'whole':
      return undefined
  }
}

function linesOf(text: string): string[] {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '')
  return lines.length === 0 ? [''] : lines
}
