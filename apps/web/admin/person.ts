export type Person = {
  id: string
  login: string
  name: string
  email: string | null
  roles: string[]
  scope: 'company' | 'distributor' | 'territory'
  distributor_id: string | null
  distributor_name?: string | null
  disabled_at: string | null
  created_at: string
}
