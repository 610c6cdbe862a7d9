import {
  DistributorPicker,
  InstitutionPicker,
  ProductPicker,
  TerritoryPicker,
} from '#modules/masterdata/web/pickers.tsx'

export type NameKindPath = 'institutions' | 'products' | 'distributors' | 'territories'

const pickers = {
  institutions: InstitutionPicker,
  products: ProductPicker,
  distributors: DistributorPicker,
  territories: TerritoryPicker,
}

type NamePickProps = { kind: NameKindPath; value: string; onChange: (id: string) => void; label: string }

/** A picker of master data as a filter: no value is the empty text, as addresses hold it. */
export function NamePick({ kind, value, onChange, label }: NamePickProps) {
  const Picker = pickers[kind]
  return (
    <div className="qf-name-pick">
      <Picker
        value={value || null}
        label={label}
        placeholder={label}
        query={kind === 'distributors' ? { state: undefined } : undefined}
        onChange={(id) => onChange(id ?? '')}
      />
    </div>
  )
}
