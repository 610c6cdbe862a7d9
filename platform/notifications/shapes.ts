import { z } from 'zod'

export const notificationRow = z.object({
  id: z.string(),
  /** `module.word`: the web holds a sentence for it, filled with `params`. */
  kind: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  href: z.string().nullable(),
  created_at: z.coerce.date(),
  read_at: z.coerce.date().nullable(),
})
export type NotificationRow = z.output<typeof notificationRow>
