import { describe, expect, test } from 'vitest'
import { defaultLimits } from '../limits.ts'
import { cellsOfBoth, oddRows, sampleWorkbook } from '../samples.ts'
import { plainNumber } from './number-texts.ts'
import type { RawRow } from './source.ts'
import { sheetRows } from './xlsx-sheet.ts'
import { PackedStrings } from './xlsx-strings.ts'
import { styleOfFormat } from './xlsx-styles.ts'

async function scan(xml: string, step = xml.length): Promise<RawRow[]> {
  async function* pieces() {
    for (let at = 0; at < xml.length; at += step) yield xml.slice(at, at + step)
  }
  const rows: RawRow[] = []
  const strings = new PackedStrings()
  for (const text of ['甲', '乙&丙']) strings.push(text)
  const words = {
    strings,
    styles: [styleOfFormat('General'), styleOfFormat('yyyy-mm-dd')],
    from1904: false,
  }
  for await (const batch of sheetRows(pieces(), words, defaultLimits)) rows.push(...batch)
  return rows
}

const SHEET = `<?xml version="1.0"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:D9"/><cols><col min="1" max="1" hidden="1"/></cols>
<sheetData><row r="1" spans="1:4"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>
<row r="2" hidden="1"><c r="A2" s="1"><v>45504</v></c><c r="B2" s="0"/><c r="C2"><f>A2*2</f><v>12.5</v></c><c r="D2" t="str"><f>T(&quot;x&quot;)</f><v>a&lt;b</v></c></row>
<row r="4"/><row r="5"><c r="B5" s="0"/></row>
<row r="7"><c r="A7" t="inlineStr"><is><r><rPr><b/></rPr><t>粗</t></r><r><t xml:space="preserve"> 细</t></r><rPh sb="0" eb="1"><t>cu</t></rPh></is></c><c r="B7" t="b"><v>1</v></c><c r="C7" t="e"><v>#N/A</v></c><c r="D7" s="1"><v>45504.5</v></c></row>
<row><c><v>8</v></c><c t='s'><v>0</v></c></row>
</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells></worksheet>`

const ROWS: RawRow[] = [
  { row: 1, cells: ['甲', '', '乙&丙'] },
  { row: 2, cells: ['2024-07-31', '', '12.5', 'a<b'], hidden: true },
  { row: 7, cells: ['粗 细', 'TRUE', '#N/A', '2024-07-31 12:00:00'] },
  { row: 8, cells: ['8', '甲'] },
]

describe('a sheet reads the same', () => {
  test('whole', async () => expect(await scan(SHEET)).toEqual(ROWS))
  test.each([1, 2, 7, 64, 333])('in pieces of %i characters', async (step) =>
    expect(await scan(SHEET, step)).toEqual(ROWS),
  )
  test('with a prefix on every tag', async () => {
    const prefixed = SHEET.replace(/<(\/?)(\w)/g, '<$1x:$2').replace('xmlns=', 'xmlns:x=')
    expect(await scan(prefixed)).toEqual(ROWS)
    expect(await scan(prefixed, 5)).toEqual(ROWS)
  })
})

test('a sheet that breaks off is corrupt, not short', async () => {
  await expect(scan(SHEET.slice(0, SHEET.indexOf('<row r="7"') + 40))).rejects.toMatchObject({
    code: 'corrupt',
  })
})

test.each([
  ['135.96', '135.96'],
  ['0.30000000000000004', '0.3'],
  ['2.2999999999999998', '2.3'],
  ['202407310012', '202407310012'],
  ['2.02407310012E+11', '202407310012'],
  ['1.0000000000000001E-5', '0.00001'],
  ['0.0166666666666667', '0.016667'],
  ['-3', '-3'],
])('the stored number %s means %s', (stored, meant) => expect(plainNumber(stored)).toBe(meant))

test.each([
  ['0000000', 'padded'],
  ['"B"000000', 'padded'],
  ['yyyy"年"m"月"d"日"', 'date'],
  ['[$-804]yyyy/m/d;@', 'date'],
  ['mmm-yy', 'date'],
  ['h:mm:ss', 'time'],
  ['#,##0.00_);[Red]\\(#,##0.00\\)', 'number'],
  ['0.00"盒"', 'number'],
  ['General', 'number'],
  ['@', 'number'],
  ['"元"#,##0', 'number'],
])('the format %s shows a %s', (code, as) => expect(styleOfFormat(code).as).toBe(as))

describe('against a second reader', () => {
  test('a workbook of odd cells reads alike', async () => {
    const path = sampleWorkbook({ 一: oddRows(), 二: [['x'], [], [], ['', '', 'y']] })
    for (const { ours, theirs } of await cellsOfBoth(path)) expect(ours).toEqual(theirs)
  })
})
