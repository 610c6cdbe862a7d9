import { DownloadOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useAct } from '#ui/act/use-act.tsx'
import { useConfirmImpact } from '#ui/act/use-confirm-impact.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { LinkTo } from '#ui/link-to.tsx'
import { usePermission } from '#ui/session.ts'
import { formatCount, formatMoment } from '#ui/show/format.ts'
import type { ImportDetail, UndoPreview } from '../../imports/shapes.ts'
import { useImportKinds } from './use-import-kinds.ts'

/** What the import did, the file of what it left out, and the way back. */
export function ImportDone({ detail }: { detail: ImportDetail }) {
  const t = useText()
  const confirm = useConfirmImpact()
  const mayImport = usePermission('masterdata.import')
  const path = `/api/imports/${detail.id}` as const
  const href = useImportKinds().find(({ value }) => value === detail.kind)?.href ?? '/imports'
  const undoWord = detail.batch ? 'masterdata.undo_batch' : 'masterdata.undo'
  const undo = useAct({
    run: () => api.delete<{ restored: number; removed: number }>(`${path}/run`),
    refresh: ['/api/'],
    done: ({ restored, removed }) =>
      t('masterdata.undo_done', { restored: formatCount(restored), removed: formatCount(removed) }),
  })
  const ask = async () => {
    const answer = await confirm({
      title: t('masterdata.undo_title'),
      impact: async () => {
        const preview = await api.get<UndoPreview>(`${path}/undo-preview`)
        const lines = [
          t('masterdata.undo_impact', {
            removes: formatCount(preview.removes),
            restores: formatCount(preview.restores),
          }),
        ]
        if (preview.obstacle_count === 0) return lines
        return [
          t('masterdata.undo_blocked', { number: formatCount(preview.obstacle_count) }),
          ...preview.obstacles
            .slice(0, 10)
            .map((one) => t(`masterdata.obstacle.${one.why}`, { code: one.code, row: one.row_no })),
        ]
      },
      confirmText: t(undoWord),
      danger: true,
    })
    if (answer) undo.run()
  }
  if (detail.state === 'undone')
    return (
      <Alert type="info" showIcon title={t('masterdata.undone_at', { at: formatMoment(detail.undone_at) })} />
    )
  return (
    <Alert
      type="success"
      showIcon
      title={t('masterdata.import_done', {
        count: detail.insert_count + detail.update_count,
        number: formatCount(detail.insert_count + detail.update_count),
        at: formatMoment(detail.ended_at),
      })}
      description={
        <div className="qc-actions">
          <LinkTo to={href} className="qc-button-link">
            {t('masterdata.see_rows')}
          </LinkTo>
          {mayImport && detail.has_error_file && (
            <Button icon={<DownloadOutlined />} href={`${path}/errors.xlsx`} download>
              {t('masterdata.error_workbook')}
            </Button>
          )}
          {mayImport && (
            <Button danger loading={undo.pending} onClick={() => void ask()}>
              {t(undoWord)}
            </Button>
          )}
        </div>
      }
    />
  )
}
