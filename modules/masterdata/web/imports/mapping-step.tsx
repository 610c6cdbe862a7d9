import { DownloadOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useAct } from '#ui/act/use-act.tsx'
import { useConfirmImpact } from '#ui/act/use-confirm-impact.tsx'
import { api, queryString } from '#ui/api.ts'
import { useLocale, useText } from '#ui/i18n.ts'
import { formatCount } from '#ui/show/format.ts'
import { followJob } from '#ui/use-job.ts'
import { useUrlState } from '#ui/use-url-state.ts'
import type { ImportDetail } from '../../imports/shapes.ts'
import { MappingGrid } from './mapping-grid.tsx'

type Identity = 'ask' | 'leave-out'

/** Heads and preview: correct the heads and check again, or let the good rows in. */
export function MappingStep({ detail }: { detail: ImportDetail }) {
  const t = useText()
  const english = useLocale() === 'en'
  const confirm = useConfirmImpact()
  const [mapping, setMapping] = useState(detail.mapping)
  const [url] = useUrlState({ show: '' })
  const path = `/api/imports/${detail.id}` as const
  const changed = JSON.stringify(mapping) !== JSON.stringify(detail.mapping)
  const missing = detail.fields.filter(
    (field) => field.required && !Object.values(mapping).includes(field.field),
  )
  const rows = detail.preview.filter((row) => url.show === '' || row.outcome === url.show)
  const good = detail.insert_count + detail.update_count
  const check = useAct({ run: () => api.put(`${path}/mapping`, { mapping }), refresh: [path] })
  const run = useAct({
    run: (identity: Identity) =>
      api.post<{ job_id: string | null }>(`${path}/run${queryString({ identity })}`),
    refresh: [path, '/api/imports'],
    after: ({ job_id }) => {
      if (job_id !== null)
        followJob({ id: job_id, title: detail.file_name ?? '', href: `/imports/${detail.id}` })
    },
  })
  const asks = detail.identity_count > 0
  const ask = async (identity: Identity) => {
    const lines = [
      t('masterdata.run_impact', {
        insert: formatCount(detail.insert_count),
        update: formatCount(detail.update_count),
      }),
    ]
    if (detail.error_count > 0)
      lines.push(t('masterdata.run_impact_errors', { number: formatCount(detail.error_count) }))
    const number = formatCount(detail.identity_count)
    if (asks) lines.push(t(`masterdata.run_identity.${identity}`, { number }))
    const waits = asks && identity === 'ask'
    const answer = await confirm({
      title: t('masterdata.run_title'),
      impact: lines,
      confirmText: waits
        ? t('masterdata.run_ask')
        : t('masterdata.run', { number: formatCount(good), count: good }),
      undo: t('masterdata.run_undo'),
    })
    if (answer) run.run(identity)
  }
  return (
    <>
      {missing.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('masterdata.missing_fields', {
            fields: missing.map((field) => (english ? field.en : field.zh)).join(english ? ', ' : '、'),
          })}
        />
      )}
      <div className="qc-actions qm-bar">
        {detail.state === 'mapping' || changed ? (
          <Button
            type="primary"
            disabled={missing.length > 0}
            loading={check.pending}
            onClick={() => check.run()}
          >
            {t('masterdata.check')}
          </Button>
        ) : (
          <>
            <Button
              type="primary"
              disabled={good === 0}
              loading={run.pending}
              onClick={() => void ask('ask')}
            >
              {asks
                ? t('masterdata.run_ask')
                : good === 0
                  ? t('masterdata.nothing_to_run')
                  : t('masterdata.run', { number: formatCount(good), count: good })}
            </Button>
            {asks && (
              <Button loading={run.pending} onClick={() => void ask('leave-out')}>
                {t('masterdata.run_leave_out')}
              </Button>
            )}
          </>
        )}
        {detail.has_error_file && !changed && (
          <Button icon={<DownloadOutlined />} href={`${path}/errors.xlsx`} download>
            {t('masterdata.error_workbook')}
          </Button>
        )}
        <span className="qc-muted">
          {detail.state === 'checked' &&
            t('masterdata.preview_rows', { number: rows.length, count: rows.length })}
        </span>
      </div>
      <MappingGrid
        detail={detail}
        mapping={mapping}
        onMap={setMapping}
        rows={detail.state === 'checked' ? rows : []}
      />
    </>
  )
}
