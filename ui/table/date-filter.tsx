import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn.js'
import { type Filter, rangeKeys } from './filter.ts'
import type { TableState } from './use-table-state.ts'

const asDay = (text: string) => (text ? dayjs(text) : null)

export function DateFilter({ filter, state }: { filter: Filter; state: TableState }) {
  if (filter.kind === 'range') {
    const [from, to] = rangeKeys(filter)
    return (
      <DatePicker.RangePicker
        className="qc-filter-range"
        aria-label={filter.label}
        placeholder={[filter.label, '']}
        value={[asDay(state.filter(from)), asDay(state.filter(to))]}
        allowEmpty={[true, true]}
        onChange={(days) =>
          state.set({
            [from]: days?.[0]?.format('YYYY-MM-DD') ?? '',
            [to]: days?.[1]?.format('YYYY-MM-DD') ?? '',
          })
        }
      />
    )
  }
  const month = filter.kind === 'month'
  return (
    <DatePicker
      className="qc-filter"
      aria-label={filter.label}
      placeholder={filter.label}
      picker={month ? 'month' : 'date'}
      value={asDay(state.filter(filter.key))}
      onChange={(day) => state.set({ [filter.key]: day?.format(month ? 'YYYY-MM' : 'YYYY-MM-DD') ?? '' })}
    />
  )
}
