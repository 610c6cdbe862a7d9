import { describe, expect, test } from 'vitest'
import { defaultLimits } from '../limits.ts'
import { splitDelimited } from './delimited.ts'
import { detectDelimiter } from './delimiter.ts'

async function split(text: string, step = text.length || 1, delimiter = ','): Promise<string[][]> {
  async function* pieces() {
    for (let at = 0; at < text.length; at += step) yield text.slice(at, at + step)
  }
  const rows: string[][] = []
  for await (const batch of splitDelimited(pieces(), delimiter, defaultLimits))
    rows.push(...batch.map((row) => row.cells))
  return rows
}

const CASES: [string, string, string[][]][] = [
  [
    'plain',
    'a,b\nc,d\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'no last line end',
    'a,b\nc,d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'CR LF',
    'a,b\r\nc,d\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'CR alone',
    'a,b\rc,d\r',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'quoted delimiter, quote and line break',
    '"a,b","c""d","e\nf"\r\ng,,h\n',
    [
      ['a,b', 'c"d', 'e\nf'],
      ['g', '', 'h'],
    ],
  ],
  ['a guard against Excel stays as printed', '="0012",5\n', [['="0012"', '5']]],
  ['a quote inside a cell is a character', '5"管,x\n', [['5"管', 'x']]],
  ['text behind a closing quote is kept', '"甲"公司,x\n', [['甲公司', 'x']]],
  [
    'a quote never closed swallows nothing',
    '"甲,x\n乙,y\n',
    [
      ['"甲', 'x'],
      ['乙', 'y'],
    ],
  ],
  [
    'blank lines are left out',
    '\na,b\n\n\nc,d\n,\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
]

describe.each(CASES)('%s', (_, text, rows) => {
  test('whole', async () => expect(await split(text)).toEqual(rows))
  test.each([1, 2, 3, 5])('in pieces of %i characters', async (step) =>
    expect(await split(text, step)).toEqual(rows),
  )
})

test('rows keep their number in the file, blank lines counted', async () => {
  async function* pieces() {
    yield 'a,b\n\nc,d\n'
  }
  const rows: number[] = []
  for await (const batch of splitDelimited(pieces(), ',', defaultLimits))
    rows.push(...batch.map((row) => row.row))
  expect(rows).toEqual([1, 3])
})

test.each([
  ['日期,客户,数量\n2024-07-01,甲,5\n', ','],
  ['日期\t客户\t数量\n2024-07-01\t甲\t5\n', '\t'],
  ['"日期";"客户";"数量"\n"2024,07";"甲";"5"\n', ';'],
  ['日期|客户|数量\n2024-07-01|甲|5\n', '|'],
  ['销 售 表\n┌──┬──┐\n│日期│数量│\n├──┼──┤\n│0701│5  │\n│0702│6  │\n└──┴──┘', '│'],
  ['日期     客户     数量\n20240701 甲       5\n20240702 乙       6\n', ''],
])('the delimiter of %j is %j', (head, delimiter) => expect(detectDelimiter(head)).toBe(delimiter))
