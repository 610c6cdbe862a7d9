import type { Generated } from 'kysely'

declare module '#platform/db.ts' {
  interface Tables {
    targets: {
      company_id: string
      id: Generated<string>
      territory_id: string
      product_group: string
      month: string
      amount_fen: number
      version: Generated<number>
    }
  }
}
