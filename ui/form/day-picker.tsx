import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn.js'
import type { DayInputProps } from './day-input.tsx'

export function DayPicker({
  picker,
  value,
  onChange,
  id,
  disabled,
  label,
}: DayInputProps & { picker: 'date' | 'month' }) {
  return (
    <DatePicker
      id={id}
      className="qc-wide"
      aria-label={label}
      disabled={disabled}
      picker={picker}
      value={value ? dayjs(value) : null}
      onChange={(day) => onChange?.(day?.format(picker === 'month' ? 'YYYY-MM' : 'YYYY-MM-DD') ?? null)}
    />
  )
}
