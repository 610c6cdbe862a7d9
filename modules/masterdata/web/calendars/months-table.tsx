import { Select } from 'antd'
import { useState } from 'react'
import { api } from '#ui/api.ts'
import { DayInput } from '#ui/form/day-input.tsx'
import { FormDrawer } from '#ui/form/form-drawer.tsx'
import { Field } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { usePermission } from '#ui/session.ts'
import { StateTag } from '#ui/show/state-tag.tsx'
import { PlainTable } from '#ui/table/plain-table.tsx'
import { useRead } from '#ui/use-list.ts'
import { useUrlState } from '#ui/use-url-state.ts'
import { calendarMonthInput, type MonthDays } from '../../calendars/shapes.ts'
import { FormHistory } from '../form-history.tsx'
import { CsvButton, ListActions } from '../list-actions.tsx'

const fields = ['starts_on', 'ends_on', 'files_due_on', 'close_due_on'] as const

/** The days of each fiscal month of a year and its deadlines; months nobody has set show what holds by default. */
export function MonthsTable() {
  const t = useText()
  const now = new Date().getFullYear()
  const [url, setUrl] = useUrlState({ year: String(now) })
  const mayWrite = usePermission('masterdata.write')
  const [form, setForm] = useState<MonthDays | null>(null)
  const read = useRead<{ rows: MonthDays[] }>('/api/calendar', undefined, { year: url.year })
  if (read.error) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  return (
    <>
      <div className="qc-toolbar">
        <Select
          aria-label={t('masterdata.year')}
          value={url.year}
          options={[now + 1, now, now - 1].map((year) => ({ value: String(year), label: String(year) }))}
          onChange={(year) => setUrl({ year })}
        />
        <span className="qc-muted">{t('masterdata.calendar_default_text')}</span>
        <span className="qc-toolbar-end">
          <ListActions kind="calendar-months" />
          <CsvButton path="/api/calendar-months/export" />
        </span>
      </div>
      {!read.data && <Skeleton lines={8} />}
      {read.data && (
        <PlainTable
          rows={read.data.rows}
          idOf={({ month }) => month}
          phone={['month', 'state', 'starts_on', 'ends_on', 'files_due_on', 'close_due_on']}
          onOpen={mayWrite ? setForm : undefined}
          columns={[
            { key: 'month', title: t('masterdata.month'), width: 110 },
            ...fields.map((key) => ({
              key,
              title: t(`masterdata.${key}`),
              kind: 'date' as const,
              width: 140,
            })),
            {
              key: 'state',
              title: t('masterdata.state'),
              kind: 'state',
              width: 120,
              render: ({ id }) => (
                <StateTag tone={id ? 'good' : 'off'}>
                  {t(id ? 'masterdata.calendar_set' : 'masterdata.calendar_default')}
                </StateTag>
              ),
            },
          ]}
        />
      )}
      {form && <MonthForm row={form} onClose={() => setForm(null)} />}
    </>
  )
}

const shape = calendarMonthInput.omit({ month: true })

function MonthForm({ row, onClose }: { row: MonthDays; onClose: () => void }) {
  const t = useText()
  const { id, month, version } = row
  return (
    <FormDrawer
      open
      onClose={onClose}
      title={t('masterdata.edit_of', { name: month })}
      shape={shape}
      initial={row}
      refresh={['/api/calendar']}
      submit={(values) =>
        id
          ? api.put(`/api/calendar-months/${id}`, { ...values, month, version })
          : api.post('/api/calendar-months', { ...values, month })
      }
      below={<FormHistory path={id ? `/api/calendar-months/${id}` : undefined} />}
      done={() => t('masterdata.saved')}
    >
      {fields.map((field) => (
        <Field key={field} name={field} label={t(`masterdata.${field}`)}>
          <DayInput />
        </Field>
      ))}
    </FormDrawer>
  )
}
