import { CheckOutlined } from '@ant-design/icons'
import { useText } from '#ui/i18n.ts'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { useRead } from '#ui/use-list.ts'
import { roleName } from './messages.ts'

export type RolesAnswer = { rows: { role: string; permissions: string[]; people_count?: number }[] }

/** Which role may do what; the rows they see follow from the person's scope. */
export function RolesPage() {
  const t = useText()
  const roles = useRead<RolesAnswer>('/api/roles')
  if (roles.isPending) return <Skeleton />
  if (roles.isError) return <ErrorState error={roles.error} onRetry={() => void roles.refetch()} />
  const rows = roles.data.rows
  const permissions = [...new Set(rows.flatMap((row) => row.permissions))].sort()
  const modules = [...new Set(permissions.map(moduleOf))]
  return (
    <>
      <PageHeader title={t('roles.title')} text={t('roles.text')} />
      <div className="qc-matrix-scroll" role="region" aria-label={t('roles.title')} tabIndex={0}>
        <table className="qc-matrix">
          <thead>
            <tr>
              <th scope="col">{t('roles.permission')}</th>
              {rows.map(({ role }) => (
                <th key={role} scope="col">
                  {roleName(role, t)}
                </th>
              ))}
            </tr>
          </thead>
          {modules.map((module) => (
            <tbody key={module}>
              <tr>
                <th scope="rowgroup" colSpan={rows.length + 1} className="qc-matrix-group">
                  {t(`roles.module.${module}`, { defaultValue: module })}
                </th>
              </tr>
              {permissions
                .filter((permission) => moduleOf(permission) === module)
                .map((permission) => (
                  <tr key={permission}>
                    <th scope="row" title={permission}>
                      {t(`permission.${permission}`, { defaultValue: permission })}
                    </th>
                    {rows.map((row) => (
                      <td key={row.role}>
                        {row.permissions.includes(permission) && (
                          <CheckOutlined role="img" aria-label={t('roles.yes')} className="qc-good" />
                        )}
                      </td>
                    ))}
                  </tr>
                ))}
            </tbody>
          ))}
        </table>
      </div>
    </>
  )
}

const moduleOf = (permission: string) => permission.split('.')[0] ?? permission
