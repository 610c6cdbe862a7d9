import { createTransport, type Transporter } from 'nodemailer'
import type { Config } from '../config.ts'
import { asReader, type Db, type Reader, type Tx } from '../db.ts'
import type { JobContext } from '../jobs/job-context.ts'
import { type Sentences, sentenceOf } from './sentences.ts'

/**
 * The handler of job `platform.send-mail`: sends what waits for sending in the company, each mail in a transaction
 * of its own. A mail server that cannot be reached is a fault and is tried again; an address it does not take is not.
 */
export function sendMail(app: Db, config: Config, sentences: Sentences) {
  return async (job: JobContext): Promise<Record<string, unknown>> => {
    // Notifications are each person's own; the system alone reads those of everybody.
    const reader: Reader = { companyId: job.companyId, personId: null, scope: { kind: 'company' } }
    await asReader(app, reader, (tx) => leaveOut(tx, reader.companyId, config.smtpUrl === undefined))
    if (config.smtpUrl === undefined) return { sent: 0 }
    const server = createTransport({ url: config.smtpUrl, connectionTimeout: 10_000, socketTimeout: 20_000 })
    let sent = 0
    try {
      while (await asReader(app, reader, (tx) => sendNext(tx, reader.companyId, server, config, sentences))) {
        sent += 1
        job.stopping.throwIfAborted()
      }
    } finally {
      server.close()
    }
    return { sent }
  }
}

/** Nobody without an address gets a mail, and without a mail server nobody at all. */
async function leaveOut(tx: Tx, companyId: string, everybody: boolean): Promise<void> {
  let query = tx
    .updateTable('notifications')
    .set({ mail_state: 'none' })
    .where('company_id', '=', companyId)
    .where('mail_state', '=', 'queued')
  if (!everybody) {
    query = query.where('person_id', 'not in', (of) =>
      of
        .selectFrom('company_people')
        .where('company_id', '=', companyId)
        .where('email', 'is not', null)
        .where('disabled_at', 'is', null)
        .select('person_id'),
    )
  }
  await query.execute()
}

/** Sends one mail; false when none waits. Two workers never take the same one. */
async function sendNext(
  tx: Tx,
  companyId: string,
  server: Transporter,
  config: Config,
  sentences: Sentences,
): Promise<boolean> {
  const next = await tx
    .selectFrom('notifications as n')
    .innerJoin('people as p', 'p.id', 'n.person_id')
    .innerJoin('companies as c', 'c.id', 'n.company_id')
    .where('n.company_id', '=', companyId)
    .where('n.mail_state', '=', 'queued')
    .where('p.email', 'is not', null)
    .orderBy('n.id')
    .select(['n.id', 'n.kind', 'n.params', 'n.href', 'p.email', 'p.locale', 'c.name as company'])
    .limit(1)
    .forUpdate('n')
    .skipLocked()
    .executeTakeFirst()
  if (!next?.email) return false
  const sentence = sentenceOf(sentences, next.kind, next.locale, next.params)
  const taken = await server
    .sendMail({
      from: config.mailFrom,
      to: next.email,
      subject: `[渠成 · ${next.company}] ${sentence}`,
      text: next.href ? `${sentence}\n\n${config.publicUrl}${next.href}\n` : `${sentence}\n`,
    })
    .then(() => true, refusedAddress)
  await tx
    .updateTable('notifications')
    .set({ mail_state: taken ? 'sent' : 'failed' })
    .where('company_id', '=', companyId)
    .where('id', '=', next.id)
    .execute()
  return true
}

/** 5xx is the server's last word on this mail, and an address that is none needs no server; anything else may pass. */
function refusedAddress(error: unknown): false {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  if (responseCode ? responseCode >= 500 : code === 'EENVELOPE') return false
  throw error
}
