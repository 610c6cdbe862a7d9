import { CheckSquareOutlined, DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { type ApiPath, type Query, queryString } from '../api.ts'
import { useText } from '../i18n.ts'
import { formatCount } from '../show/format.ts'
import { usePhone } from '../use-phone.ts'
import { ColumnSettings } from './column-settings.tsx'
import type { Filter } from './filter.ts'
import { Filters } from './filters.tsx'
import type { Selection } from './selection.ts'
import type { ColumnChoice } from './use-columns.ts'
import type { TableState } from './use-table-state.ts'

type ToolbarProps<Row> = {
  filters: readonly Filter[]
  search?: string
  state: TableState
  choice: ColumnChoice<Row>
  query?: Query
  exportPath?: ApiPath
  actions?: ReactNode
  count?: { total: number; capped: boolean }
  totals?: ReactNode
  /** On a phone: begins the ticking of rows. */
  onTicking?: () => void
}

/** Search, filters, count, totals and what can be done with the whole list. */
export function Toolbar<Row>(props: ToolbarProps<Row>) {
  const t = useText()
  const phone = usePhone()
  const { count } = props
  const bare = props.filters.length === 0 && !props.search
  const number = count && `${formatCount(count.total)}${count.capped ? '+' : ''}`
  const sums = (number || props.totals) && (
    <div className="qc-totals" role="status">
      {number && <span>{t('ui.rows', { number, count: count?.total ?? 0 })}</span>}
      {props.totals}
    </div>
  )
  return (
    <>
      <div className="qc-toolbar">
        <Filters filters={props.filters} search={props.search} state={props.state} />
        {bare && sums}
        <span className="qc-grow" />
        <span className="qc-toolbar-end">
          {props.onTicking && (
            <Button
              icon={<CheckSquareOutlined />}
              onClick={props.onTicking}
              aria-label={t('ui.select')}
              title={t('ui.select')}
            />
          )}
          {props.actions}
          {props.exportPath && (
            <Button
              icon={<DownloadOutlined />}
              href={props.exportPath + queryString({ ...props.query, ...props.state.filtersOnly })}
              download
              aria-label={t('ui.export')}
              title={t('ui.export')}
            />
          )}
          {!phone && <ColumnSettings choice={props.choice} />}
        </span>
      </div>
      {!bare && sums}
    </>
  )
}

type BatchBarProps<Row> = {
  selection: Selection<Row>
  total: number
  /** Ticks the loaded page as well. */
  onPage?: () => void
  onWhole?: () => void
  children: ReactNode
}

export function BatchBar<Row>({ selection, total, onPage, onWhole, children }: BatchBarProps<Row>) {
  const t = useText()
  return (
    <div className="qc-batch" role="toolbar" aria-label={t('ui.batch')}>
      <span>{t('ui.selected', { number: formatCount(selection.count), count: selection.count })}</span>
      {onPage && !selection.whole && (
        <Button type="link" size="small" onClick={onPage}>
          {t('ui.select_page')}
        </Button>
      )}
      {onWhole && !selection.whole && total > selection.ids.length && (
        <Button type="link" size="small" onClick={onWhole}>
          {t('ui.select_whole', { number: formatCount(total) })}
        </Button>
      )}
      {children}
      <span className="qc-grow" />
      <Button type="text" size="small" onClick={selection.clear}>
        {t('ui.clear_selection')}
      </Button>
    </div>
  )
}
