import type { FormInstance } from 'antd'
import type { ReactNode } from 'react'
import type { ZodType } from 'zod'
import { api } from '#ui/api.ts'
import { FormDrawer } from '#ui/form/form-drawer.tsx'
import { useText } from '#ui/i18n.ts'

export type KindFormProps<Row> = { row?: Row; onClose: () => void; onSaved?: (id: string) => void }

type KindFormDrawerProps<Row, Values> = KindFormProps<Row> & {
  /** As addresses and words say it: 'institutions', 'institution'. */
  kind: string
  one: string
  shape: ZodType<Values>
  /** What a new row begins with. */
  fresh: Record<string, unknown>
  watch?: string
  children: ReactNode | ((form: FormInstance, watched: unknown) => ReactNode)
}

type Saved = { id: string; approval_id: string | null }

/** Creates a row of a kind or changes it; says so when a change of its identity waits for approval. */
export function KindForm<Row extends { id: string; name: string; version: number }, Values>({
  kind,
  one,
  row,
  fresh,
  onClose,
  onSaved,
  ...form
}: KindFormDrawerProps<Row, Values>) {
  const t = useText()
  const submit = async (values: Values): Promise<Saved> => {
    if (!row) return { ...(await api.post<{ id: string }>(`/api/${kind}`, values)), approval_id: null }
    const body = { ...values, version: row.version }
    return { id: row.id, ...(await api.put<{ approval_id: string | null }>(`/api/${kind}/${row.id}`, body)) }
  }
  return (
    <FormDrawer<Values, Saved>
      open
      onClose={onClose}
      title={row ? t('masterdata.edit_of', { name: row.name }) : t(`masterdata.new_${one}`)}
      initial={row ?? fresh}
      columns={2}
      size={640}
      refresh={[`/api/${kind}`]}
      submit={submit}
      done={({ approval_id }) => t(approval_id ? 'masterdata.saved_waiting' : 'masterdata.saved')}
      after={({ id }) => onSaved?.(id)}
      {...form}
    />
  )
}
