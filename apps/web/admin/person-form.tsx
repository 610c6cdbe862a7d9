import { Input, Radio, Select } from 'antd'
import { z } from 'zod'
import { type PersonRow, personInput, scopes } from '#platform/auth/shapes.ts'
import { api } from '#ui/api.ts'
import { FormDrawer } from '#ui/form/form-drawer.tsx'
import { Field } from '#ui/form/form-kit.tsx'
import { RemoteSelect } from '#ui/form/remote-select.tsx'
import { useText } from '#ui/i18n.ts'

const { name, email, roles, scope, distributor_id } = personInput.shape
const changed = z.strictObject({ name, email, roles, scope, distributor_id })

type PersonFormProps = {
  /** Null adds somebody. */
  person: PersonRow | null
  roles: { value: string; label: string }[]
  onClose: () => void
  onPassword: (password: string) => void
}

/** A new person, or what an old one may do. */
export function PersonForm({ person, roles: roleOptions, onClose, onPassword }: PersonFormProps) {
  const t = useText()
  const common = { open: true, onClose, refresh: ['/api/people'] as const, watch: 'scope' }
  const fields = (_form: unknown, watched: unknown) => (
    <PlaceFields
      roles={roleOptions}
      isDistributor={watched === 'distributor'}
      distributor={person?.distributor_name ?? undefined}
    />
  )
  if (person)
    return (
      <FormDrawer
        {...common}
        title={t('people.edit')}
        shape={changed}
        initial={person}
        submit={(values) => api.patch(`/api/people/${person.person_id}`, forScope(values))}
        done={() => t('profile.saved')}
      >
        {fields}
      </FormDrawer>
    )
  return (
    <FormDrawer
      {...common}
      title={t('people.add')}
      shape={personInput}
      initial={{ scope: 'company', roles: [] }}
      submit={(values) => api.post<{ one_time_password: string | null }>('/api/people', forScope(values))}
      done={({ one_time_password }) => (one_time_password ? undefined : t('people.added_known'))}
      after={({ one_time_password }) => {
        if (one_time_password) onPassword(one_time_password)
      }}
    >
      {(form, watched) => (
        <>
          <Field name="login" label={t('people.login')} help={t('people.login_help')}>
            <Input autoComplete="off" autoCapitalize="none" />
          </Field>
          {fields(form, watched)}
        </>
      )}
    </FormDrawer>
  )
}

/** A distributor belongs to the distributor's scope only, whatever was chosen before the scope changed. */
function forScope<Values extends { scope: string; distributor_id: string | null }>(values: Values): Values {
  return values.scope === 'distributor' ? values : { ...values, distributor_id: null }
}

type PlaceFieldsProps = {
  roles: { value: string; label: string }[]
  isDistributor: boolean
  distributor?: string
}

function PlaceFields({ roles: options, isDistributor, distributor }: PlaceFieldsProps) {
  const t = useText()
  return (
    <>
      <Field name="name" label={t('people.name')}>
        <Input />
      </Field>
      <Field name="email" label={t('people.email')} required={false}>
        <Input type="email" />
      </Field>
      <Field name="roles" label={t('people.roles')}>
        <Select mode="multiple" options={options} showSearch={{ optionFilterProp: 'label' }} />
      </Field>
      <Field name="scope" label={t('people.scope')} help={t('people.scope_help')}>
        <Radio.Group options={scopes.map((value) => ({ value, label: t(`people.scope_${value}`) }))} />
      </Field>
      {isDistributor && (
        <Field name="distributor_id" label={t('people.distributor')} required>
          <RemoteSelect path="/api/distributors" known={distributor} />
        </Field>
      )}
    </>
  )
}
