/**
 * A table as a CSV file that a Swedish Excel opens by a double click: byte order mark, semicolons, CRLF. A
 * text that a spreadsheet would take for a formula gets an apostrophe before it, since cells hold what
 * others wrote (OWASP, "CSV Injection"); numbers stay numbers.
 */
export function csvText(rows: readonly (readonly (string | number | undefined)[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(cellText).join(';')}\r\n`).join('')}`
}

function cellText(value: string | number | undefined): string {
  if (typeof value !== 'string') return value === undefined ? '' : `${value}`.replace('.', ',')
  const text = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value
  return /[;"\r\n\t,]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
