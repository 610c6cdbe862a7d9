import { Worker } from 'node:worker_threads'
import { describe, expect, test } from 'vitest'
import { buildInstitutionIndex, openInstitutionIndex } from './public.ts'
import type { InstitutionEntry } from './shapes.ts'

const entry = (id: string, name: string, county: string): InstitutionEntry => ({
  id,
  name,
  aliases: [],
  province: '江苏省',
  city: '苏州市',
  county,
  type: null,
  level: null,
})
const master = [
  entry('km1', '昆山市第一人民医院', '昆山市'),
  entry('km2', '昆山市第二人民医院', '昆山市'),
  entry('tc', '太仓市人民医院', '太仓市'),
]
const js = { province: '江苏省' }
const texts = ['昆山市第一人民医院', '昆山一院', '太仓市人医', '昆山市第三人民医院', '盘点差异']

describe('a saved index', () => {
  test('answers as the one it was saved from', () => {
    const index = buildInstitutionIndex(master)
    const opened = openInstitutionIndex(index.toBuffer())
    expect(opened.size).toBe(3)
    for (const text of texts) expect(opened.match(text, js)).toEqual(index.match(text, js))
  })

  test('has the changes worked in, and can be changed again', () => {
    const index = buildInstitutionIndex(master)
    index.rename('tc', '太仓市第一人民医院')
    index.retire('km2')
    const opened = openInstitutionIndex(index.toBuffer())
    expect(opened.size).toBe(2)
    expect(opened.match('太仓第一人民医院', js).best?.id).toBe('tc')
    expect(opened.match('太仓市人民医院', js).best?.id).toBe('tc')
    expect(opened.match('昆山市第二人民医院', js).candidates.some((c) => c.id === 'km2')).toBe(false)
    opened.add(entry('km3', '昆山市第三人民医院', '昆山市'))
    expect(opened.match('昆山三院', js).best?.id).toBe('km3')
  })

  test('is refused when it is something else or cut off', () => {
    const buffer = buildInstitutionIndex(master).toBuffer()
    expect(() => openInstitutionIndex(new ArrayBuffer(64))).toThrow(RangeError)
    expect(() => openInstitutionIndex(buffer.slice(0, Math.floor(buffer.byteLength / 16) * 8))).toThrow(
      RangeError,
    )
    const other = buffer.slice(0)
    new Uint32Array(other)[1] = 999
    expect(() => openInstitutionIndex(other)).toThrow(/another version/)
  })

  test('is one memory for several threads', async () => {
    const buffer = buildInstitutionIndex(master).toBuffer()
    const code = `
      const { parentPort, workerData } = require('node:worker_threads')
      import(workerData.engine).then(({ openInstitutionIndex }) => {
        const index = openInstitutionIndex(workerData.buffer)
        parentPort.postMessage(index.match('昆山一院', { province: '江苏省' }).best.id)
      })`
    const engine = new URL('./public.ts', import.meta.url).href
    const ask = () =>
      new Promise((resolve, reject) => {
        const worker = new Worker(code, { eval: true, workerData: { buffer, engine } })
        worker.once('message', resolve)
        worker.once('error', reject)
      })
    expect(await Promise.all([ask(), ask()])).toEqual(['km1', 'km1'])
  })
})

describe('many changes', () => {
  test('are all found, old names included', () => {
    const index = buildInstitutionIndex(master)
    const towns = Array.from(
      { length: 500 },
      (_, i) => `${'金木水火土日月山石田'[i % 10]}${'东西南北中上下左右前'[Math.floor(i / 10) % 10]}`,
    )
    towns.forEach((town, i) => {
      index.add(entry(`t${i}`, `昆山市${town}镇${i}号卫生院`, '昆山市'))
      if (i % 100 === 0) expect(index.match(`昆山市${town}镇${i}号卫生院`, js).best?.id).toBe(`t${i}`)
    })
    expect(index.size).toBe(503)
    expect(index.match(`昆山市${towns[7]}镇7号卫生院`, js).best?.id).toBe('t7')
    index.rename('t7', '昆山市新七卫生院')
    expect(index.match('昆山市新七卫生院', js).best?.id).toBe('t7')
    expect(index.match('昆山市第一人民医院', js).best?.id).toBe('km1')
    index.retire('t7')
    expect(() => index.retire('t7')).toThrow(RangeError)
    expect(index.size).toBe(502)
  })

  test('a later entry with the same id replaces the earlier one', () => {
    const index = buildInstitutionIndex([...master, entry('tc', '太仓市中医院', '太仓市')])
    expect(index.size).toBe(3)
    expect(index.match('太仓市中医院', js).best?.id).toBe('tc')
    expect(index.match('太仓市人民医院', js).decision).not.toBe('auto')
  })
})
