import { Input, Radio, Select } from 'antd'
import { z } from 'zod'
import { api } from '#ui/api.ts'
import { FormDrawer } from '#ui/form/form-drawer.tsx'
import { Field } from '#ui/form/form-kit.tsx'
import { RemoteSelect } from '#ui/form/remote-select.tsx'
import { useText } from '#ui/i18n.ts'
import { useRead } from '#ui/use-list.ts'
import { roleName } from './messages.ts'
import type { Person } from './person.ts'
import type { RolesAnswer } from './roles-page.tsx'

const membership = {
  name: z.string().min(1).max(60),
  email: z.email().nullable(),
  roles: z.array(z.string()).min(1),
  scope: z.enum(['company', 'distributor', 'territory']),
  distributor_id: z.uuid().nullable(),
}
const newPerson = z.strictObject({
  login: z.string().min(3).max(120),
  password: z.string().min(12).max(256),
  ...membership,
})
const changedPerson = z.strictObject(membership)

/** A new person, or what an old one may do. */
export function PersonForm({ person, onClose }: { person: Person | null; onClose: () => void }) {
  const t = useText()
  const roles = useRead<RolesAnswer>('/api/roles').data?.rows ?? []
  const common = { open: true, onClose, refresh: ['/api/people'] as const, done: () => t('profile.saved') }
  const fields = (scope: unknown) => (
    <>
      <Field name="name" label={t('people.name')}>
        <Input />
      </Field>
      <Field name="email" label={t('people.email')} required={false}>
        <Input type="email" />
      </Field>
      <Field name="roles" label={t('people.roles')}>
        <Select
          mode="multiple"
          options={roles.map(({ role }) => ({ value: role, label: roleName(role, t) }))}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </Field>
      <Field name="scope" label={t('people.scope')} help={t('people.scope_help')}>
        <Radio.Group
          options={(['company', 'territory', 'distributor'] as const).map((value) => ({
            value,
            label: t(`people.scope_${value}`),
          }))}
        />
      </Field>
      {scope === 'distributor' && (
        <Field name="distributor_id" label={t('people.distributor')} required>
          <RemoteSelect path="/api/distributors" known={person?.distributor_name ?? undefined} />
        </Field>
      )}
    </>
  )
  if (person)
    return (
      <FormDrawer
        {...common}
        title={t('people.edit')}
        shape={changedPerson}
        initial={person}
        submit={(values) => api.patch(`/api/people/${person.id}`, values)}
        watch="scope"
      >
        {fields}
      </FormDrawer>
    )
  return (
    <FormDrawer
      {...common}
      title={t('people.add')}
      shape={newPerson}
      initial={{ scope: 'company', roles: [] }}
      submit={(values) => api.post('/api/people', values)}
      watch="scope"
    >
      {(scope) => (
        <>
          <Field name="login" label={t('people.login')} help={t('people.login_help')}>
            <Input autoComplete="off" autoCapitalize="none" />
          </Field>
          <Field name="password" label={t('people.first_password')} help={t('people.first_password_help')}>
            <Input.Password autoComplete="new-password" />
          </Field>
          {fields(scope)}
        </>
      )}
    </FormDrawer>
  )
}
