import { Button, Select } from 'antd'
import { useState } from 'react'
import { useAct } from '#ui/act/use-act.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { useGo } from '#ui/link-to.tsx'
import { formatCount } from '#ui/show/format.ts'
import { useRead } from '#ui/use-list.ts'
import { useUrlState } from '#ui/use-url-state.ts'
import type { SampleRow, Samples, SampleVerdict } from '../../quality/shapes.ts'
import { SampleCard } from './sample-card.tsx'

const SAMPLES = '/api/flow-match-samples'

/** Automatic matches drawn at random, one after the other, each judged with one key. */
export function SampleTab() {
  const t = useText()
  const [url, setUrl] = useUrlState({ month: '' })
  const samples = useRead<Samples>(SAMPLES, undefined, url.month ? { month: url.month } : undefined)
  const draw = useAct({
    run: (month: string) => api.post<{ drawn: number }>(SAMPLES, { month, size: 40 }),
    refresh: [SAMPLES, '/api/flow-match-quality'],
    done: ({ drawn }) => t('flows.sample_drawn', { number: formatCount(drawn), count: drawn }),
  })
  if (samples.isError) return <ErrorState error={samples.error} onRetry={() => void samples.refetch()} />
  if (!samples.data) return <Skeleton lines={8} />
  const { month, months, rows } = samples.data
  if (!month)
    return (
      <EmptyState
        title={t('flows.quality_empty')}
        text={t('flows.quality_empty_text')}
        action={{ text: t('flows.quality_upload'), to: '/flows/upload' }}
      />
    )
  const autos = months.find((one) => one.month === month)?.auto_count ?? 0
  return (
    <>
      <p className="qc-muted">{t('flows.sample_text')}</p>
      <div className="qf-sample-head">
        <Select
          aria-label={t('flows.month')}
          value={month}
          options={months.map((one) => ({
            value: one.month,
            label: one.drawn > one.judged ? `${one.month} · ${one.judged} / ${one.drawn}` : one.month,
          }))}
          onChange={(value) => setUrl({ month: value })}
          popupMatchSelectWidth={false}
        />
        {rows.length > 0 && (
          <Button loading={draw.pending} disabled={autos <= rows.length} onClick={() => draw.run(month)}>
            {t('flows.sample_draw_more')}
          </Button>
        )}
      </div>
      {rows.length === 0 ? (
        <EmptyState
          title={t('flows.sample_none', { month })}
          text={t('flows.sample_none_text', { month, number: formatCount(autos), count: autos })}
          action={{ text: t('flows.sample_draw'), run: () => draw.run(month) }}
        />
      ) : (
        <Checking key={month} month={month} rows={rows} />
      )}
    </>
  )
}

/** The next unjudged one; what was judged here can be taken back in turn. */
function Checking({ month, rows }: { month: string; rows: readonly SampleRow[] }) {
  const t = useText()
  const go = useGo()
  // Judged in this sitting, before the answer of the server is here.
  const [made, setMade] = useState<readonly { id: string; verdict: SampleVerdict }[]>([])
  const verdictOf = (row: SampleRow) => made.find(({ id }) => id === row.id)?.verdict ?? row.verdict
  const keep = useAct({
    run: ({ id, verdict }: { id: string; verdict: SampleVerdict | null }) =>
      api.put(`${SAMPLES}/${id}/verdict`, { verdict }),
    refresh: ['/api/flow-match-quality', SAMPLES],
    onProblem: () => {
      setMade([])
      return false
    },
  })
  const open = rows.filter((row) => verdictOf(row) === null)
  const current = open[0]
  const judge = async (verdict: SampleVerdict) => {
    if (!current) return
    setMade([...made, { id: current.id, verdict }])
    await keep.runAsync({ id: current.id, verdict }).then(
      () => {
        if (verdict !== 'wrong') return
        go(
          `/flows/review?kind=customer&state=auto&month=${current.month}&q=${encodeURIComponent(current.raw_text)}`,
        )
      },
      () => {},
    )
  }
  const back = () => {
    const last = made.at(-1)
    if (!last) return
    setMade(made.slice(0, -1))
    keep.run({ id: last.id, verdict: null })
  }
  const count = (verdict: SampleVerdict) => rows.filter((row) => verdictOf(row) === verdict).length
  return (
    <>
      <p className="qc-num" role="status">
        {current &&
          `${t('flows.sample_progress', { place: rows.length - open.length + 1, all: formatCount(rows.length) })} · `}
        <span className="qc-muted">
          {t('flows.sample_result', { right: count('right'), wrong: count('wrong'), skip: count('skip') })}
        </span>
      </p>
      {current ? (
        <SampleCard
          row={current}
          onJudge={(verdict) => void judge(verdict)}
          onBack={made.length > 0 ? back : undefined}
        />
      ) : (
        <EmptyState
          title={t('flows.sample_done', { month })}
          text={t('flows.sample_done_text')}
          action={{ text: t('flows.sample_done_go'), to: '/flows/quality' }}
        />
      )}
    </>
  )
}
