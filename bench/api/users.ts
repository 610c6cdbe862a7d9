import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { RATES } from '#platform/rates.ts'

// The users, in a process of their own: `node users.ts` with one JSON order a line on its input, one answer a line.

export interface Order {
  port: number
  path: string
  /**
   * One user each, with a connection that stays open; the next request leaves when the last answer is here, but no faster than
   * the budgets of a person and of their address allow.
   */
  tokens: string[]
  seconds: number
}

/** Milliseconds from one request of a person to the next, at the least: by the person's budget, and by the address's, which all share. */
function paceMs(users: number): number {
  return Math.ceil(60_000 / Math.min(RATES.read.person, RATES.read.address / users))
}

export interface Answers {
  /** Milliseconds of every answered request, in ascending order. */
  ms: number[]
  /** Status → answers other than 200. */
  failed: Record<number, number>
  bytes: number
  wall_s: number
}

async function carryOut(order: Order): Promise<Answers> {
  const answers: Answers = { ms: [], failed: {}, bytes: 0, wall_s: 0 }
  const started = performance.now()
  const until = started + order.seconds * 1000
  await Promise.all(order.tokens.map((token) => user(order, token, until, answers)))
  answers.wall_s = (performance.now() - started) / 1000
  answers.ms.sort((one, other) => one - other)
  return answers
}

async function user(order: Order, token: string, until: number, answers: Answers): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const pace = paceMs(order.tokens.length)
  // The first call opens the connection and is not counted.
  await call(agent, order, token)
  do {
    const sent = performance.now()
    const { status, bytes } = await call(agent, order, token)
    if (status === 200) answers.ms.push(performance.now() - sent)
    else answers.failed[status] = (answers.failed[status] ?? 0) + 1
    answers.bytes = bytes
    await sleep(Math.max(0, sent + pace - performance.now()))
  } while (performance.now() < until)
  agent.destroy()
}

function call(agent: Agent, order: Order, token: string): Promise<{ status: number; bytes: number }> {
  return new Promise((done, fail) => {
    const asked = request(
      { agent, host: '127.0.0.1', port: order.port, path: order.path, headers: { cookie: `qc=${token}` } },
      (answer) => {
        let bytes = 0
        answer.on('data', (part: Buffer) => {
          bytes += part.length
        })
        answer.on('end', () => done({ status: answer.statusCode ?? 0, bytes }))
      },
    )
    asked.on('error', fail).end()
  })
}

if (process.send) {
  process.on('message', async (order: Order) => process.send?.(await carryOut(order)))
  process.on('disconnect', () => process.exit(0))
}
