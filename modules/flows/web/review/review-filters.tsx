import { FilterOutlined } from '@ant-design/icons'
import { Button, Input, Segmented, Select } from 'antd'
import { useEffect, useState } from 'react'
import { useText } from '#ui/i18n.ts'
import { LinkTo } from '#ui/link-to.tsx'
import { formatCount, formatPercent } from '#ui/show/format.ts'
import { useRead } from '#ui/use-list.ts'
import { usePhone } from '#ui/use-phone.ts'
import type { NameKind } from '../../shapes.ts'
import { nameKinds, nameStates } from '../../shapes.ts'
import { MonthPick } from '../month-pick.tsx'
import { NamePick } from '../name-pick.tsx'
import type { Made } from './use-made.ts'

type ReviewFiltersProps = {
  url: { kind: NameKind; state: string; month: string; distributor_id: string; q: string; sort: string }
  setUrl: (change: Partial<Record<string, string>>) => void
  total: number
  made: readonly Made[]
}

/** What of all that waits is on the bench, and how far this sitting has come. */
export function ReviewFilters({ url, setUrl, total, made }: ReviewFiltersProps) {
  const t = useText()
  const [typed, setTyped] = useState(url.q)
  useEffect(() => setTyped(url.q), [url.q])
  const phone = usePhone()
  const threshold = useRead<{ auto_from: number }>('/api/flow-match-thresholds/current')
  const [open, setOpen] = useState(false)
  const narrowed = [url.state === 'waiting' ? '' : url.state, url.month, url.distributor_id, url.q].filter(
    Boolean,
  ).length
  const valid = made.filter(({ state }) => state !== 'undone')
  const lines = valid.reduce((sum, { line_count }) => sum + line_count, 0)
  return (
    <div className="qf-review-filters">
      <Segmented
        value={url.kind}
        onChange={(kind) => setUrl({ kind })}
        options={nameKinds.map((value) => ({ value, label: t(`flows.name_kind.${value}`) }))}
      />
      <Segmented
        aria-label={t('flows.review_sort')}
        value={url.sort}
        onChange={(sort) => setUrl({ sort })}
        options={[
          { value: '-amount_fen', label: t('flows.review_sort_money') },
          { value: '-line_count', label: t('flows.review_sort_lines') },
        ]}
      />
      {phone && (
        <Button icon={<FilterOutlined />} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('ui.filters')} {narrowed > 0 && narrowed}
        </Button>
      )}
      {(!phone || open) && (
        <>
          <Select
            aria-label={t('flows.review_state')}
            value={url.state}
            options={nameStates.map((value) => ({ value, label: t(`flows.name_state.${value}`) }))}
            onChange={(state: string) => setUrl({ state })}
            popupMatchSelectWidth={false}
          />
          <MonthPick
            openOnly
            value={url.month}
            all={t('flows.month')}
            onChange={(month) => setUrl({ month })}
          />
          <NamePick
            kind="distributors"
            label={t('flows.distributor')}
            value={url.distributor_id}
            onChange={(distributor_id) => setUrl({ distributor_id })}
          />
          <Input
            className="qf-raw-search"
            allowClear
            aria-label={t('flows.review_search_raw')}
            placeholder={t('flows.review_search_raw')}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value)
              if (event.target.value === '') setUrl({ q: '' })
            }}
            onPressEnter={() => setUrl({ q: typed.trim() })}
            onBlur={() => setUrl({ q: typed.trim() })}
          />
        </>
      )}
      <span className="qf-review-count qc-num" role="status">
        <strong>{t('flows.review_left', { groups: formatCount(total), count: total })}</strong>
        {url.kind === 'customer' && threshold.data && (
          <LinkTo to="/flows/quality" className="qf-review-threshold">
            {t('flows.review_threshold', { score: formatPercent(threshold.data.auto_from) })}
          </LinkTo>
        )}
        {valid.length > 0 && (
          <span className="qc-muted">
            {t('flows.review_session', {
              groups: formatCount(valid.length),
              lines: t('flows.lines_n', { number: formatCount(lines), count: lines }),
            })}
          </span>
        )}
      </span>
    </div>
  )
}
