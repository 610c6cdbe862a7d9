import { Button } from 'antd'
import { useText } from '#ui/i18n.ts'
import type { WorkbenchActs } from './use-workbench-keys.ts'

type DecideBarProps = {
  marked: { name: string } | undefined
  ready: boolean
  acts: WorkbenchActs
  phone: boolean
}

/** The deeds, always in the same place: under the thumb on a phone, with their keys on a desk. */
export function DecideBar({ marked, ready, acts, phone }: DecideBarProps) {
  const t = useText()
  return (
    <div className="qf-decide-bar">
      <Button
        type="primary"
        size="large"
        disabled={!marked || !ready}
        onClick={acts.accept}
        title={marked?.name}
      >
        <span className="qc-cut">
          {phone && marked ? t('flows.review_accept_name', { name: marked.name }) : t('flows.review_accept')}
        </span>
        {!phone && <kbd>Enter</kbd>}
      </Button>
      <Button size="large" disabled={!ready} onClick={acts.ignore} title={t('flows.review_ignore_help')}>
        {t('flows.review_ignore')}
        {!phone && <kbd>N</kbd>}
      </Button>
      <Button size="large" onClick={acts.next}>
        {t('flows.review_skip')}
        {!phone && <kbd>↓</kbd>}
      </Button>
    </div>
  )
}
