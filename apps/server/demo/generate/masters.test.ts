import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { companies } from './companies.ts'
import { creditCheck, gtinCheck } from './identifiers.ts'
import { CHAINS, inventedDistributors } from './names.ts'
import { HISTORY_MONTHS } from './shapes.ts'
import { targetMonths, targets } from './targets.ts'
import { logins, world } from './world.ts'

const main = world('C1')

describe('masters', () => {
  test('the main maker is large enough to look like one', () => {
    expect(main.institutions.length).toBeGreaterThan(1900)
    expect(main.institutions.length).toBeLessThan(2500)
    expect(main.products).toHaveLength(40)
    expect(main.distributors).toHaveLength(60)
    expect(main.groups.length).toBeGreaterThanOrEqual(4)
    const count = (level: string) => main.territories.filter((entry) => entry.level === level).length
    expect([count('大区'), count('省区'), count('辖区')]).toEqual([5, 12, 40])
  })

  test.each(['C1', 'C2'] as const)(
    'keys, codes and names of %s are unique and every reference resolves',
    (company) => {
      const w = world(company)
      const distinct = (values: string[]) => expect(new Set(values).size).toBe(values.length)
      for (const list of [w.institutions, w.products, w.distributors, w.territories, w.posts, w.people]) {
        distinct(list.map((entry) => entry.key))
      }
      distinct(w.institutions.map((entry) => entry.name))
      distinct(w.institutions.map((entry) => entry.code))
      distinct(w.institutions.map((entry) => entry.tax_id))
      distinct(w.products.map((entry) => `${entry.name}|${entry.spec}`))
      distinct(w.posts.map((entry) => entry.code))
      const institutions = new Set(w.institutions.map((entry) => entry.key))
      const territories = new Map(w.territories.map((entry) => [entry.key, entry]))
      const people = new Set(w.people.map((entry) => entry.key))
      const posts = new Set(w.posts.map((entry) => entry.key))
      for (const { parent_key } of w.institutions)
        expect(parent_key === null || institutions.has(parent_key)).toBe(true)
      for (const { institution_key } of w.distributors) expect(institutions.has(institution_key)).toBe(true)
      for (const entry of w.territory_institutions) {
        expect(institutions.has(entry.institution_key)).toBe(true)
        expect(territories.get(entry.territory_key)?.product_groups).toContain(entry.product_group)
      }
      for (const entry of w.post_holders)
        expect(people.has(entry.person_key) && posts.has(entry.post_key)).toBe(true)
      for (const { parent_key } of w.posts) expect(parent_key === null || posts.has(parent_key)).toBe(true)
    },
  )

  test('credit codes and device identifiers carry valid check characters', () => {
    for (const { tax_id } of [...main.institutions, ...main.distributors, ...companies()]) {
      expect(tax_id).toMatch(/^[0-9A-HJ-NP-RTUW-Y]{18}$/)
      expect(creditCheck(tax_id.slice(0, 17))).toBe(tax_id.slice(17))
    }
    for (const { udi_di, kind } of main.products) {
      expect(udi_di === null).toBe(kind === 'drug')
      if (udi_di) expect(gtinCheck(udi_di.slice(0, 13))).toBe(udi_di.slice(13))
    }
    // Published examples.
    expect(gtinCheck('1061414100041')).toBe('5')
    expect(gtinCheck('400638133393')).toBe('1')
    expect(creditCheck('91350100M000100Y4')).toBe('3')
  })

  test('a company that sells for both makers is one company', () => {
    const here = main.distributors.find((entry) => entry.key === 'D031')
    const there = world('C2').distributors.find((entry) => entry.key === 'C2-D001')
    expect([there?.name, there?.tax_id]).toEqual([here?.name, here?.tax_id])
  })

  test('an institution has one owner at a time for a product group, and some have none', () => {
    const pairs = Map.groupBy(
      main.territory_institutions,
      (entry) => `${entry.institution_key}|${entry.product_group}`,
    )
    for (const entries of pairs.values()) {
      const [first, second] = entries.toSorted((a, b) => (a.valid_from < b.valid_from ? -1 : 1))
      if (second) expect((first?.valid_to ?? '9999') < second.valid_from).toBe(true)
      expect(entries.length).toBeLessThan(3)
    }
    const owned = new Set(main.territory_institutions.map((entry) => entry.institution_key))
    const free = main.institutions.filter((entry) => entry.kind === 'hospital' && !owned.has(entry.key))
    expect(free.length).toBeGreaterThan(20)
  })

  test('prices of one product and scope do not overlap', () => {
    const scopes = Map.groupBy(
      main.prices,
      (p) => `${p.product_key}|${p.scope}|${p.province}|${p.distributor_key}`,
    )
    for (const entries of scopes.values()) {
      const sorted = entries.toSorted((a, b) => (a.valid_from < b.valid_from ? -1 : 1))
      sorted.forEach((price, i) => {
        const next = sorted[i + 1]
        if (next) expect((price.valid_to ?? '9999') < next.valid_from).toBe(true)
      })
    }
    const general = new Set(main.prices.filter((p) => p.scope === 'default').map((p) => p.product_key))
    expect(general.size).toBe(main.products.length)
  })

  test('every 辖区 has a target for each of its groups in each of 24 months', () => {
    const found = targets('C1')
    const given = new Set(found.map((t) => `${t.territory_key}|${t.product_group}|${t.month}`))
    expect(given.size).toBe(found.length)
    for (const territory of main.territories.filter((entry) => entry.level === '辖区')) {
      for (const group of territory.product_groups) {
        for (const month of targetMonths()) expect(given.has(`${territory.key}|${group}|${month}`)).toBe(true)
      }
    }
    for (const month of HISTORY_MONTHS) expect(targetMonths()).toContain(month)
  })

  test('logins point at people, posts and distributors that are there', () => {
    const all = logins()
    expect(all.filter((entry) => entry.memberships.length > 1).length).toBeGreaterThanOrEqual(1)
    for (const { memberships, name } of all) {
      for (const { company_key, post_key, person_key, distributor_key } of memberships) {
        const w = world(company_key)
        if (post_key) expect(w.posts.some((entry) => entry.key === post_key)).toBe(true)
        if (person_key) expect(w.people.find((entry) => entry.key === person_key)?.name).toBe(name)
        if (distributor_key) expect(w.distributors.some((entry) => entry.key === distributor_key)).toBe(true)
      }
    }
  })

  test('no company, chain or distributor has the name of a real one', () => {
    const folder = process.env.QUCHENG_REFERENCE ?? resolve(import.meta.dirname, '../../../../../shared/data')
    const path = resolve(folder, 'companies.csv')
    if (!existsSync(path)) {
      console.info(`names were not compared with real companies: ${path} is missing`)
      return
    }
    const real = new Set(
      readFileSync(path, 'utf8')
        .split('\n')
        .flatMap((line) => line.split(',').slice(1, 3))
        .flatMap((names) => names.split('|')),
    )
    const invented = [
      ...companies().flatMap((entry) => [entry.name, entry.short_name]),
      ...inventedDistributors().flatMap((entry) => [entry.name, entry.short_name]),
      ...CHAINS.flatMap((brand) => [`${brand}大药房`, brand]),
      ...main.institutions.filter((entry) => entry.kind !== 'hospital').map((entry) => entry.name),
    ]
    expect(real.size).toBeGreaterThan(1000)
    expect(invented.filter((name) => real.has(name))).toEqual([])
  })
})
