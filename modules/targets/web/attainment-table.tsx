import { Button } from 'antd'
import { useState } from 'react'
import { useText } from '#ui/i18n.ts'
import { LinkTo } from '#ui/link-to.tsx'
import { formatCount, formatMoney, formatPercent, formatQuantity } from '#ui/show/format.ts'
import type { Column } from '#ui/table/columns.tsx'
import { PlainTable } from '#ui/table/plain-table.tsx'
import type { AttainmentRow } from '../shapes.ts'
import { Growth, Rate } from './rate.tsx'
import { type AttainmentUrl, below, linesOf, ordered } from './use-attainment.ts'

type AttainmentTableProps = {
  rows: readonly AttainmentRow[]
  url: AttainmentUrl
  onGo: (change: Partial<AttainmentUrl>) => void
}

const STEP = 100

/** One row a region, product or month; its name drills, its figures open lines. */
export function AttainmentTable({ rows, url, onGo }: AttainmentTableProps) {
  const t = useText()
  const [shown, setShown] = useState(STEP)
  const all = ordered(rows, url.order)
  const hasTargets = rows.some(({ target_fen }) => target_fen !== null)
  const hasLastYear = rows.some(({ last_year_fen }) => last_year_fen !== null)
  const nameOf = (row: AttainmentRow) => row.name || t('targets.unowned')
  const columns: Column<AttainmentRow>[] = [
    {
      key: 'name',
      title: t(`targets.by.${url.by}`),
      width: 220,
      text: nameOf,
      render: (row) => {
        const next = below(url, row)
        if (!next) return <LinkTo to={linesOf(url, row)}>{nameOf(row)}</LinkTo>
        return (
          <button
            type="button"
            className="qt-drill"
            title={t('targets.drill', { name: nameOf(row) })}
            onClick={() => onGo(next)}
          >
            {nameOf(row)}
          </button>
        )
      },
    },
    {
      key: 'amount_fen',
      title: t('targets.amount'),
      kind: 'money',
      width: 150,
      text: (row) => formatMoney(row.amount_fen),
      render: (row) => <LinkTo to={linesOf(url, row)}>{formatMoney(row.amount_fen)}</LinkTo>,
    },
    ...(hasTargets ? targetColumns(t) : []),
    ...(hasLastYear ? lastYearColumns(t) : []),
    ...(url.by === 'product'
      ? [
          {
            key: 'base_qty',
            title: t('targets.base_qty'),
            kind: 'quantity' as const,
            text: (row: AttainmentRow) => formatQuantity(row.base_qty),
          },
        ]
      : []),
    {
      key: 'line_count',
      title: t('targets.lines'),
      kind: 'count',
      width: 90,
      text: (row) => formatCount(row.line_count),
      render: (row) => <LinkTo to={linesOf(url, row)}>{formatCount(row.line_count)}</LinkTo>,
    },
  ]
  const rest = all.length - shown
  return (
    <div className="qc-table">
      <p className="qc-totals">
        {t('targets.rows_n', { number: formatCount(all.length), count: all.length })}
      </p>
      <PlainTable<AttainmentRow>
        rows={all.slice(0, shown)}
        columns={columns}
        idOf={(row) => row.key ?? ''}
        phone={['name', 'amount_fen', 'rate', 'target_fen', 'gap', 'growth']}
      />
      {rest > 0 && (
        <Button onClick={() => setShown(shown + STEP * 4)}>
          {t('targets.more', { number: formatCount(Math.min(rest, STEP * 4)) })}
        </Button>
      )}
    </div>
  )
}

function targetColumns(t: ReturnType<typeof useText>): Column<AttainmentRow>[] {
  const gap = (row: AttainmentRow) => (row.target_fen === null ? null : row.amount_fen - row.target_fen)
  return [
    { key: 'target_fen', title: t('targets.target'), kind: 'money', width: 150 },
    {
      key: 'rate',
      title: t('targets.rate'),
      width: 250,
      text: (row) => (row.rate ? formatPercent(row.rate) : ''),
      render: (row) => <Rate rate={row.rate} />,
    },
    {
      key: 'gap',
      title: t('targets.gap'),
      kind: 'money',
      width: 150,
      text: (row) => formatMoney(gap(row)),
      render: (row) => {
        const value = gap(row)
        return (
          <span className={value !== null && value < 0 ? 'qc-minus' : undefined}>{formatMoney(value)}</span>
        )
      },
    },
  ]
}

function lastYearColumns(t: ReturnType<typeof useText>): Column<AttainmentRow>[] {
  return [
    {
      key: 'last_year_fen',
      title: t('targets.last_year'),
      kind: 'money',
      width: 150,
    },
    {
      key: 'growth',
      title: t('targets.growth'),
      kind: 'percent',
      width: 96,
      render: (row) => <Growth now={row.amount_fen} before={row.last_year_fen} />,
      text: (row) => (row.last_year_fen ? formatPercent(row.amount_fen / row.last_year_fen - 1) : ''),
    },
  ]
}
