import { InboxOutlined } from '@ant-design/icons'
import { Button, Progress } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { type ApiPath, api } from '../api.ts'
import { useText } from '../i18n.ts'
import { problemText } from '../problem.ts'
import { formatBytes } from '../show/format.ts'
import { fileFault, useWindowDrop } from './file-drop.ts'

type Card<Answer> = {
  id: number
  file: File
  sent: number
  state: 'sending' | 'done' | 'failed'
  problem?: string
  answer?: Answer
}

type UploadDropProps<Answer> = {
  path: ApiPath
  /** Ends of names, lower case: `['.xlsx', '.csv']`. */
  accept: readonly string[]
  maxBytes: number
  /** Sent along with each file. */
  fields?: Record<string, string>
  hint?: ReactNode
  onDone?: (answer: Answer, file: File) => void
  /** What a sent file turned out to be. */
  renderAnswer?: (answer: Answer, file: File) => ReactNode
}

let lastId = 0

/** Drop anything anywhere on the page, or choose; each file becomes a card with its progress. */
export function UploadDrop<Answer = unknown>(props: UploadDropProps<Answer>) {
  const t = useText()
  const input = useRef<HTMLInputElement>(null)
  const aborts = useRef(new Map<number, AbortController>())
  const [cards, setCards] = useState<Card<Answer>[]>([])
  const change = (id: number, part: Partial<Card<Answer>>) =>
    setCards((all) => all.map((card) => (card.id === id ? { ...card, ...part } : card)))

  const send = async (card: Card<Answer>) => {
    const abort = new AbortController()
    aborts.current.set(card.id, abort)
    change(card.id, { state: 'sending', sent: 0, problem: undefined })
    try {
      const options = { fields: props.fields, signal: abort.signal }
      const answer = await api.upload<Answer>(
        props.path,
        card.file,
        ({ sent }) => change(card.id, { sent }),
        options,
      )
      change(card.id, { state: 'done', answer })
      props.onDone?.(answer, card.file)
    } catch (error) {
      if (abort.signal.aborted) setCards((all) => all.filter(({ id }) => id !== card.id))
      else change(card.id, { state: 'failed', problem: problemText(error, t) })
    }
  }
  const add = (files: readonly File[]) => {
    const added = files.map((file): Card<Answer> => {
      const fault = fileFault(file, props.accept, props.maxBytes)
      const problem =
        fault && t(`ui.file.${fault}`, { accept: props.accept.join(' '), max: formatBytes(props.maxBytes) })
      return {
        id: ++lastId,
        file,
        sent: 0,
        state: fault ? 'failed' : 'sending',
        problem: problem ?? undefined,
      }
    })
    setCards((all) => [...added, ...all])
    // Two at a time: the line to a distributor's office is thin, and the first results are wanted early.
    const waiting = added.filter(({ state }) => state === 'sending')
    const worker = async () => {
      for (let card = waiting.shift(); card; card = waiting.shift()) await send(card)
    }
    void Promise.all([worker(), worker()])
  }
  const over = useWindowDrop(add)
  useEffect(
    () => () => {
      for (const abort of aborts.current.values()) abort.abort()
    },
    [],
  )

  return (
    <div className="qc-upload">
      <button type="button" className="qc-drop" onClick={() => input.current?.click()}>
        <InboxOutlined aria-hidden />
        <span>{t('ui.drop_here')}</span>
        <span className="qc-muted">
          {props.hint ??
            t('ui.file.accepts', { accept: props.accept.join(' '), max: formatBytes(props.maxBytes) })}
        </span>
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={props.accept.join(',')}
        onChange={(event) => {
          add([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      {over && <div className="qc-drop-over">{t('ui.drop_now')}</div>}
      <ul className="qc-file-cards">
        {cards.map((card) => (
          <li key={card.id}>
            <div className="qc-card-head">
              <strong className="qc-cut" title={card.file.name}>
                {card.file.name}
              </strong>
              <span className="qc-muted qc-num">{formatBytes(card.file.size)}</span>
            </div>
            {card.state === 'sending' && (
              <div className="qc-file-sending">
                <Progress
                  size="small"
                  percent={Math.floor((card.sent / Math.max(1, card.file.size)) * 100)}
                  aria-label={card.file.name}
                />
                <Button size="small" type="text" onClick={() => aborts.current.get(card.id)?.abort()}>
                  {t('ui.cancel')}
                </Button>
              </div>
            )}
            {card.state === 'failed' && (
              <p className="qc-bad" role="alert">
                {card.problem}{' '}
                {!fileFault(card.file, props.accept, props.maxBytes) && (
                  <Button size="small" onClick={() => void send(card)}>
                    {t('ui.retry')}
                  </Button>
                )}
              </p>
            )}
            {card.state === 'done' &&
              card.answer !== undefined &&
              (props.renderAnswer?.(card.answer, card.file) ?? (
                <p className="qc-good">{t('ui.file.arrived')}</p>
              ))}
          </li>
        ))}
      </ul>
    </div>
  )
}
