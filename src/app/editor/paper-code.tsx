import { useMemo } from 'react'
import { encodeQR } from 'qr'

/**
 * A QR code, black on white also where the page is dark, with the quiet zone of four modules that the
 * standard asks for. Its modules are as large as they can be, so that it is read from a distance, with the
 * most correction that has room in as many.
 */
export function PaperCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const drawn = (['low', 'medium', 'quartile'] as const).map((ecc) =>
      encodeQR(text, 'raw', { ecc, border: 4 }),
    )
    const rows = drawn.findLast(({ length }) => length === drawn[0]?.length) ?? []
    return { size: rows.length, path: pathOf(rows) }
  }, [text])
  return (
    <div className="paper-code" role="img" aria-label={label}>
      <svg viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
        <path fill="#fff" d={`M0 0h${size}v${size}h-${size}z`} />
        <path fill="#000" d={path} />
      </svg>
    </div>
  )
}

/** One stroke for each run of dark modules in a row. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  const runs: string[] = []
  rows.forEach((row, y) => {
    let start: number | undefined
    for (let x = 0; x <= row.length; x++) {
      if (row[x] === true) start ??= x
      else if (start !== undefined) {
        runs.push(`M${start} ${y}h${x - start}v1h-${x - start}z`)
        start = undefined
      }
    }
  })
  return runs.join('')
}
