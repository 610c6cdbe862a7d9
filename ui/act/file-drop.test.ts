import { expect, test } from 'vitest'
import { fileFault } from './file-drop.ts'

test.each([
  ['七月销售.XLSX', 10, null],
  ['七月销售.exe', 10, 'type'],
  ['a.csv', 101, 'size'],
  ['a.csv', 0, 'empty'],
])('%s of %d bytes: %s', (name, size, fault) => {
  expect(fileFault({ name, size }, ['.xlsx', '.csv'], 100)).toBe(fault)
})
