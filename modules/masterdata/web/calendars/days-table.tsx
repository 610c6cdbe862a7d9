import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useAct } from '#ui/act/use-act.tsx'
import { api } from '#ui/api.ts'
import { DayInput } from '#ui/form/day-input.tsx'
import { FormDrawer } from '#ui/form/form-drawer.tsx'
import { Field } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { usePermission } from '#ui/session.ts'
import { StateTag } from '#ui/show/state-tag.tsx'
import type { Column } from '#ui/table/columns.tsx'
import { DataTable } from '#ui/table/data-table.tsx'
import { type CalendarDayRow, calendarDayInput, calendarDayKinds } from '../../calendars/shapes.ts'
import { FormHistory } from '../form-history.tsx'
import { ListActions } from '../list-actions.tsx'
import { useWords } from '../use-choices.ts'

/** Days that are not what their weekday says: holidays, and weekends that are worked. */
export function DaysTable() {
  const t = useText()
  const mayWrite = usePermission('masterdata.write')
  const [form, setForm] = useState<CalendarDayRow | 'new' | null>(null)
  const columns: Column<CalendarDayRow>[] = [
    { key: 'day', title: t('masterdata.day'), kind: 'date', sortable: true, width: 140 },
    {
      key: 'kind',
      title: t('masterdata.day_kind'),
      kind: 'state',
      width: 120,
      text: (row) => t(`masterdata.day_kind.${row.kind}`),
      render: (row) => (
        <StateTag tone={row.kind === 'holiday' ? 'off' : 'good'}>
          {t(`masterdata.day_kind.${row.kind}`)}
        </StateTag>
      ),
    },
    { key: 'name', title: t('masterdata.name'), width: 240 },
  ]
  return (
    <>
      <DataTable<CalendarDayRow>
        name="masterdata.calendar-days"
        path="/api/calendar-days"
        columns={columns}
        phone={['day', 'kind', 'name']}
        sort="-day"
        filters={[{ key: 'year', label: t('masterdata.year'), kind: 'text' }]}
        exportPath="/api/calendar-days/export"
        actions={<ListActions kind="calendar-days" onNew={() => setForm('new')} />}
        onOpen={mayWrite ? setForm : undefined}
        empty={
          <EmptyState
            title={t('masterdata.calendar_days_empty')}
            text={t('masterdata.calendar_days_empty_text')}
            action={mayWrite ? { text: t('masterdata.new'), run: () => setForm('new') } : undefined}
          />
        }
      />
      {form !== null && <DayForm row={form === 'new' ? undefined : form} onClose={() => setForm(null)} />}
    </>
  )
}

function DayForm({ row, onClose }: { row?: CalendarDayRow; onClose: () => void }) {
  const t = useText()
  const kinds = useWords('day_kind', calendarDayKinds)
  const remove = useAct({
    run: () => api.delete(`/api/calendar-days/${row?.id}`, { version: row?.version }),
    refresh: ['/api/calendar'],
    done: () => ({
      text: t('masterdata.day_removed', { day: row?.day }),
      undo: () => api.post('/api/calendar-days', { day: row?.day, kind: row?.kind, name: row?.name }),
    }),
    after: onClose,
  })
  return (
    <FormDrawer
      open
      onClose={onClose}
      title={row ? t('masterdata.edit_of', { name: row.day }) : t('masterdata.new_calendar_day')}
      shape={calendarDayInput}
      initial={row ?? { kind: 'holiday' }}
      refresh={['/api/calendar']}
      submit={(values) =>
        row
          ? api.put(`/api/calendar-days/${row.id}`, { ...values, version: row.version })
          : api.post('/api/calendar-days', values)
      }
      below={<FormHistory path={row && `/api/calendar-days/${row.id}`} />}
      done={() => t('masterdata.saved')}
    >
      <Field name="day" label={t('masterdata.day')}>
        <DayInput />
      </Field>
      <Field name="kind" label={t('masterdata.day_kind')}>
        <Select options={kinds} />
      </Field>
      <Field name="name" label={t('masterdata.name')}>
        <Input />
      </Field>
      {row && (
        <p>
          <Button danger loading={remove.pending} onClick={() => remove.run()}>
            {t('masterdata.remove_day')}
          </Button>
        </p>
      )}
    </FormDrawer>
  )
}
