import { Alert, Button, Form, type FormInstance } from 'antd'
import { createContext, type ReactNode, useContext, useRef, useState } from 'react'
import type { ZodType } from 'zod'
import { useAct } from '../act/use-act.tsx'
import type { ApiPath } from '../api.ts'
import { useText } from '../i18n.ts'
import { problemText } from '../problem.ts'
import { checkShape, type FieldIssue, isRequired, serverIssues, withoutBlanks } from './shape-check.ts'
import { UnsavedGuard } from './unsaved-guard.tsx'

const ShapeContext = createContext<ZodType | undefined>(undefined)

export type FormKitProps<Values, Answer> = {
  /** The shape the server also checks with; marks required fields and gives the sentences. */
  shape: ZodType<Values>
  initial?: Record<string, unknown>
  submit: (values: Values) => Promise<Answer>
  /** Path prefixes that are read again after success. */
  refresh?: readonly ApiPath[]
  done?: (answer: Answer) => string | undefined
  after?: (answer: Answer) => void
  submitText?: string
  cancel?: () => void
  /** A function gets the form, and the value of the field named by `watch` for fields that depend on another. */
  children: ReactNode | ((form: FormInstance, watched: unknown) => ReactNode)
  watch?: string
  /** Fields side by side where there is room. */
  columns?: 1 | 2
  /** Told on each change; a drawer uses it to ask before closing. */
  onDirty?: (dirty: boolean) => void
}

/** A form over a zod shape: checks before sending, shows the server's field errors in place, ⌘Enter sends. */
export function FormKit<Values, Answer = unknown>(props: FormKitProps<Values, Answer>) {
  const t = useText()
  const [form] = Form.useForm()
  const watched: unknown = Form.useWatch(props.watch ?? [], form)
  const { send, touch, dirty, pending, complaint } = useSending(form, props)
  return (
    <ShapeContext value={props.shape}>
      <UnsavedGuard dirty={dirty} />
      <Form
        form={form}
        layout="vertical"
        initialValues={props.initial}
        className={props.columns === 2 ? 'qc-form qc-form-2' : 'qc-form'}
        onFinish={send}
        onValuesChange={(changed) => touch(Object.keys(changed))}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
          event.preventDefault()
          send()
        }}
      >
        {typeof props.children === 'function' ? props.children(form, watched) : props.children}
        {complaint && (
          <Alert type="error" showIcon className="qc-form-problem" role="alert" title={complaint} />
        )}
        <div className="qc-form-foot">
          <Button type="primary" htmlType="submit" loading={pending} title="⌘/Ctrl + Enter">
            {props.submitText ?? t('ui.save')}
          </Button>
          {props.cancel && <Button onClick={props.cancel}>{t('ui.cancel')}</Button>}
        </div>
      </Form>
    </ShapeContext>
  )
}

/** Checking, sending, and telling what is wrong at the field it is wrong in. */
function useSending<Values, Answer>(form: FormInstance, props: FormKitProps<Values, Answer>) {
  const t = useText()
  const dirty = useRef(false)
  /** Issues that belong to no field on the screen, such as one between two fields. */
  const [loose, setLoose] = useState<string[]>([])
  const setDirty = (value: boolean) => {
    dirty.current = value
    props.onDirty?.(value)
  }
  const showIssues = (issues: readonly FieldIssue[]) => {
    const names = new Set(form.getFieldsError().map(({ name }) => name.join('.')))
    const known = issues.filter(({ path }) => names.has(path.join('.')))
    setLoose(issues.filter((issue) => !known.includes(issue)).map(({ text }) => text))
    form.setFields(known.map(({ path, text }) => ({ name: pathName(path), errors: [text] })))
    const first = known[0]
    if (first) form.scrollToField(pathName(first.path), { block: 'center', focus: true })
  }
  const act = useAct<Values, Answer>({
    run: props.submit,
    refresh: props.refresh,
    done: props.done && ((answer) => props.done?.(answer)),
    after: (answer) => {
      setDirty(false)
      props.after?.(answer)
    },
    onProblem: (problem) => {
      showIssues(serverIssues(problem.fields, t))
      return true
    },
  })
  const send = () => {
    if (act.pending) return
    const values = withoutBlanks(form.getFieldsValue(), props.shape)
    form.setFields(form.getFieldsError().map(({ name }) => ({ name, errors: [] })))
    setLoose([])
    const checked = checkShape(values, props.shape, t)
    if ('values' in checked) act.run(checked.values)
    else showIssues(checked.issues)
  }
  const touch = (names: readonly string[]) => {
    setDirty(true)
    form.setFields(names.map((name) => ({ name, errors: [] })))
  }
  const complaint = act.problem ? problemText(act.problem, t) : loose.join(' ')
  return { send, touch, dirty: () => dirty.current, pending: act.pending, complaint }
}

/** antd names list items by number: `lines.0.code` is `['lines', 0, 'code']`. */
const pathName = (path: readonly string[]) => path.map((step) => (/^\d+$/.test(step) ? Number(step) : step))

type FieldProps = {
  /** `name` or `['address', 'city']`. */
  name: string | (string | number)[]
  label: string
  help?: ReactNode
  /** Over both columns of a two-column form. */
  wide?: boolean
  required?: boolean
  valuePropName?: string
  children: ReactNode
}

export function Field({ name, label, help, wide, required, valuePropName, children }: FieldProps) {
  const shape = useContext(ShapeContext)
  const marked = required ?? (typeof name === 'string' && isRequired(shape, name))
  return (
    <Form.Item
      name={name}
      label={label}
      extra={help}
      required={marked}
      valuePropName={valuePropName}
      className={wide ? 'qc-field-wide' : undefined}
    >
      {children}
    </Form.Item>
  )
}
