import { useEffect, useRef, useState } from 'react'
import { type ApiPath, api } from '../api.ts'
import { useText } from '../i18n.ts'
import { problemText } from '../problem.ts'
import { formatBytes } from '../show/format.ts'
import { fileFault } from './file-drop.ts'

export type UploadCard<Answer> = {
  id: number
  file: File
  sent: number
  state: 'sending' | 'done' | 'failed'
  /** Sending it again may help. */
  retry?: boolean
  problem?: string
  answer?: Answer
}

export type UploadRules<Answer> = {
  path: ApiPath
  /** Ends of names, lower case: `['.xlsx', '.csv']`. */
  accept: readonly string[]
  maxBytes: number
  /** Sent along with each file. */
  fields?: Record<string, string>
  onDone?: (answer: Answer, file: File) => void
}

let lastId = 0

/** Files on their way: each a card that knows how much was sent and what became of it. */
export function useUploads<Answer>(rules: UploadRules<Answer>) {
  const t = useText()
  const aborts = useRef(new Map<number, AbortController>())
  const [cards, setCards] = useState<UploadCard<Answer>[]>([])
  const change = (id: number, part: Partial<UploadCard<Answer>>) =>
    setCards((all) => all.map((card) => (card.id === id ? { ...card, ...part } : card)))
  useEffect(
    () => () => {
      for (const abort of aborts.current.values()) abort.abort()
    },
    [],
  )

  const send = async ({ id, file }: UploadCard<Answer>) => {
    const abort = new AbortController()
    aborts.current.set(id, abort)
    change(id, { state: 'sending', sent: 0, problem: undefined })
    try {
      const options = { fields: rules.fields, signal: abort.signal }
      const answer = await api.upload<Answer>(rules.path, file, ({ sent }) => change(id, { sent }), options)
      change(id, { state: 'done', answer })
      rules.onDone?.(answer, file)
    } catch (error) {
      if (abort.signal.aborted) setCards((all) => all.filter((card) => card.id !== id))
      else change(id, { state: 'failed', retry: true, problem: problemText(error, t) })
    }
  }
  const add = (files: readonly File[]) => {
    const limits = { accept: rules.accept.join(' '), max: formatBytes(rules.maxBytes) }
    const added = files.map((file): UploadCard<Answer> => {
      const fault = fileFault(file, rules.accept, rules.maxBytes)
      const common = { id: ++lastId, file, sent: 0 }
      return fault
        ? { ...common, state: 'failed', problem: t(`ui.file.${fault}`, limits) }
        : { ...common, state: 'sending' }
    })
    setCards((all) => [...added, ...all])
    // Two at a time: the line to a distributor's office is thin, and the first results are wanted early.
    const waiting = added.filter(({ state }) => state === 'sending')
    const worker = async () => {
      for (let card = waiting.shift(); card; card = waiting.shift()) await send(card)
    }
    void Promise.all([worker(), worker()])
  }
  return { cards, add, send, cancel: (id: number) => aborts.current.get(id)?.abort() }
}
