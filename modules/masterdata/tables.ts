import type { ColumnType, Generated } from 'kysely'
import type { CalendarDayKind } from './calendars/shapes.ts'
import type { IdentityKind, ProposalState } from './identity/shapes.ts'
import type { ImportColumn, ImportPreviewRow, ImportState } from './imports/shapes.ts'
import type {
  DeviceClass,
  DistributorState,
  DistributorTier,
  InstitutionKind,
  InstitutionState,
  PriceKind,
  RowState,
  TerritoryLevel,
} from './shapes.ts'

/** Rows of master data as SQL gives them (see migrations/0002-masterdata.sql). */

type Stamp = ColumnType<Date, Date | undefined, Date>
type NullableStamp = ColumnType<Date | null, Date | null | undefined, Date | null>
type Optional<T> = ColumnType<T | null, T | null | undefined, T | null>
type Json<T> = ColumnType<T, string | undefined, string>

declare module '#platform/db.ts' {
  interface Tables {
    code_values: {
      company_id: string
      id: Generated<string>
      list: string
      code: string
      label_zh: string
      label_en: string
      sort_no: Generated<number>
      active: Generated<boolean>
      version: Generated<number>
    }
    institutions: {
      company_id: string
      id: Generated<string>
      code: string
      name: string
      aliases: Generated<string[]>
      search_text: string
      pinyin: string
      kind: InstitutionKind
      category: Optional<string>
      level: Optional<string>
      segment: Optional<string>
      tags: Generated<string[]>
      province: Optional<string>
      city: Optional<string>
      county: Optional<string>
      region_code: Optional<string>
      address: Optional<string>
      tax_id: Optional<string>
      parent_id: Optional<string>
      state: ColumnType<InstitutionState, InstitutionState | undefined, InstitutionState>
      merged_into: Optional<string>
      version: Generated<number>
      created_at: Stamp
      changed_at: Stamp
    }
    products: {
      company_id: string
      id: Generated<string>
      code: string
      name: string
      generic_name: Generated<string>
      aliases: Generated<string[]>
      search_text: string
      pinyin: string
      spec: string
      manufacturer: Generated<string>
      base_unit: string
      product_group: Optional<string>
      device_class: Optional<DeviceClass>
      approval_no: Optional<string>
      approval_expires_on: Optional<string>
      udi_di: Optional<string>
      tags: Generated<string[]>
      state: ColumnType<RowState, RowState | undefined, RowState>
      version: Generated<number>
      created_at: Stamp
      changed_at: Stamp
    }
    product_units: { company_id: string; product_id: string; unit: string; factor: string }
    distributors: {
      company_id: string
      id: Generated<string>
      code: string
      name: string
      short_name: Generated<string>
      aliases: Generated<string[]>
      search_text: string
      pinyin: string
      tier: ColumnType<DistributorTier, DistributorTier | undefined, DistributorTier>
      province: Optional<string>
      city: Optional<string>
      tax_id: Optional<string>
      contact_name: Optional<string>
      contact_phone: Optional<string>
      flow_owner: Optional<string>
      tags: Generated<string[]>
      state: ColumnType<DistributorState, DistributorState | undefined, DistributorState>
      version: Generated<number>
      created_at: Stamp
      changed_at: Stamp
    }
    territories: {
      company_id: string
      id: Generated<string>
      code: string
      name: string
      search_text: string
      level: TerritoryLevel
      parent_id: Optional<string>
      state: ColumnType<RowState, RowState | undefined, RowState>
      version: Generated<number>
      created_at: Stamp
      changed_at: Stamp
    }
    posts: {
      company_id: string
      id: Generated<string>
      code: string
      name: string
      territory_id: string
      is_manager: Generated<boolean>
      state: ColumnType<RowState, RowState | undefined, RowState>
      version: Generated<number>
    }
    post_holders: {
      company_id: string
      id: Generated<string>
      post_id: string
      territory_id: string
      person_id: Optional<string>
      person_name: string
      valid_from: string
      valid_to: Optional<string>
      version: Generated<number>
    }
    territory_institutions: {
      company_id: string
      id: Generated<string>
      institution_id: string
      product_group: Generated<string>
      territory_id: string
      valid_from: string
      valid_to: Optional<string>
      version: Generated<number>
    }
    prices: {
      company_id: string
      id: Generated<string>
      product_id: string
      kind: ColumnType<PriceKind, PriceKind | undefined, PriceKind>
      province: Generated<string>
      distributor_id: Optional<string>
      unit: string
      price: string
      valid_from: string
      valid_to: Optional<string>
      version: Generated<number>
    }
    calendar_days: {
      company_id: string
      id: Generated<string>
      day: string
      kind: CalendarDayKind
      name: Generated<string>
      version: Generated<number>
    }
    calendar_months: {
      company_id: string
      id: Generated<string>
      month: string
      starts_on: string
      ends_on: string
      files_due_on: string
      close_due_on: string
      version: Generated<number>
    }
    master_proposals: {
      company_id: string
      id: Generated<string>
      kind: IdentityKind
      target_id: string
      approval_id: string
      old_value: Json<Record<string, string | null>>
      new_value: Json<Record<string, string | null>>
      state: ColumnType<ProposalState, ProposalState | undefined, ProposalState>
      failure_code: Optional<string>
      person_id: string
      created_at: Stamp
      ended_at: NullableStamp
    }
    master_imports: {
      company_id: string
      id: Generated<string>
      kind: string
      file_id: Optional<string>
      batch: ColumnType<Record<string, unknown> | null, string | null | undefined, string | null>
      state: ImportState
      failure_code: Optional<string>
      failure_params: ColumnType<
        Record<string, string | number> | null,
        string | null | undefined,
        string | null
      >
      columns: Json<ImportColumn[]>
      mapping: Json<Record<string, string>>
      row_count: Generated<number>
      insert_count: Generated<number>
      update_count: Generated<number>
      same_count: Generated<number>
      error_count: Generated<number>
      warning_count: Generated<number>
      identity_count: Generated<number>
      approval_id: Optional<string>
      preview: Json<ImportPreviewRow[]>
      error_file_id: Optional<string>
      job_id: Optional<string>
      person_id: string
      created_at: Stamp
      ended_at: NullableStamp
      undone_at: NullableStamp
    }
    master_import_changes: {
      company_id: string
      import_id: string
      row_no: number
      target_id: string
      before: ColumnType<Record<string, unknown> | null, string | null, string | null>
      after: ColumnType<Record<string, unknown> | null, string | null, string | null>
      version_after: number | null
    }
  }
}
