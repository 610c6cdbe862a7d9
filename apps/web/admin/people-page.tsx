import { Alert, Button } from 'antd'
import { useState } from 'react'
import { type PersonRow, personRow } from '#platform/auth/shapes.ts'
import { listOf } from '#platform/shapes.ts'
import { useText } from '#ui/i18n.ts'
import { DetailDrawer, useOpened } from '#ui/layout/detail-drawer.tsx'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { useSession } from '#ui/session.ts'
import type { Column } from '#ui/table/columns.tsx'
import { DataTable } from '#ui/table/data-table.tsx'
import { useList } from '#ui/use-list.ts'
import { OneTimePassword } from './one-time-password.tsx'
import { PersonDetail, PersonState } from './person-detail.tsx'
import { PersonForm } from './person-form.tsx'
import { roleNames } from './role-name.ts'
import { useRoles } from './use-roles.ts'

const people = listOf(personRow)

/** Who may come in, as what, and whose rows they see. */
export function PeoplePage() {
  const t = useText()
  const opened = useOpened()
  const roles = useRoles()
  const manages = useSession().permissions.includes('platform.manage-people')
  const [form, setForm] = useState<'new' | PersonRow | null>(null)
  const [password, setPassword] = useState<string | null>(null)
  const list = useList<PersonRow>('/api/people', people, { size: 200 })
  const [clicked, setClicked] = useState<PersonRow | null>(null)
  // Read again from the list after a change; beyond its first page the clicked row must do.
  const known = [...(list.data?.rows ?? []), ...(clicked ? [clicked] : [])]
  const person = known.find(({ person_id }) => person_id === opened.id)
  const states = [
    { value: 'false', label: t('people.active') },
    { value: 'true', label: t('people.disabled') },
  ]
  const add = { text: t('people.add'), run: () => setForm('new') }
  const unguarded =
    list.data?.rows.every(
      ({ roles, disabled_at }) => disabled_at || !roles.includes('security-administrator'),
    ) ?? false
  const columns = usePeopleColumns()
  return (
    <>
      <PageHeader
        title={t('people.title')}
        text={`${t('people.text')} ${t('people.three')}`}
        actions={
          manages && (
            <Button type="primary" onClick={add.run}>
              {add.text}
            </Button>
          )
        }
      />
      {unguarded && <Alert type="warning" showIcon title={t('people.no_security')} />}
      <OneTimePassword password={password} onClose={() => setPassword(null)} />
      <DataTable<PersonRow>
        name="platform.people"
        path="/api/people"
        shape={people}
        columns={columns}
        phone={['name', 'state', 'login', 'roles']}
        search={t('people.search')}
        filters={[
          { key: 'role', label: t('people.roles'), kind: 'select', options: roles.options },
          { key: 'disabled', label: t('people.state'), kind: 'select', options: states },
        ]}
        idOf={(row) => row.person_id}
        opened={opened.id}
        onOpen={(row) => {
          setClicked(row)
          opened.open(row.person_id)
        }}
        empty={<EmptyState title={t('people.empty')} {...(manages && { action: add })} />}
      />
      <DetailDrawer
        open={opened.id !== ''}
        onClose={opened.close}
        title={person?.name ?? ''}
        state={person && <PersonState person={person} />}
        loading={!person}
      >
        {person && <PersonDetail person={person} onEdit={() => setForm(person)} onPassword={setPassword} />}
      </DetailDrawer>
      {form !== null && (
        <PersonForm
          person={form === 'new' ? null : form}
          roles={roles.options}
          onClose={() => setForm(null)}
          onPassword={setPassword}
        />
      )}
    </>
  )
}

function usePeopleColumns(): Column<PersonRow>[] {
  const t = useText()
  return [
    { key: 'name', title: t('people.name'), sortable: true, width: 160 },
    { key: 'login', title: t('people.login'), kind: 'code', sortable: true, width: 200 },
    { key: 'roles', title: t('people.roles'), width: 240, text: (row) => roleNames(row.roles, t) },
    {
      key: 'totp_on',
      title: t('profile.totp'),
      width: 110,
      text: (row) => t(row.totp_on ? 'profile.totp_is_on' : 'profile.totp_is_off'),
    },
    {
      key: 'scope',
      title: t('people.scope'),
      width: 220,
      text: (row) => row.distributor_name ?? t(`people.scope_${row.scope}`),
    },
    {
      key: 'state',
      title: t('people.state'),
      kind: 'state',
      render: (row) => <PersonState person={row} />,
      text: (row) => t(row.disabled_at ? 'people.disabled' : 'people.active'),
    },
    { key: 'email', title: t('people.email'), hidden: true },
    { key: 'created_at', title: t('people.created_at'), kind: 'date', hidden: true },
  ]
}
