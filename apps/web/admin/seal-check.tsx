import { Button, Modal } from 'antd'
import { useState } from 'react'
import { type AuditCheck, auditCheck } from '#platform/audit/shapes.ts'
import { useAct } from '#ui/act/use-act.tsx'
import { api } from '#ui/api.ts'
import { useText } from '#ui/i18n.ts'
import { Fields } from '#ui/layout/fields.tsx'
import { CopyId } from '#ui/show/copy-id.tsx'
import { DateText } from '#ui/show/figures.tsx'
import { formatCount } from '#ui/show/format.ts'
import { StateTag } from '#ui/show/state-tag.tsx'

/** Computes every seal again and says whether the trail is as it was written. */
export function SealCheck() {
  const t = useText()
  const [check, setCheck] = useState<AuditCheck | null>(null)
  const act = useAct({ run: () => api.get('/api/audit/check', auditCheck), after: setCheck })
  return (
    <>
      <Button loading={act.pending} onClick={() => act.run()}>
        {t('audit.check')}
      </Button>
      <Modal
        open={check !== null}
        title={t('audit.check')}
        onOk={() => setCheck(null)}
        onCancel={() => setCheck(null)}
        cancelButtonProps={{ hidden: true }}
      >
        {check && <CheckAnswer check={check} />}
      </Modal>
    </>
  )
}

function CheckAnswer({ check }: { check: AuditCheck }) {
  const t = useText()
  const whole = check.broken.length === 0
  return (
    <>
      <StateTag tone={whole ? 'good' : 'bad'}>{t(whole ? 'audit.whole' : 'audit.broken')}</StateTag>
      <Fields
        lines={[
          { label: t('audit.seals'), value: formatCount(check.seal_count) },
          { label: t('audit.rows'), value: formatCount(check.row_count) },
          { label: t('audit.unsealed'), value: formatCount(check.unsealed_count) },
        ]}
      />
      {check.broken.map((seal) => (
        <div key={seal.seal_no}>
          <p className="qc-bad">
            {t('audit.broken_seal', { no: seal.seal_no, difference: seal.row_difference })}{' '}
            <DateText value={seal.sealed_at} moment />
          </p>
          {seal.changed_ids.map((id) => (
            <CopyId key={id} value={id} />
          ))}
        </div>
      ))}
    </>
  )
}
