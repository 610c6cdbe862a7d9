import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '#tests/http.ts'
import type { Client } from '#tests/http-client.ts'
import { masterdataJobs } from '../jobs.ts'
import { masterdataRoutes } from '../routes.ts'

let test_app: TestApp
let steward: Client
beforeAll(async () => {
  test_app = await startTestApp({
    modules: [{ name: 'masterdata', routes: masterdataRoutes, jobs: masterdataJobs }],
  })
  steward = await test_app.as('steward')
})
afterAll(() => test_app.close())

/** Uploads a file and lets its check run. */
async function bring(kind: string, bytes: string | Buffer, file_name = 'rows.csv') {
  const uploaded = await steward.upload('/api/imports', { file_name, bytes, fields: { kind } })
  expect(uploaded.status, JSON.stringify(uploaded.body)).toBe(201)
  await test_app.runJobs()
  return read(uploaded.body.id)
}

async function read(id: string) {
  const answer = await steward.get(`/api/imports/${id}`)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  const { row_count, insert_count, update_count, same_count, error_count } = answer.body
  expect(row_count).toBe(insert_count + update_count + same_count + error_count)
  return answer.body
}

async function run(id: string) {
  const asked = await steward.post(`/api/imports/${id}/run`)
  expect(asked.status, JSON.stringify(asked.body)).toBe(202)
  await test_app.runJobs()
  return read(id)
}

/** Everything a person could see of a table, without what every write turns. */
async function picture(table: string): Promise<string> {
  const { rows } = await test_app.admin.query(
    `select to_jsonb(t) - 'version' - 'changed_at' - 'created_at' as row from ${table} t order by 1`,
  )
  return JSON.stringify(rows)
}

const INSTITUTIONS = `id,机构名称,别名,省份,城市,类型,上级机构编码
A1,东湖中心医院,东湖医院|东湖中心,湖北省,武汉市,综合医院,
A2,东湖中心医院南院,,湖北省,武汉市,医院,A1
I001,杭州临泽医院,临泽院,浙江省,杭州市,医院,
A3,安康体检馆,,湖北省,武汉市,体检机构,
`

test('a file with known heads is mapped and checked without a question', async () => {
  const checked = await bring('institutions', INSTITUTIONS)
  expect(checked.state).toBe('checked')
  expect(checked.mapping).toEqual({
    0: 'code',
    1: 'name',
    2: 'aliases',
    3: 'province',
    4: 'city',
    5: 'kind',
    6: 'parent_code',
  })
  expect(checked).toMatchObject({ insert_count: 3, update_count: 1, same_count: 0, error_count: 0 })
  expect(checked.warning_count).toBe(1)
  const odd = checked.preview.find((row: { cells: string[] }) => row.cells[0] === 'A3')
  expect(odd.issues).toEqual([
    { field: 'kind', code: 'taken-as-other', value: '体检机构', severity: 'warning' },
  ])
})

test('an import can be taken back exactly, and importing twice changes nothing', async () => {
  const before = await picture('institutions')
  const first = await bring('institutions', INSTITUTIONS)
  expect((await run(first.id)).state).toBe('done')
  const after = await picture('institutions')
  expect(after).not.toBe(before)

  const again = await bring('institutions', INSTITUTIONS)
  expect(again).toMatchObject({ insert_count: 0, update_count: 0, same_count: 4, error_count: 0 })
  const refused = await steward.post(`/api/imports/${again.id}/run`)
  expect(refused.body.code).toBe('masterdata.import-nothing-good')

  const list = await steward.get('/api/institutions?q=dhzx&sort=code')
  expect(list.body.rows.map((row: { code: string }) => row.code)).toEqual(['A1', 'A2'])
  expect(list.body.rows[0]).toMatchObject({
    kind: 'hospital',
    category: '综合医院',
    aliases: ['东湖医院', '东湖中心'],
  })
  expect(list.body.rows[1].parent_name).toBe('东湖中心医院')

  const history = await steward.get(`/api/institutions/${test_app.world.institutions.linze}/history`)
  expect(history.body.rows[0]).toMatchObject({ deed: 'masterdata.change', by: '沈知微', import_id: first.id })
  expect(history.body.rows[0].changes).toEqual([{ field: 'aliases', before: null, after: '临泽院' }])

  const undone = await steward.delete(`/api/imports/${first.id}/run`)
  expect(undone.body).toEqual({ restored: 1, removed: 3 })
  expect(await picture('institutions')).toBe(before)
  expect((await steward.delete(`/api/imports/${first.id}/run`)).body.code).toBe(
    'masterdata.import-wrong-state',
  )
})

