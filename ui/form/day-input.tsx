import { Input } from 'antd'
import { lazy, Suspense } from 'react'

const DayPicker = lazy(() => import('./day-picker.tsx').then((m) => ({ default: m.DayPicker })))

export type DayInputProps = {
  id?: string
  value?: string | null
  onChange?: (value: string | null) => void
  disabled?: boolean
  label?: string
}

/** A day as text `2026-07-31`; the picker is loaded when the form is. */
export function DayInput(props: DayInputProps) {
  return (
    <Suspense fallback={<Input disabled aria-label={props.label ?? '…'} />}>
      <DayPicker {...props} picker="date" />
    </Suspense>
  )
}

/** A month as text `2026-07`. */
export function MonthInput(props: DayInputProps) {
  return (
    <Suspense fallback={<Input disabled aria-label={props.label ?? '…'} />}>
      <DayPicker {...props} picker="month" />
    </Suspense>
  )
}
