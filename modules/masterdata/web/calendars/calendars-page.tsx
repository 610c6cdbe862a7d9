import { useText } from '#ui/i18n.ts'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { UrlTabs } from '#ui/layout/tabs.tsx'
import { DaysTable } from './days-table.tsx'
import { MonthsTable } from './months-table.tsx'

/** Which days a fiscal month holds and by when it is due, and which days are worked. */
export function CalendarsPage() {
  const t = useText()
  return (
    <>
      <PageHeader title={t('masterdata.calendars')} text={t('masterdata.calendars_text')} />
      <UrlTabs
        items={[
          { key: 'months', label: t('masterdata.calendar_months'), children: <MonthsTable /> },
          { key: 'days', label: t('masterdata.calendar_days'), children: <DaysTable /> },
        ]}
      />
    </>
  )
}
