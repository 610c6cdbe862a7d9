import { App, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { useText } from '../i18n.ts'
import { Skeleton } from '../layout/skeleton.tsx'
import { problemText } from '../problem.ts'

type Impact = {
  title: string
  /** What it will change: `['changes 42 lines of 3 distributors', '2 were confirmed earlier']`, or a call that asks. */
  impact: readonly ReactNode[] | (() => Promise<readonly ReactNode[]>)
  confirmText: string
  danger?: boolean
  /** Ask for a reason; the act is not possible without one, of two characters at least. */
  reason?: string
  /** How it can be taken back, in words. */
  undo?: string
}

/**
 * Shows what a deed will change before it is done:
 * `const answer = await confirm({…}); if (answer) act.run(answer.reason)`. Null means: not done.
 */
export function useConfirmImpact(): (impact: Impact) => Promise<{ reason: string } | null> {
  const { modal } = App.useApp()
  const t = useText()
  return (impact) =>
    new Promise((resolve) => {
      let reason = ''
      const dialog = modal.confirm({
        title: impact.title,
        icon: null,
        width: 480,
        okText: impact.confirmText,
        cancelText: t('ui.cancel'),
        okButtonProps: { danger: impact.danger, disabled: impact.reason !== undefined },
        content: (
          <ImpactContent
            impact={impact}
            onReason={(text) => {
              reason = text.trim()
              dialog.update({ okButtonProps: { danger: impact.danger, disabled: reason.length < 2 } })
            }}
          />
        ),
        onOk: () => resolve({ reason }),
        onCancel: () => resolve(null),
      })
    })
}

function ImpactContent({ impact, onReason }: { impact: Impact; onReason: (text: string) => void }) {
  const t = useText()
  const known = typeof impact.impact === 'function' ? null : impact.impact
  const [lines, setLines] = useState<readonly ReactNode[] | null>(known)
  const [asked, setAsked] = useState(false)
  if (!asked && typeof impact.impact === 'function') {
    setAsked(true)
    impact.impact().then(setLines, (error: unknown) => setLines([problemText(error, t)]))
  }
  return (
    <div className="qc-impact">
      {lines === null ? (
        <Skeleton lines={2} />
      ) : (
        <ul>
          {lines.map((line, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines are shown once and never change order
            <li key={place}>{line}</li>
          ))}
        </ul>
      )}
      {impact.undo && <p className="qc-muted">{impact.undo}</p>}
      {impact.reason !== undefined && (
        <Input.TextArea
          aria-label={impact.reason}
          placeholder={impact.reason}
          rows={3}
          maxLength={500}
          onChange={(event) => onReason(event.target.value)}
        />
      )}
    </div>
  )
}
