import { describe, expect, it } from 'vitest'
import { csvText } from './csv-text.ts'
import { readTable } from './edit/read-table.ts'

describe('a table as a file', () => {
  it('holds no formula, and reads back as it was', () => {
    const dangerous = ['=1+1', '+46701740605', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1']
    expect(readTable(csvText([dangerous])).rows).toEqual([dangerous.map((text) => `'${text}`)])
    const plain = ['a;b', 'säg "hej"', 'rad\nrad', ' x ', 'a,b', '']
    expect(readTable(csvText([plain])).rows).toEqual([plain])
    expect(csvText([[-1, 1.5, undefined, 'x']])).toBe('\ufeff-1;1,5;;x\r\n')
  })
})
