import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import { useAct } from '#ui/act/use-act.tsx'
import { useConfirmImpact } from '#ui/act/use-confirm-impact.tsx'
import { api } from '#ui/api.ts'
import { Field, FormKit } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { DetailDrawer, useOpened } from '#ui/layout/detail-drawer.tsx'
import { EmptyState } from '#ui/layout/empty-state.tsx'
import { Fields } from '#ui/layout/fields.tsx'
import { PageHeader } from '#ui/layout/page-header.tsx'
import { Section } from '#ui/layout/section.tsx'
import { useSession } from '#ui/session.ts'
import { CopyId } from '#ui/show/copy-id.tsx'
import { DateText } from '#ui/show/figures.tsx'
import { StateTag } from '#ui/show/state-tag.tsx'
import type { Column } from '#ui/table/columns.tsx'
import { DataTable } from '#ui/table/data-table.tsx'
import { useList } from '#ui/use-list.ts'
import { roleName } from './messages.ts'
import type { Person } from './person.ts'
import { PersonForm } from './person-form.tsx'

const passwordShape = z.strictObject({ password: z.string().min(12).max(256) })

/** Who may come in, as what, and whose rows they see. */
export function PeoplePage() {
  const t = useText()
  const opened = useOpened()
  const [form, setForm] = useState<'new' | Person | null>(null)
  const list = useList<Person>('/api/people', undefined, { size: 200 })
  const person = list.data?.rows.find(({ id }) => id === opened.id)
  const columns: Column<Person>[] = [
    { key: 'name', title: t('people.name'), sortable: true, width: 160 },
    { key: 'login', title: t('people.login'), kind: 'code', sortable: true, width: 200 },
    {
      key: 'roles',
      title: t('people.roles'),
      width: 240,
      render: (row) => row.roles.map((role) => roleName(role, t)).join('、'),
      text: (row) => row.roles.map((role) => roleName(role, t)).join('、'),
    },
    {
      key: 'scope',
      title: t('people.scope'),
      width: 220,
      render: (row) => row.distributor_name ?? t(`people.scope_${row.scope}`),
    },
    { key: 'state', title: t('people.state'), kind: 'state', render: (row) => <PersonState person={row} /> },
    { key: 'email', title: t('people.email'), hidden: true },
    { key: 'created_at', title: t('people.created_at'), kind: 'date', hidden: true },
  ]
  return (
    <>
      <PageHeader
        title={t('people.title')}
        text={t('people.text')}
        actions={
          <Button type="primary" onClick={() => setForm('new')}>
            {t('people.add')}
          </Button>
        }
      />
      <DataTable<Person>
        name="platform.people"
        path="/api/people"
        columns={columns}
        phone={['name', 'state', 'login', 'roles']}
        search={t('people.search')}
        opened={opened.id}
        onOpen={(row) => opened.open(row.id)}
        empty={
          <EmptyState
            title={t('people.empty')}
            action={{ text: t('people.add'), run: () => setForm('new') }}
          />
        }
      />
      <DetailDrawer
        open={opened.id !== ''}
        onClose={opened.close}
        title={person?.name ?? ''}
        state={person && <PersonState person={person} />}
        loading={!person}
      >
        {person && <PersonDetail person={person} onEdit={() => setForm(person)} />}
      </DetailDrawer>
      {form !== null && <PersonForm person={form === 'new' ? null : form} onClose={() => setForm(null)} />}
    </>
  )
}

function PersonState({ person }: { person: Person }) {
  const t = useText()
  return person.disabled_at ? (
    <StateTag tone="off">{t('people.disabled')}</StateTag>
  ) : (
    <StateTag tone="good">{t('people.active')}</StateTag>
  )
}

function PersonDetail({ person, onEdit }: { person: Person; onEdit: () => void }) {
  const t = useText()
  const confirm = useConfirmImpact()
  const isMe = useSession().person.id === person.id
  const setDisabled = (disabled: boolean) => api.patch(`/api/people/${person.id}`, { disabled })
  const disable = useAct({
    run: () => setDisabled(true),
    refresh: ['/api/people'],
    done: () => ({ text: t('people.now_disabled', { name: person.name }), undo: () => setDisabled(false) }),
  })
  const enable = useAct({
    run: () => setDisabled(false),
    refresh: ['/api/people'],
    done: () => t('people.now_active'),
  })
  const askDisable = async () => {
    const answer = await confirm({
      title: t('people.disable_title', { name: person.name }),
      impact: [t('people.disable_impact')],
      confirmText: t('people.disable'),
      danger: true,
    })
    if (answer) disable.run()
  }
  return (
    <>
      <Fields
        lines={[
          { label: t('people.login'), value: <CopyId value={person.login} /> },
          { label: t('people.email'), value: person.email },
          { label: t('people.roles'), value: person.roles.map((role) => roleName(role, t)).join('、') },
          { label: t('people.scope'), value: person.distributor_name ?? t(`people.scope_${person.scope}`) },
          { label: t('people.created_at'), value: <DateText value={person.created_at} /> },
        ]}
      />
      <Section title={t('people.acts')}>
        <div className="qc-actions">
          <Button onClick={onEdit}>{t('people.edit')}</Button>
          {person.disabled_at ? (
            <Button loading={enable.pending} onClick={() => enable.run()}>
              {t('people.enable')}
            </Button>
          ) : (
            <Button danger disabled={isMe} loading={disable.pending} onClick={askDisable}>
              {t('people.disable')}
            </Button>
          )}
        </div>
      </Section>
      <Section title={t('people.reset')}>
        <Alert type="info" title={t('people.reset_text')} className="qc-form-problem" />
        <FormKit
          key={person.id}
          shape={passwordShape}
          submit={(values) => api.put(`/api/people/${person.id}/password`, values)}
          submitText={t('people.reset')}
          done={() => t('people.reset_done')}
        >
          <Field name="password" label={t('people.new_password')} help={t('profile.next_help')}>
            <Input.Password autoComplete="new-password" />
          </Field>
        </FormKit>
      </Section>
    </>
  )
}
