/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- rows are drawn as blocks on a narrow screen, and Safari then forgets what they are */
import { LawWords } from './law-words.tsx'

/** On a narrow screen each row stands as a card; the roles keep it a table for who listens to it. */
export function LawTable(props: { head: readonly string[]; rows: readonly (readonly string[])[] }) {
  return (
    <table className="law-table" role="table">
      <thead role="rowgroup">
        <tr role="row">
          {props.head.map((cell) => (
            <th key={cell} scope="col" role="columnheader">
              {cell}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {props.rows.map((row) => (
          <tr key={row.join()} role="row">
            {row.map((cell, column) => (
              <td
                key={column}
                role="cell"
                data-head={props.head[column]}
                className={cell.length < 3 ? 'is-short' : undefined}
              >
                <LawWords text={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
