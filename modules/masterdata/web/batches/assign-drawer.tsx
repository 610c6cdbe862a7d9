import { useRef } from 'react'
import type { z } from 'zod'
import { useAct } from '#ui/act/use-act.tsx'
import { useConfirmImpact } from '#ui/act/use-confirm-impact.tsx'
import { api } from '#ui/api.ts'
import { DayInput } from '#ui/form/day-input.tsx'
import { FormDrawer } from '#ui/form/form-drawer.tsx'
import { Field } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { formatCount } from '#ui/show/format.ts'
import { type AssignmentPreview, assignment } from '../../batches/shapes.ts'
import { TerritoryPicker } from '../pickers.tsx'
import { ProductGroupField } from '../product-group-field.tsx'
import type { Choice } from './batch-buttons.tsx'

const shape = assignment.pick({ territory_id: true, product_group: true, valid_from: true })
type Values = z.output<typeof shape>

type AssignDrawerProps = { choice: Choice; count: number; onClose: () => void; onDone: () => void }

/** Gives many institutions to a territory from a day on: what it would change is shown first, and it can be undone. */
export function AssignDrawer({ choice, count, onClose, onDone }: AssignDrawerProps) {
  const t = useText()
  const confirm = useConfirmImpact()
  // Whoever turns back from the preview finds the form as it was.
  const kept = useRef(false)
  const run = useAct({
    run: (values: Values) =>
      api.post<{ import_id: string; changes: number }>('/api/institutions/assignment', {
        ...choice,
        ...values,
      }),
    refresh: ['/api/institutions', '/api/territor', '/api/imports'],
    done: (answer) => ({
      text: t('masterdata.assigned', { number: formatCount(answer.changes) }),
      undo: () => api.delete(`/api/imports/${answer.import_id}/run`),
    }),
    after: onDone,
  })
  const preview = async (values: Values) => {
    const found = await api.post<AssignmentPreview>('/api/institutions/assignment-preview', {
      ...choice,
      ...values,
    })
    const { matched, fresh, moved, same } = found
    const from = found.from.slice(0, 5).map((one) => `${one.value} ${formatCount(one.count)}`)
    return [
      t('masterdata.assign_impact', {
        matched: formatCount(matched),
        fresh: formatCount(fresh),
        moved: formatCount(moved),
        same: formatCount(same),
      }),
      ...(moved > 0 ? [t('masterdata.assign_from', { from: from.join(' · ') })] : []),
    ]
  }
  const title = t('masterdata.assign_title', { number: formatCount(count) })
  return (
    <FormDrawer<Values>
      open
      onClose={() => {
        if (!kept.current) return onClose()
        kept.current = false
      }}
      title={title}
      shape={shape}
      initial={{ product_group: '*', valid_from: firstOfMonth() }}
      submitText={t('masterdata.preview_change')}
      submit={async (values) => {
        const answer = await confirm({
          title,
          impact: () => preview(values),
          confirmText: t('masterdata.assign_run'),
          undo: t('masterdata.classify_undo'),
        })
        if (answer) await run.runAsync(values)
        else kept.current = true
      }}
    >
      <p className="qc-muted">{t('masterdata.assign_text')}</p>
      <Field name="territory_id" label={t('masterdata.territory')}>
        <TerritoryPicker />
      </Field>
      <ProductGroupField />
      <Field name="valid_from" label={t('masterdata.valid_from')}>
        <DayInput />
      </Field>
    </FormDrawer>
  )
}

function firstOfMonth(): string {
  return `${new Date().toISOString().slice(0, 7)}-01`
}