test('running the job a second time changes nothing', async () => {
  const checked = await bring(
    'code-lists',
    '代码表,代码,中文名称,英文名称\nproduct-group,ZZ,测试组,Test group\n',
  )
  await run(checked.id)
  const after = await picture('code_values')
  await test_app.admin.query(`update jobs set state = 'queued' where kind = 'masterdata.run-import'`)
  await test_app.runJobs()
  expect(await picture('code_values')).toBe(after)
})

test('bad rows are told and kept out, and the error workbook has them with a red column', async () => {
  const checked = await bring(
    'institutions',
    'code,name,kind,parent_code\nB1,好医院,医院,\nB1,好医院,医院,\n,没有编码,医院,\nB4,上级不存在,医院,NOBODY\nB5,自己的上级,医院,B5\n',
  )
  expect(checked).toMatchObject({ insert_count: 1, error_count: 4 })
  const codes = checked.preview.flatMap((row: { issues: { code: string }[] }) =>
    row.issues.map(({ code }) => code),
  )
  expect(codes).toEqual(['twice-in-file', 'required', 'unknown-code', 'circle'])
  const workbook = await steward.get(`/api/imports/${checked.id}/errors.xlsx`)
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(workbook.bytes as never)
  const sheet = book.worksheets[0]
  expect(sheet?.rowCount).toBe(6)
  expect(sheet?.getRow(1).values).toEqual([undefined, 'code', 'name', 'kind', 'parent_code', '错误'])
  expect(String(sheet?.getRow(3).getCell(5).value)).toContain('与文件第 2 行重复')
  expect(sheet?.getRow(2).getCell(5).value).toBe(null)
})

test('an error far down the file is shown with its cells', async () => {
  const rows = Array.from(
    { length: 300 },
    (_, no) => `FAR${no},远处医院${no},医院,${no === 250 ? 'NOBODY' : ''}`,
  )
  const checked = await bring('institutions', `code,name,kind,parent_code\n${rows.join('\n')}\n`)
  const shown = checked.preview.filter((row: { outcome: string }) => row.outcome === 'error')
  expect(shown).toMatchObject([{ row_no: 252, cells: ['FAR250', '远处医院250', '医院', 'NOBODY'] }])
})

test('what was changed since, or is referred to, stands in the way of an undo', async () => {
  const checked = await bring('institutions', 'code,name,kind\nC1,甲医院,医院\nC2,乙医院,医院\n')
  await run(checked.id)
  const list = await steward.get('/api/institutions?q=C1')
  const row = list.body.rows[0]
  await steward.post(`/api/institutions/${row.id}/retirement`, { version: row.version })
  const other = (await steward.get('/api/institutions?q=C2')).body.rows[0]
  await steward.post('/api/territory-institutions', {
    institution_id: other.id,
    territory_id: test_app.world.territories.hangzhou,
    valid_from: '2026-01-01',
  })
  const preview = await steward.get(`/api/imports/${checked.id}/undo-preview`)
  expect(preview.body).toMatchObject({ removes: 2, restores: 0, obstacle_count: 2 })
  expect(preview.body.obstacles.map(({ code, why }: { code: string; why: string }) => [code, why])).toEqual([
    ['C1', 'changed-since'],
    ['C2', 'referred-to'],
  ])
  const refused = await steward.delete(`/api/imports/${checked.id}/run`)
  expect(refused.status).toBe(409)
  expect(refused.body).toMatchObject({ code: 'masterdata.import-in-the-way', params: { count: 2 } })
})

test('products come with their unit ladder and go back with it', async () => {
  const before = [await picture('products'), await picture('product_units')]
  const file = '编码,名称,规格,基本单位,单位换算,器械类别\nP9,敷料,10cm,片,盒=10；箱=200.0,三类\n'
  const first = await bring('products', file)
  expect(first.state, JSON.stringify(first)).toBe('checked')
  await run(first.id)
  const row = (await steward.get('/api/products?q=P9')).body.rows[0]
  expect(row.units).toEqual([
    { unit: '盒', factor: '10' },
    { unit: '箱', factor: '200' },
  ])
  expect(row.device_class).toBe('III')
  const second = await bring('products', file.replace('盒=10', '盒=12'))
  expect(second.update_count).toBe(1)
  await run(second.id)
  expect((await bring('products', file.replace('盒=10', '盒=12'))).same_count).toBe(1)
  expect((await steward.delete(`/api/imports/${second.id}/run`)).status).toBe(200)
  expect((await bring('products', file)).same_count).toBe(1)
  // The undo of the second import counted as a change of its own.
  expect((await steward.delete(`/api/imports/${first.id}/run`)).body.code).toBe(
    'masterdata.import-in-the-way',
  )
  expect(before.length).toBe(2)
})

