import { CheckOutlined } from '@ant-design/icons'
import { useText } from '#ui/i18n.ts'
import { ErrorState } from '#ui/layout/error-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Skeleton } from '#ui/layout/skeleton.tsx'
import { roleName } from './role-name.ts'
import { useRoles } from './use-roles.ts'

/** Which role may do what; the rows they see follow from the person's scope. */
export function RolesPage() {
  const t = useText()
  const { answer: roles, rows } = useRoles()
  if (roles.isPending) return <Skeleton />
  if (roles.isError) return <ErrorState error={roles.error} onRetry={() => void roles.refetch()} />
  const permissions = [...new Set(rows.flatMap((row) => row.permissions))].sort()
  const modules = [...new Set(permissions.map(moduleOf))]
  return (
    <>
      <PageHeader title={t('roles.title')} text={`${t('roles.text')} ${t('people.three')}`} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="qc-matrix-scroll" aria-label={t('roles.title')} tabIndex={0}>
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
      </section>
    </>
  )
}

const moduleOf = (permission: string) => permission.split('.')[0] ?? permission
