import type { BenchDatabase } from '../line/database.ts'
import { MONTH } from '../line/world.ts'

/**
 * The version and the totals that a lock would have left, once: reps and reports read these. The month itself is then set
 * to the state that a list's readers find it in.
 */
export async function lockMonthOnce({ admin }: BenchDatabase, companyId: string): Promise<void> {
  const known = await admin.query('select 1 from flow_versions limit 1')
  if (known.rowCount) return
  const values = [companyId, `${MONTH}-01`]
  await admin.query(
    `insert into flow_versions (company_id, month, version_no, line_count, qty, amount_fen, seal)
     select company_id, month, 1, count(*), sum(qty), sum(amount_fen), '\\x00' from flow_lines
     where company_id = $1 and month = $2 and state = 'posted' group by company_id, month`,
    values,
  )
  await admin.query(
    `insert into flow_totals (company_id, month, version_no, distributor_id, institution_id, product_id, territory_id,
       line_count, base_qty, amount_fen)
     select company_id, month, 1, distributor_id, institution_id, product_id, territory_id, count(*),
       sum(coalesce(base_qty, qty)), sum(coalesce(amount_fen, 0)) from flow_lines
     where company_id = $1 and month = $2 and state = 'posted'
     group by company_id, month, distributor_id, institution_id, product_id, territory_id`,
    values,
  )
  await admin.query(
    `insert into flow_territory_totals (company_id, month, version_no, territory_id, product_id, line_count, base_qty,
       amount_fen)
     select company_id, month, version_no, territory_id, product_id, sum(line_count), sum(base_qty), sum(amount_fen)
     from flow_totals where company_id = $1 and month = $2
     group by company_id, month, version_no, territory_id, product_id`,
    values,
  )
  await admin.query('update flow_months set version_no = 1 where company_id = $1 and month = $2', values)
  await admin.query('vacuum analyze')
}
