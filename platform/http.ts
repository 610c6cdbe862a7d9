import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { Ctx } from './ctx.ts'
import type { DataClass } from './data-classes.ts'
import type { StoredFile } from './files/public.ts'
import type { RATES } from './rates.ts'

/** How often one may call (`RATES`): reads and writes a minute are generous, costly work and sign-in are not. */
export type RateClass = keyof typeof RATES

/** A file that an answer carries instead of JSON; always sent as an attachment. */
export interface Download {
  file_name: string
  media_type: string
  body: Readable | Buffer
}

type Shape = z.ZodType | undefined
type Value<S extends Shape> = S extends z.ZodType ? z.output<S> : undefined

export interface Call<P extends Shape, Q extends Shape, B extends Shape> {
  params: Value<P>
  query: Value<Q>
  body: Value<B>
  /** Uploaded files, already stored; only on routes with `upload`. */
  files: StoredFile[]
  /** Form fields sent beside the files. */
  fields: Record<string, string>
}

/** A door for HTTP. A route without permission, shapes, rate class or data class does not compile, and does not start. */
export interface Route<
  P extends Shape = Shape,
  Q extends Shape = Shape,
  B extends Shape = Shape,
  A extends z.ZodType | 'download' | 'nothing' = z.ZodType | 'download' | 'nothing',
> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below /api, with :params. */
  path: string
  /** operationId, `module.verbNoun`. */
  id: string
  summary: string
  /** A permission `module.word`; 'signed-in' for what every person may do for themselves. */
  permission: string
  /** Asks for the password again when it was not given within the last minutes (`Config.freshMinutes`). */
  fresh?: true
  /** How often it may be called, and whether its work waits in turn. */
  rate: RateClass
  /** What its answer holds: decides who may be answered, what is masked, and what is kept of it. */
  data: DataClass
  params?: P
  query?: Q
  body?: B
  answer: A
  /** The download is a picture drawn by this server from what was sent in: pages show it, so it comes from their own host. */
  drawn?: true
  status?: 200 | 201 | 202 | 204
  upload?: { purpose: string; extensions: readonly string[]; maxFiles: number }
  /** Writes although it is a GET (an export that is audited). */
  writes?: boolean
  handle(ctx: Ctx, call: Call<P, Q, B>): Promise<AnswerOf<A>>
}

// biome-ignore lint/suspicious/noConfusingVoidType: who answers nothing returns nothing
type AnswerOf<A> = A extends z.ZodType ? z.input<A> : A extends 'download' ? Download : undefined | void

/** Declares a route; the shapes give the handler its types. */
export function route<
  P extends Shape,
  Q extends Shape,
  B extends Shape,
  A extends z.ZodType | 'download' | 'nothing',
>(definition: Route<P, Q, B, A>): Route {
  return definition as unknown as Route
}
