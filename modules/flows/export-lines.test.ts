import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { holdingIssues } from '#modules/flows/shapes.ts'
import { csv, type Desk, sale, startDesk } from '#tests/flow-desk.ts'
import { issueWord, issueWords } from './export-words.ts'

let desk: Desk

beforeAll(async () => {
  desk = await startDesk()
  await desk.open('2026-10')
})
afterAll(() => desk.close())

async function exported(): Promise<string[][]> {
  const steward = await desk.as('steward')
  const answer = await steward.get('/api/flow-lines/export.xlsx?month=2026-10')
  expect(answer.status).toBe(200)
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(answer.bytes as unknown as ExcelJS.Buffer)
  const rows: string[][] = []
  book.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1).map(String)))
  return rows
}

test('lines leave in the language of the reader, states and issues in words, and no cell is a formula', async () => {
  const row = sale('2026-10-01', '=杭州临泽医院', 1)
  await desk.send({ name: '出.csv', content: csv([row, row]), month: '2026-10' })
  const chinese = await exported()
  expect(chinese[0]).toContain('客户（原文）')
  expect(chinese.flat()).toContain('疑似重复')
  expect(chinese.flat()).toContain("'=杭州临泽医院")
  await desk.admin.query(`update people set locale = 'en' where id = $1`, [desk.world.people.steward])
  const english = await exported()
  expect(english[0]).toContain('Customer as written')
  expect(english.flat()).toContain('Possible duplicate')
  expect(english.flat()).toContain('Waiting')
})

test('every holding issue, and what was made of it, has its words', () => {
  for (const issue of holdingIssues) expect(Object.keys(issueWords)).toContain(issue)
  expect(issueWord('duplicate-kept', 'zh')).toBe('疑似重复（已保留）')
  expect(issueWord('sign-conflict-excluded', 'en')).toBe('Quantity and amount differ in sign (excluded)')
})
