import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, InputNumber, Select } from 'antd'
import { type ApprovalRuleList, type ApprovalRuleRow, approvalRuleInput } from '#platform/approvals/shapes.ts'
import { api } from '#ui/api.ts'
import { FormDrawer } from '#ui/form/form-drawer.tsx'
import { Field } from '#ui/form/form-kit.tsx'
import { useText } from '#ui/i18n.ts'
import { RoleHolders } from './role-holders.tsx'
import { roleName } from './role-name.ts'

type Step = { role?: string; needed?: number }
type ApprovalRuleFormProps = { row: ApprovalRuleRow; roles: ApprovalRuleList['roles']; onClose: () => void }

const newStep = { needed: 1 }
const mostSteps = 10

/** The rule of one kind of subject: its steps, one after the other. */
export function ApprovalRuleForm({ row, roles, onClose }: ApprovalRuleFormProps) {
  const t = useText()
  const kind = t(`approval.kind.${row.subject_kind}`, { defaultValue: row.subject_kind })
  return (
    <FormDrawer
      open
      onClose={onClose}
      title={t('rules.form_title', { kind })}
      shape={approvalRuleInput}
      initial={row.rule ? { name: row.rule.name, steps: row.rule.steps } : { name: kind, steps: [newStep] }}
      watch="steps"
      refresh={['/api/approval-rules']}
      submit={(values) => api.put<{ id: string }>(`/api/approval-rules/${row.subject_kind}`, values)}
      done={() => t('rules.saved', { kind })}
    >
      {(form, watched) => {
        const steps = Array.isArray(watched) ? (watched as (Step | undefined)[]) : []
        // What is wrong with a step is told anew when the rule is saved; it must not stay at a value that has changed.
        const settle = (place: number, name: string) =>
          form.setFields([{ name: ['steps', place, name], errors: [] }])
        return (
          <>
            <Field name="name" label={t('rules.name')}>
              <Input />
            </Field>
            <Form.List name="steps">
              {(fields, { add, remove, move }) => (
                <>
                  {fields.map(({ key, name: place }) => (
                    <fieldset key={key} className="qc-rule-step">
                      <legend>{t('rules.step', { no: place + 1 })}</legend>
                      <StepActs
                        no={place + 1}
                        up={place > 0 ? () => move(place, place - 1) : undefined}
                        down={place < fields.length - 1 ? () => move(place, place + 1) : undefined}
                        remove={fields.length > 1 ? () => remove(place) : undefined}
                      />
                      <StepFields
                        place={place}
                        step={steps[place]}
                        roles={roles}
                        onChange={(name) => settle(place, name)}
                      />
                    </fieldset>
                  ))}
                  <Form.Item>
                    <Button
                      icon={<PlusOutlined />}
                      disabled={fields.length >= mostSteps}
                      onClick={() => add(newStep)}
                    >
                      {t('rules.add_step')}
                    </Button>
                  </Form.Item>
                </>
              )}
            </Form.List>
            <p className="qc-muted">{t('rules.under_way')}</p>
          </>
        )
      }}
    </FormDrawer>
  )
}

type StepActsProps = { no: number; up?: () => void; down?: () => void; remove?: () => void }

function StepActs({ no, up, down, remove }: StepActsProps) {
  const t = useText()
  const acts = [
    { words: t('rules.move_up', { no }), icon: <ArrowUpOutlined />, run: up },
    { words: t('rules.move_down', { no }), icon: <ArrowDownOutlined />, run: down },
    { words: t('rules.remove_step', { no }), icon: <DeleteOutlined />, run: remove },
  ]
  return (
    <div className="qc-rule-step-acts">
      {acts.map(({ words, icon, run }) => (
        <Button
          key={words}
          type="text"
          icon={icon}
          title={words}
          aria-label={words}
          disabled={!run}
          onClick={run}
        />
      ))}
    </div>
  )
}

type StepFieldsProps = {
  place: number
  step: Step | undefined
  roles: ApprovalRuleList['roles']
  onChange: (field: string) => void
}

function StepFields({ place, step, roles, onChange }: StepFieldsProps) {
  const t = useText()
  const options = roles.map(({ role }) => ({ value: role, label: roleName(role, t) }))
  const { role, needed } = step ?? {}
  return (
    <>
      <Field name={[place, 'name']} label={t('rules.step_name')} required>
        <Input onChange={() => onChange('name')} />
      </Field>
      <Field
        name={[place, 'role']}
        label={t('rules.role')}
        required
        help={role && <RoleHolders roles={roles} role={role} needed={needed ?? 1} />}
      >
        <Select
          options={options}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={() => onChange('role')}
        />
      </Field>
      <Field name={[place, 'needed']} label={t('rules.needed')} help={t('rules.needed_help')} required>
        <InputNumber precision={0} onChange={() => onChange('needed')} />
      </Field>
    </>
  )
}
