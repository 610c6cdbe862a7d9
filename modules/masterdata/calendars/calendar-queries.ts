import { sql } from 'kysely'
import { z } from 'zod'
import { firstDay, lastDay, type Month, monthsBetween } from '#kit/period.ts'
import type { Ctx } from '#platform/ctx.ts'
import { containing } from '#platform/lists.ts'
import { listQuery } from '#platform/shapes.ts'
import type { MonthDays } from './shapes.ts'

const year = z
  .string()
  .regex(/^\d{4}$/)
  .optional()
export const calendarDayList = listQuery.extend({ year })
export const calendarMonthList = listQuery.extend({ year })
export const calendarDaySorts = { day: 'c.day', name: 'c.name', kind: 'c.kind' }
export const calendarMonthSorts = { month: 'c.month' }

// By when, in working days after the last day of a month, where no calendar says it.
const FILES_DUE_WORKDAYS = 3
const CLOSE_DUE_WORKDAYS = 8

export function selectDays(ctx: Ctx, filter: Partial<z.output<typeof calendarDayList>>) {
  let query = ctx.db.selectFrom('calendar_days as c').where('c.company_id', '=', ctx.companyId)
  if (filter.year) query = query.where(sql<boolean>`extract(year from c.day) = ${Number(filter.year)}`)
  if (filter.q) query = query.where(sql<string>`lower(c.name)`, 'like', containing(filter.q))
  return query.select(['c.id', 'c.day', 'c.kind', 'c.name', 'c.version'])
}

export function selectMonths(ctx: Ctx, filter: Partial<z.output<typeof calendarMonthList>>) {
  let query = ctx.db.selectFrom('calendar_months as c').where('c.company_id', '=', ctx.companyId)
  if (filter.year) query = query.where(sql<boolean>`extract(year from c.month) = ${Number(filter.year)}`)
  return query.select([
    'c.id',
    sql<string>`to_char(c.month, 'YYYY-MM')`.as('month'),
    'c.starts_on',
    'c.ends_on',
    'c.files_due_on',
    'c.close_due_on',
    'c.version',
  ])
}

/**
 * The days of a month 'YYYY-MM' and its deadlines as the calendar has them. Without a calendar: the days of the civil
 * month, files due on the 3rd and the close on the 8th working day after it; `id` is null then.
 */
export async function monthDaysOf(ctx: Ctx, month: Month): Promise<MonthDays> {
  const row = await selectMonths(ctx, {}).where('c.month', '=', firstDay(month)).executeTakeFirst()
  if (row) return row
  const ends_on = lastDay(month)
  return {
    month,
    starts_on: firstDay(month),
    ends_on,
    files_due_on: await workdayAfter(ctx, ends_on, FILES_DUE_WORKDAYS),
    close_due_on: await workdayAfter(ctx, ends_on, CLOSE_DUE_WORKDAYS),
    id: null,
    version: null,
  }
}

/** The twelve months of a year. */
export async function yearOf(ctx: Ctx, year: string): Promise<MonthDays[]> {
  const months: MonthDays[] = []
  for (const month of monthsBetween(`${year}-01`, `${year}-12`)) months.push(await monthDaysOf(ctx, month))
  return months
}

/** The `count`-th working day after a day (ISO dates); holidays and shifted workdays of the calendar count. */
export async function workdayAfter(ctx: Ctx, day: string, count: number): Promise<string> {
  const { rows } = await sql<{ day: string }>`
    select d::date as day from generate_series(${day}::date + 1, ${day}::date + ${count * 3 + 30}::int, '1 day') d
    left join calendar_days c on c.company_id = ${ctx.companyId} and c.day = d::date
    where coalesce(c.kind, case when extract(isodow from d) < 6 then 'workday' else 'holiday' end) = 'workday'
    order by d offset ${count - 1}::int limit 1`.execute(ctx.db)
  return rows[0]?.day ?? day
}

/** The working days after `after` up to `until` (ISO dates), in order: how many working days later that is. */
export async function workdaysBetween(ctx: Ctx, after: string, until: string): Promise<string[]> {
  const { rows } = await sql<{ day: string }>`
    select d::date as day from generate_series(${after}::date + 1, ${until}::date, '1 day') d
    left join calendar_days c on c.company_id = ${ctx.companyId} and c.day = d::date
    where coalesce(c.kind, case when extract(isodow from d) < 6 then 'workday' else 'holiday' end) = 'workday'
    order by d`.execute(ctx.db)
  return rows.map(({ day }) => day)
}
