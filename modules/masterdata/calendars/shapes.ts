import { z } from 'zod'
import { day, version } from '../shapes.ts'

export const calendarDayKinds = ['holiday', 'workday'] as const
export type CalendarDayKind = (typeof calendarDayKinds)[number]
export const yearMonth = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)

/** A day that is not what its weekday says: Monday to Friday are worked unless it stands here. */
export const calendarDayInput = z.strictObject({
  day,
  kind: z.enum(calendarDayKinds),
  name: z.string().trim().max(60).default(''),
})
export type CalendarDayInput = z.output<typeof calendarDayInput>
export const calendarDayChange = calendarDayInput.extend({ version })
export const calendarDayRow = z.object({
  id: z.string(),
  day: z.string(),
  kind: z.enum(calendarDayKinds),
  name: z.string(),
  version,
})
export type CalendarDayRow = z.output<typeof calendarDayRow>

/** The days of a fiscal month, and by when its files and its close are due. */
export const calendarMonthInput = z.strictObject({
  month: yearMonth,
  starts_on: day,
  ends_on: day,
  files_due_on: day,
  close_due_on: day,
})
export type CalendarMonthInput = z.output<typeof calendarMonthInput>
export const calendarMonthChange = calendarMonthInput.extend({ version })
export const calendarMonthRow = calendarMonthInput.extend({ id: z.string(), version })
export type CalendarMonthRow = z.output<typeof calendarMonthRow>

/** A month as the calendar has it, or as it is by default; then it has no id and no version. */
export const monthDays = calendarMonthInput.extend({
  id: z.string().nullable(),
  version: version.nullable(),
})
export type MonthDays = z.output<typeof monthDays>
