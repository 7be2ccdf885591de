/** One of a few, as radio buttons that look like buttons. */
export function Choice<Value extends string>(props: {
  legend: string
  name: string
  value: Value
  options: readonly { value: Value; text: string; lang?: string }[]
  onChange: (value: Value) => void
}) {
  return (
    <fieldset className="choice-field">
      <legend>{props.legend}</legend>
      <div className="choices">
        {props.options.map((option) => (
          <label className="choice" key={option.value} lang={option.lang}>
            <input
              type="radio"
              name={props.name}
              value={option.value}
              checked={option.value === props.value}
              onChange={() => props.onChange(option.value)}
            />
            {option.text}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
