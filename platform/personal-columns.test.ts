import pg from 'pg'
import { expect, test } from 'vitest'
import { testDatabase } from '#tests/database.ts'
import { masked, maskPersonal, PERSONAL_COLUMNS, unmaskKept } from './personal-columns.ts'

test.each([
  ['phone', '13800001234', '138****1234'],
  ['phone', '0571-8765432', '057****5432'],
  ['phone', '87654321', '8765****21'],
  ['phone', '110', '1****'],
  ['name', '欧阳修', '欧**'],
  ['name', '王', '王*'],
  ['email', 'zhang@example.com', 'z***@example.com'],
] as const)('a %s %s is shown as %s', (mask, text, shown) => {
  expect(masked(text, mask)).toBe(shown)
})

test('fields are masked however deep they lie, and nothing else is touched', () => {
  const moment = new Date(0)
  const value = { rows: [{ id: '1', old: { contact_phone: '13800001234', contact_name: null }, at: moment }] }
  expect(maskPersonal(value)).toEqual({
    rows: [{ id: '1', old: { contact_phone: '138****1234', contact_name: null }, at: moment }],
  })
})

test('a form that sends back what it was shown changes nothing; a new value is taken', () => {
  const old = { contact_name: '欧阳修', contact_phone: '13800001234' }
  expect(unmaskKept(old, { name: 'x', contact_name: '欧**', contact_phone: '13900000000' })).toEqual({
    name: 'x',
    contact_name: '欧阳修',
    contact_phone: '13900000000',
  })
})

/** Named like personal data and none: what says why is beside the name. */
const OTHERS = new Set([
  // where a house stands
  'institutions.address',
])

test('every column that is named like personal data stands in the register, and no column of it is gone', async () => {
  const admin = new pg.Client({ connectionString: (await testDatabase()).admin_url })
  await admin.connect()
  const { rows } = await admin.query<{ name: string }>(`select c.table_name || '.' || c.column_name as name
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type in ('text', 'bytea')`)
  await admin.end()
  const columns = rows.map((row) => row.name)
  const looks =
    /\.(.*_)?(phone|mobile|e?mail|contact(_.+)?|id_card|id_no|wechat|birthday|address|agent|password_hash|totp_secret|device_hash|login)$/
  const unnamed = columns.filter(
    (name) => looks.test(name) && !OTHERS.has(name) && !Object.hasOwn(PERSONAL_COLUMNS, name),
  )
  expect(unnamed).toEqual([])
  expect(Object.keys(PERSONAL_COLUMNS).filter((name) => !columns.includes(name))).toEqual([])
})
