import { InboxOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useRef } from 'react'
import { useText } from '../i18n.ts'
import { formatBytes } from '../show/format.ts'
import { useWindowDrop } from './file-drop.ts'
import { type UploadCard, type UploadRules, useUploads } from './use-uploads.ts'

type UploadDropProps<Answer> = UploadRules<Answer> & {
  hint?: ReactNode
  /** What a sent file turned out to be. */
  renderAnswer?: (answer: Answer, file: File) => ReactNode
}

/** Drop anything anywhere on the page, or choose; each file becomes a card with its progress. */
export function UploadDrop<Answer = unknown>({ hint, renderAnswer, ...rules }: UploadDropProps<Answer>) {
  const t = useText()
  const input = useRef<HTMLInputElement>(null)
  const { cards, add, send, cancel } = useUploads<Answer>(rules)
  const over = useWindowDrop(add)
  const limits = { accept: rules.accept.join(' '), max: formatBytes(rules.maxBytes) }
  return (
    <div className="qc-upload">
      <button type="button" className="qc-drop" onClick={() => input.current?.click()}>
        <InboxOutlined aria-hidden />
        <span>{t('ui.drop_here')}</span>
        <span className="qc-muted">{hint ?? t('ui.file.accepts', limits)}</span>
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={rules.accept.join(',')}
        onChange={(event) => {
          add([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      {over && <div className="qc-drop-over">{t('ui.drop_now')}</div>}
      <ul className="qc-file-cards">
        {cards.map((card) => (
          <li key={card.id}>
            <FileCard card={card} onRetry={() => void send(card)} onCancel={() => cancel(card.id)} />
            {card.state === 'done' &&
              card.answer !== undefined &&
              (renderAnswer?.(card.answer, card.file) ?? <p className="qc-good">{t('ui.file.arrived')}</p>)}
          </li>
        ))}
      </ul>
    </div>
  )
}

type FileCardProps = { card: UploadCard<unknown>; onRetry: () => void; onCancel: () => void }

function FileCard({ card, onRetry, onCancel }: FileCardProps) {
  const t = useText()
  const { file } = card
  return (
    <>
      <div className="qc-card-head">
        <strong className="qc-cut" title={file.name}>
          {file.name}
        </strong>
        <span className="qc-muted qc-num">{formatBytes(file.size)}</span>
      </div>
      {card.state === 'sending' && (
        <div className="qc-file-sending">
          <progress
            className="qc-progress"
            max={Math.max(1, file.size)}
            value={card.sent}
            aria-label={file.name}
          />
          <Button size="small" type="text" onClick={onCancel}>
            {t('ui.cancel')}
          </Button>
        </div>
      )}
      {card.state === 'failed' && (
        <p className="qc-bad" role="alert">
          {card.problem}{' '}
          {card.retry && (
            <Button size="small" onClick={onRetry}>
              {t('ui.retry')}
            </Button>
          )}
        </p>
      )}
    </>
  )
}
