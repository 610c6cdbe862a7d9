import { z } from 'zod'
import { type Route, route } from '#platform/http.ts'
import { kindRoutes } from '../kind-routes.ts'
import { idParams } from '../route-shapes.ts'
import {
  calendarDayList,
  calendarDaySorts,
  calendarMonthList,
  calendarMonthSorts,
  monthDaysOf,
  selectDays,
  selectMonths,
  yearOf,
} from './calendar-queries.ts'
import { calendarDaySheet, calendarMonthSheet } from './calendar-sheets.ts'
import { changeDay, createDay, removeDay } from './keep-day.ts'
import { changeMonth, createMonth } from './keep-month.ts'
import * as shapes from './shapes.ts'

export const calendarRoutes: readonly Route[] = [
  ...kindRoutes({
    path: '/calendar-days',
    one: 'CalendarDay',
    many: 'CalendarDays',
    sheet: calendarDaySheet,
    list: calendarDayList,
    input: shapes.calendarDayInput,
    change: shapes.calendarDayChange,
    row: shapes.calendarDayRow,
    sorts: calendarDaySorts,
    fallback: 'day',
    idColumn: 'c.id',
    select: selectDays,
    create: createDay,
    edit: changeDay,
  }),
  route({
    method: 'DELETE',
    path: '/calendar-days/:id',
    id: 'masterdata.removeCalendarDay',
    summary: 'Let a day be what its weekday says',
    permission: 'masterdata.write',
    rate: 'write',
    data: 'internal',
    params: idParams,
    body: z.strictObject({ version: z.number().int() }),
    answer: 'nothing',
    handle: (ctx, { params, body }) => removeDay(ctx, params.id, body.version),
  }),
  ...kindRoutes({
    path: '/calendar-months',
    one: 'CalendarMonth',
    many: 'CalendarMonths',
    sheet: calendarMonthSheet,
    list: calendarMonthList,
    input: shapes.calendarMonthInput,
    change: shapes.calendarMonthChange,
    row: shapes.calendarMonthRow,
    sorts: calendarMonthSorts,
    fallback: 'month',
    idColumn: 'c.id',
    select: selectMonths,
    create: createMonth,
    edit: changeMonth,
  }),
  route({
    method: 'GET',
    path: '/calendar',
    id: 'masterdata.readYear',
    summary: 'The months of a year with their deadlines, by the calendar or by default',
    permission: 'masterdata.read',
    rate: 'read',
    data: 'internal',
    query: z.strictObject({ year: z.string().regex(/^20\d{2}$/) }),
    answer: z.object({ rows: z.array(shapes.monthDays) }),
    handle: async (ctx, { query }) => ({ rows: await yearOf(ctx, query.year) }),
  }),
  route({
    method: 'GET',
    path: '/calendar/:month',
    id: 'masterdata.readMonthDays',
    summary: 'The days of a month and its deadlines, by the calendar or by default',
    permission: 'masterdata.read',
    rate: 'read',
    data: 'internal',
    params: z.strictObject({ month: shapes.yearMonth }),
    answer: shapes.monthDays,
    handle: (ctx, { params }) => monthDaysOf(ctx, params.month),
  }),
]
