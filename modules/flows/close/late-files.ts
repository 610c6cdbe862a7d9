import { sql } from 'kysely'
import type { z } from 'zod'
import { monthDaysOf, workdaysBetween } from '#modules/masterdata/public.ts'
import type { Ctx } from '#platform/ctx.ts'
import { completenessOf } from '../arrive/batch-queries.ts'
import type { completenessRow } from '../shapes.ts'

type Row = z.input<typeof completenessRow>

/** Distributor × table, and how many working days after the calendar's day its sales came, or are still owed. */
export async function completenessWithDelay(ctx: Ctx, month: string): Promise<Row[]> {
  const { files_due_on } = await monthDaysOf(ctx, month)
  const worked = await workdaysBetween(ctx, files_due_on, await today(ctx))
  const rows = await completenessOf(ctx, month)
  return rows.map((row) => {
    const came = row.sales_on
    return { ...row, late_days: came ? worked.filter((day) => day <= came).length : worked.length }
  })
}

/** The day it is where the company works. */
async function today(ctx: Ctx): Promise<string> {
  const { rows } = await sql<{ day: string }>`
    select (${ctx.now}::timestamptz at time zone time_zone)::date as day from companies
    where id = ${ctx.companyId}`.execute(ctx.db)
  return rows[0]?.day ?? ctx.now.toISOString().slice(0, 10)
}
