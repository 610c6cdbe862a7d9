import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import type { ApiPath } from '../api.ts'
import { useText } from '../i18n.ts'
import { Problem, problemText } from '../problem.ts'
import { invalidate } from '../use-list.ts'
import { useUndoToast } from './undo-toast.tsx'

type Done = string | { text: string; undo?: () => Promise<unknown> } | undefined

type ActOptions<Input, Answer> = {
  run: (input: Input) => Promise<Answer>
  /** Path prefixes that are read again afterwards, also after an undo. */
  refresh?: readonly ApiPath[]
  /** What to tell; with `undo` the toast offers it for ten seconds. */
  done?: (answer: Answer, input: Input) => Done
  after?: (answer: Answer, input: Input) => void
  /** Return true when the problem was shown elsewhere (a form shows its fields itself). */
  onProblem?: (problem: Problem) => boolean
}

/** A deed of a person: shows its refusal as a sentence, its success as a toast with undo, and refreshes what it touched. */
export function useAct<Input = void, Answer = unknown>(options: ActOptions<Input, Answer>) {
  const client = useQueryClient()
  const { message, notification } = App.useApp()
  const showUndo = useUndoToast()
  const t = useText()
  const refresh = () => invalidate(client, options.refresh ?? [])

  const mutation = useMutation<Answer, Error, Input>({
    mutationFn: options.run,
    onSuccess: (answer, input) => {
      void refresh()
      const done = options.done?.(answer, input)
      const told = typeof done === 'string' ? { text: done } : done
      if (told?.undo) {
        const undo = told.undo
        showUndo({ text: told.text, undo: () => undo().then(refresh) })
      } else if (told) void message.success(told.text)
      options.after?.(answer, input)
    },
    onError: (error) => {
      if (error instanceof Problem && options.onProblem?.(error)) return
      if (!(error instanceof Problem)) console.error(error)
      notification.error({
        title: t('ui.not_done'),
        description: problemText(error, t),
        duration: 8,
        role: 'alert',
      })
    },
  })
  return {
    run: (input: Input) => mutation.mutate(input),
    /** The same, for callers that go on afterwards; rejects with the problem. */
    runAsync: (input: Input) => mutation.mutateAsync(input),
    pending: mutation.isPending,
    problem: mutation.error,
  }
}
