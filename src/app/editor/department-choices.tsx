/** Departments to tick. */
export function DepartmentChoices(props: {
  legend: string
  departments: readonly { id: string; title: string }[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}) {
  const { departments, chosen } = props
  return (
    <fieldset className="choice-field">
      <legend>{props.legend}</legend>
      <div className="card">
        {departments.map(({ id, title }) => (
          <label className="check-row" key={id}>
            <input
              type="checkbox"
              value={id}
              checked={chosen.includes(id)}
              onChange={(event) =>
                props.onChange(
                  departments
                    .map((each) => each.id)
                    .filter((each) =>
                      each === id ? event.currentTarget.checked : chosen.includes(each),
                    ),
                )
              }
            />
            <span lang="sv">{title}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
