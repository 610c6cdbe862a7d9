import { addMonths } from '#kit/period.ts'
import { api } from '#ui/api.ts'
import { DayInput, MonthInput } from '#ui/form/day-input.tsx'
import { FormDrawer } from '#ui/form/form-drawer.tsx'
import { Field } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { useGo } from '#ui/link-to.tsx'
import { newMonth } from '../../shapes.ts'

type OpenMonthFormProps = { open: boolean; onClose: () => void; newest: string | undefined }

/** Opens the month after the newest one unless another is chosen. */
export function OpenMonthForm({ open, onClose, newest }: OpenMonthFormProps) {
  const t = useText()
  const go = useGo()
  const proposed = newest ? addMonths(newest, 1) : new Date().toISOString().slice(0, 7)
  let opened = proposed
  return (
    <FormDrawer
      open={open}
      onClose={onClose}
      title={t('flows.open_month')}
      submitText={t('flows.open_month')}
      size={420}
      shape={newMonth}
      initial={{ month: proposed }}
      refresh={['/api/flow-months']}
      submit={(values) => {
        opened = values.month
        return api.post('/api/flow-months', values)
      }}
      done={() => t('flows.open_month_done', { month: opened })}
      after={() => go(`/flows/months/${opened}`)}
    >
      <Field name="month" label={t('flows.month')}>
        <MonthInput />
      </Field>
      <Field name="starts_on" label={t('flows.month_starts')} help={t('flows.month_dates_help')}>
        <DayInput />
      </Field>
      <Field name="ends_on" label={t('flows.month_ends')}>
        <DayInput />
      </Field>
    </FormDrawer>
  )
}
