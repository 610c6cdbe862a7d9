import { addMonths } from '#kit/period.ts'
import type { MonthRow } from '#modules/flows/shapes.ts'
import { queryString } from '#ui/api.ts'
import { usePermission, useSession } from '#ui/session.ts'
import { useTableState } from '#ui/table/use-table-state.ts'
import { useList, useRead } from '#ui/use-list.ts'
import { useUrlState } from '#ui/use-url-state.ts'
import type { Attainment, AttainmentRow, Dimension } from '../shapes.ts'

export type AttainmentUrl = {
  from: string
  to: string
  by: string
  level: string
  territory_id: string
  product_group: string
}

export const PAGE_SIZE = 50

/** The report as the address asks for it; without months it is the last one that is final. */
export function useAttainment() {
  const { scope } = useSession()
  const seesMonths = usePermission('flows.read')
  const months = useRead<{ rows: MonthRow[] }>(seesMonths ? '/api/flow-months' : null)
  const final = scope === 'company' ? ['locked', 'released'] : ['released']
  const known = months.data?.rows.find(({ state }) => final.includes(state))?.month ?? ''
  // Who may not see months begins with the one before this.
  const last = seesMonths ? known : addMonths(new Date().toISOString().slice(0, 7), -1)
  const [url, setUrl] = useUrlState({
    from: '',
    to: '',
    by: 'territory',
    level: scope === 'company' ? 'region' : 'territory',
    territory_id: '',
    product_group: '',
  })
  const to = url.to || url.from || last
  const from = url.from || to
  const { by, level, territory_id, product_group } = url
  const query = { from, to, by, level, territory_id, product_group }
  // The table asks the same, and both are given one answer.
  const table = useTableState({ filterKeys: [], prefix: '', sort: '', size: PAGE_SIZE })
  const read = useList<AttainmentRow, Attainment>(to ? '/api/attainment' : null, undefined, {
    ...query,
    ...table.query,
  })
  return {
    ...read,
    url: { ...url, from, to },
    /** Another question begins on its first page. */
    setUrl: (change: Partial<Record<string, string>>, how?: 'push' | 'replace') =>
      setUrl({ page: '', ...(change.by && { sort: '', q: '' }), ...change }, how),
    query,
    noMonth: months.isSuccess && to === '',
    isPending: to ? read.isPending : months.isPending,
  }
}

/** The lines a figure is made of: the same period and filters, and the row's own key. */
export function linesOf(url: AttainmentUrl, row?: Pick<AttainmentRow, 'key'>): string {
  const where: Record<string, string> = {
    from: url.from,
    to: url.to,
    state: 'posted',
    territory_id: url.territory_id,
    product_group: url.product_group,
  }
  const key = row?.key ?? ''
  const fields: Record<Dimension, string> = {
    territory: 'territory_id',
    product_group: 'product_group',
    month: 'month',
    product: 'product_id',
    distributor: 'distributor_id',
    institution: 'institution_id',
  }
  if (key && url.by === 'month') return `/flows/lines${queryString({ ...where, from: key, to: key })}`
  if (key) where[fields[url.by as Dimension] ?? 'territory_id'] = key
  return `/flows/lines${queryString(where)}`
}

/** Where a row leads inside the report; null when its lines are all there is below it. */
export function below(url: AttainmentUrl, row: AttainmentRow): Partial<AttainmentUrl> | null {
  if (!row.key) return null
  if (url.by === 'territory' && url.level === 'region') return { territory_id: row.key, level: 'province' }
  if (url.by === 'territory' && url.level === 'province') return { territory_id: row.key, level: 'territory' }
  if (url.by === 'product_group') return { by: 'territory', product_group: row.key }
  if (url.by === 'month') return { from: row.key, to: row.key, by: 'territory' }
  return null
}
