import { App, Drawer } from 'antd'
import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { useText } from '../i18n.ts'
import { FormKit, type FormKitProps } from './form-kit.tsx'

type FormDrawerProps<Values, Answer> = FormKitProps<Values, Answer> & {
  open: boolean
  title: string
  onClose: () => void
  size?: number
  /** Below the form and its buttons, such as the history of what it edits. */
  below?: ReactNode
}

/** A form in a drawer; closing a changed form asks first, success closes it. */
export function FormDrawer<Values, Answer = unknown>({
  open,
  title,
  onClose,
  size = 520,
  below,
  ...form
}: FormDrawerProps<Values, Answer>) {
  const { modal } = App.useApp()
  const t = useText()
  const dirty = useRef(false)
  const close = () => {
    if (!dirty.current) return onClose()
    modal.confirm({
      title: t('ui.unsaved_title'),
      content: t('ui.unsaved_text'),
      okText: t('ui.leave'),
      cancelText: t('ui.stay'),
      onOk: onClose,
    })
  }
  // With a form in it the drawer does not hear Escape by itself.
  const onKeyDown = (event: KeyboardEvent) => {
    const { target, currentTarget } = event
    if (event.key !== 'Escape' || event.nativeEvent.isComposing || !(target instanceof Element)) return
    if (!currentTarget.contains(target) || target.getAttribute('aria-expanded') === 'true') return
    event.stopPropagation()
    close()
  }
  return (
    <Drawer
      open={open}
      title={title}
      onClose={close}
      onKeyDown={onKeyDown}
      size={size}
      className="qc-drawer"
      destroyOnHidden
    >
      <FormKit<Values, Answer>
        {...form}
        onDirty={(value) => {
          dirty.current = value
        }}
        cancel={close}
        after={(answer) => {
          form.after?.(answer)
          onClose()
        }}
      />
      {below}
    </Drawer>
  )
}
