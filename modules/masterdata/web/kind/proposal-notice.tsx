import { Alert } from 'antd'
import { useText } from '#ui/i18n.ts'
import { LinkTo } from '#ui/link-to.tsx'
import { formatMoment } from '#ui/show/format.ts'
import { useRead } from '#ui/use-list.ts'
import { identityFields, type ProposalRow } from '../../identity/shapes.ts'
import { useFieldWords } from '../field-words.ts'
import '../masterdata.css'

const DAYS_SHOWN = 7

/** The change of a row's identity that waits for approval, or that was lately not approved or not applied. */
export function ProposalNotice({ kind, id }: { kind: string; id: string }) {
  const t = useText()
  const words = useFieldWords()
  const asked = kind in identityFields
  const read = useRead<{ rows: ProposalRow[] }>(asked ? `/api/${kind}/${id}/proposals` : null)
  const newest = read.data?.rows[0]
  if (!newest || newest.state === 'applied' || newest.state === 'withdrawn' || isOld(newest)) return null
  const waiting = newest.state === 'waiting'
  return (
    <Alert
      className="qm-notice"
      type={waiting ? 'info' : 'warning'}
      showIcon
      title={t(`masterdata.proposal.${newest.state}`, { who: newest.by ?? '—', at: formatMoment(newest.at) })}
      description={
        <>
          <ul className="qc-changes">
            {newest.fields.map(({ field, before, after }) => (
              <li key={field}>
                <span className="qc-muted">{words.field(field)}</span> <del>{words.value(field, before)}</del>{' '}
                → <ins>{words.value(field, after)}</ins>
              </li>
            ))}
          </ul>
          {newest.reason && <p>{t('masterdata.proposal_reason', { reason: newest.reason })}</p>}
          {newest.failure_code && <p>{t(`masterdata.not_applied.${newest.failure_code}`)}</p>}
        </>
      }
      action={
        waiting && (
          <LinkTo to={`/approvals?box=all&open=${newest.approval_id}`}>{t('masterdata.see_approval')}</LinkTo>
        )
      }
    />
  )
}

function isOld({ ended_at }: ProposalRow): boolean {
  return ended_at !== null && Date.now() - Date.parse(ended_at) > DAYS_SHOWN * 86_400_000
}
