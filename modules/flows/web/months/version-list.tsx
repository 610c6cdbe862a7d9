import { SafetyCertificateOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useAct } from '#ui/act/use-act.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { Section } from '#ui/layout/section.tsx'
import { useSession } from '#ui/session.ts'
import { CopyId } from '#ui/show/copy-id.tsx'
import { formatCount, formatMoment, formatMoney } from '#ui/show/format.ts'
import type { MonthPage } from '../../shapes.ts'

type SealAnswer = { intact: boolean; seal: string; line_count: number }

/** Each lock is a version with a seal over all its lines; verifying computes the seal anew from the rows. */
export function VersionList({ page }: { page: MonthPage }) {
  const t = useText()
  const whole = useSession().scope === 'company'
  const [found, setFound] = useState<SealAnswer | null>(null)
  const verify = useAct({
    run: () => api.get<SealAnswer>(`/api/flow-months/${page.month}/seal`),
    after: setFound,
  })
  return (
    <Section title={t('flows.versions')}>
      {page.versions.length === 0 && <p className="qc-muted">{t('flows.versions_none')}</p>}
      <ol className="qf-versions">
        {page.versions.map((version, place) => (
          <li key={version.version_no}>
            <div className="qf-version-head">
              <strong>{t('flows.version_n', { number: version.version_no })}</strong>
              <span className="qc-muted">
                {formatMoment(version.locked_at)}
                {version.locked_by && ` · ${version.locked_by}`}
              </span>
              <span className="qc-grow" />
              {place === 0 && whole && (
                <Button
                  size="small"
                  icon={<SafetyCertificateOutlined />}
                  loading={verify.pending}
                  onClick={() => verify.run()}
                >
                  {t('flows.verify')}
                </Button>
              )}
            </div>
            <div className="qc-num">
              {t('flows.lines_n', { number: formatCount(version.line_count), count: version.line_count })} ·{' '}
              {formatMoney(version.amount_fen)}
            </div>
            <div className="qf-seal">
              <span className="qc-muted">{t('flows.seal')}</span> <CopyId value={version.seal} />
            </div>
            {place === 0 && found && (
              <Alert
                type={found.intact ? 'success' : 'error'}
                showIcon
                role="status"
                title={t(found.intact ? 'flows.seal_intact' : 'flows.seal_broken', {
                  number: formatCount(found.line_count),
                  count: found.line_count,
                })}
              />
            )}
          </li>
        ))}
      </ol>
    </Section>
  )
}
