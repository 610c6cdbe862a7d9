import type { ApiPath, Query } from '#ui/api.ts'
import { type RemoteRow, RemoteSelect } from '#ui/form/remote-select.tsx'
import { useRead } from '#ui/use-list.ts'
import { useCodeList, useGroupNames } from './use-choices.ts'

export type PickerProps = {
  id?: string
  value?: string | null
  onChange?: (value: string | null, row?: RemoteRow) => void
  /** The name of the value, when the caller has it; else it is asked for. */
  known?: string | null
  /** For screen readers where no label stands beside it. */
  label?: string
  placeholder?: string
  disabled?: boolean
  query?: Query
}

/** Finds a row by name, alias, code or pinyin initials; its value is the id. */
function MasterPicker({ path, known, query, ...props }: PickerProps & { path: ApiPath }) {
  const own = useRead<{ name: string }>(props.value && !known ? `${path}/${props.value}` : null)
  return (
    <RemoteSelect
      {...props}
      path={path}
      query={{ state: 'active', ...query }}
      known={known ?? own.data?.name}
    />
  )
}

export const InstitutionPicker = (props: PickerProps) => <MasterPicker {...props} path="/api/institutions" />
export const ProductPicker = (props: PickerProps) => <MasterPicker {...props} path="/api/products" />
export const DistributorPicker = (props: PickerProps) => <MasterPicker {...props} path="/api/distributors" />
export const TerritoryPicker = (props: PickerProps) => <MasterPicker {...props} path="/api/territories" />

/** Product groups by name: what may be chosen, and the name of a code. */
export function useProductGroups() {
  return { options: useCodeList('product-group'), nameOf: useGroupNames() }
}
