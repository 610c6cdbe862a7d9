import { Select } from 'antd'
import { useText } from '#ui/i18n.ts'
import { useMonths } from './use-months.ts'

type MonthPickProps = {
  value: string
  onChange: (month: string) => void
  /** Only months that still take files and decisions. */
  openOnly?: boolean
  /** What no month means; without it one must be chosen. */
  all?: string
}

/** Chooses one of the months that exist. */
export function MonthPick({ value, onChange, openOnly, all }: MonthPickProps) {
  const t = useText()
  const { months } = useMonths()
  const shown = openOnly ? months.filter(({ state }) => state === 'open') : months
  return (
    <Select
      className="qf-month-pick"
      aria-label={t('flows.month')}
      placeholder={all ?? t('flows.month')}
      value={value || undefined}
      allowClear={all !== undefined}
      options={shown.map(({ month, state }) => ({
        value: month,
        label: state === 'open' ? month : `${month} · ${t(`flows.month_state.${state}`)}`,
      }))}
      onChange={(month?: string) => onChange(month ?? '')}
      popupMatchSelectWidth={false}
    />
  )
}