test('territories, posts, holders, ownership, prices and code lists import in their turn', async () => {
  const files: [string, string][] = [
    ['territories', '编码,名称,层级,上级编码\nT2,二区,辖区,T1\nT1,一省,省区,\n'],
    ['posts', '岗位编码,岗位名称,辖区编码,是否主管\nG1,一岗,T2,否\n'],
    ['post-holders', '岗位编码,姓名,生效日期,失效日期\nG1,王小明,2026/1/1,\n'],
    ['territory-institutions', '机构编码,产品组,辖区编码,生效日期\nI002,,T2,20260101\n'],
    ['prices', '产品编码,单位,单价,生效日期,价格类型\nP9X,盒,"1,268.50",2026-01-01,挂网价\n'],
  ]
  const product = await bring('products', '编码,名称,规格,基本单位\nP9X,敷料,5cm,盒\n')
  await run(product.id)
  const undo: string[] = [product.id]
  for (const [kind, file] of files) {
    const checked = await bring(kind, file)
    expect(checked.error_count, JSON.stringify(checked.preview)).toBe(0)
    expect((await run(checked.id)).state).toBe('done')
    const again = await bring(kind, file)
    expect(again.same_count, kind).toBe(again.row_count)
    undo.push(checked.id)
  }
  const territories = await steward.get('/api/territories?q=一省')
  expect(territories.body.rows[0].institution_count).toBe(1)
  expect((await steward.get('/api/posts?q=g1')).body.rows[0].holder).toBe('王小明')
  for (const id of undo.reverse()) {
    const answer = await steward.delete(`/api/imports/${id}/run`)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  }
})

test('two owners on one day are refused, in the file and against what is there', async () => {
  const checked = await bring(
    'territory-institutions',
    '机构编码,产品组,辖区编码,生效日期,失效日期\nI003,GK,T-CD,2026-01-01,2026-06-30\nI003,GK,T-HZ,2026-06-30,\n',
  )
  expect(checked.preview[1].issues[0].code).toBe('overlapping')
})

test('a file that misses a needed column waits for a person, and a mapping makes it whole', async () => {
  const waiting = await bring('institutions', '甲,乙,kind\nM1,某医院,医院\n')
  expect(waiting.state).toBe('mapping')
  const twice = await steward.put(`/api/imports/${waiting.id}/mapping`, { mapping: { 0: 'code', 1: 'code' } })
  expect(twice.body.code).toBe('masterdata.import-column-twice')
  const less = await steward.put(`/api/imports/${waiting.id}/mapping`, { mapping: { 0: 'code' } })
  expect(less.body.code).toBe('masterdata.import-column-missing')
  const mapped = await steward.put(`/api/imports/${waiting.id}/mapping`, {
    mapping: { 0: 'code', 1: 'name', 2: 'kind' },
  })
  expect(mapped.status, JSON.stringify(mapped.body)).toBe(200)
  await test_app.runJobs()
  expect(await read(waiting.id)).toMatchObject({ state: 'checked', insert_count: 1 })
})

test('a file that is no workbook ends with a reason', async () => {
  const failed = await bring('institutions', 'this is no archive', 'rows.xlsx')
  expect(failed).toMatchObject({ state: 'failed', failure_code: 'masterdata.import-file-unreadable' })
  const kind = await steward.upload('/api/imports', {
    file_name: 'a.csv',
    bytes: 'a',
    fields: { kind: 'nothing' },
  })
  expect(kind.body.code).toBe('masterdata.import-unknown-kind')
})

test('an export reads back as the same rows, formulas stay text', async () => {
  await steward.post('/api/institutions', {
    code: 'F1',
    name: '=1+1医院',
    kind: 'hospital',
    aliases: ['+加'],
  })
  for (const format of ['xlsx', 'csv']) {
    const file = await steward.get(`/api/institutions/export?format=${format}`)
    expect(file.status).toBe(200)
    if (format === 'csv') expect(file.bytes.toString()).toContain("'=1+1医院")
    const back = await bring('institutions', file.bytes, `back.${format}`)
    expect(back.state, JSON.stringify(back)).toBe('checked')
    expect(back.same_count, format).toBe(back.row_count)
    expect(back.row_count).toBeGreaterThan(3)
  }
})

test('a template offers the heads that an import understands', async () => {
  const template = await steward.get('/api/imports/templates/products.xlsx')
  expect(template.status).toBe(200)
  const checked = await bring('products', template.bytes, 'template.xlsx')
  expect(checked).toMatchObject({ state: 'checked', row_count: 1, error_count: 0 })
})

test('text in GB18030 is read', async () => {
  // 'code,name,kind / GB1,国标医院,医院'
  const bytes = Buffer.from('636f64652c6e616d652c6b696e640a4742312cb9fab1ead2bdd4ba2cd2bdd4ba0a', 'hex')
  const checked = await bring('institutions', bytes)
  expect(checked.preview[0].cells).toEqual(['GB1', '国标医院', '医院'])
})
