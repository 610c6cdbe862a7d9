import { Alert } from 'antd'
import { useText } from '#ui/i18n.ts'
import { LinkTo } from '#ui/link-to.tsx'
import { formatCount } from '#ui/show/format.ts'
import type { ImportDetail } from '../../imports/shapes.ts'

/** Why an import waits, or that its changes of identity were not approved. */
export function ImportApproval({ detail }: { detail: ImportDetail }) {
  const t = useText()
  const { approval, state } = detail
  const number = formatCount(detail.identity_count)
  if (approval && state === 'approving')
    return (
      <Alert
        type="info"
        showIcon
        title={t('masterdata.import_waits', { number })}
        description={t('masterdata.import_waits_text')}
        action={<LinkTo to={`/approvals?box=all&open=${approval.id}`}>{t('masterdata.see_approval')}</LinkTo>}
      />
    )
  if (state !== 'checked') return null
  if (approval && approval.state !== 'approved')
    return (
      <Alert
        type="warning"
        showIcon
        title={t(`masterdata.import_approval.${approval.state}`)}
        description={
          <>
            {approval.reason && <p>{t('masterdata.proposal_reason', { reason: approval.reason })}</p>}
            {t('masterdata.import_identity_choice')}
          </>
        }
      />
    )
  if (detail.identity_count === 0) return null
  return (
    <Alert
      type="info"
      showIcon
      title={t('masterdata.import_identity', { number })}
      description={t('masterdata.import_identity_choice')}
    />
  )
}
