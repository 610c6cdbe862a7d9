import { App, Button } from 'antd'
import { useText } from '../i18n.ts'
import { problemText } from '../problem.ts'

type Undo = { text: string; undo: () => Promise<unknown>; seconds?: number }

let lastKey = 0

/** `show({ text, undo })` offers to take back what was just done; the toast says how it ended. */
export function useUndoToast(): (toast: Undo) => void {
  const { notification, message } = App.useApp()
  const t = useText()
  return ({ text, undo, seconds = 10 }) => {
    const key = `undo-${++lastKey}`
    const takeBack = async () => {
      notification.destroy(key)
      try {
        await undo()
        void message.info(t('ui.undone'))
      } catch (error) {
        notification.error({ title: t('ui.not_undone'), description: problemText(error, t) })
      }
    }
    notification.success({
      key,
      title: text,
      duration: seconds,
      placement: 'bottomLeft',
      showProgress: true,
      pauseOnHover: true,
      role: 'status',
      actions: (
        <Button size="small" onClick={takeBack}>
          {t('ui.undo')}
        </Button>
      ),
    })
  }
}
