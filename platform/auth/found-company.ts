import { sql } from 'kysely'
import { Refusal } from '#kit/refusal.ts'
import { setApprovalRule } from '../approvals/set-approval-rule.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Ctx } from '../ctx.ts'
import { asReader } from '../db.ts'
import type { Ground } from '../server/authenticate.ts'
import type { ApprovalStep } from '../tables.ts'
import { checkNewPassword, hashPassword } from './passwords.ts'
import { dropSetupToken, isSetupToken } from './setup-link.ts'
import type { SetupInput } from './shapes.ts'

/** A rule that a new company begins with. */
export interface FirstRule {
  subject_kind: string
  name: string
  steps: ApprovalStep[]
}

/** Whether there is no company yet. */
export async function isSetupNeeded(ground: Ground): Promise<boolean> {
  return !(await ground.gate.selectFrom('companies').select('id').limit(1).executeTakeFirst())
}

/**
 * Makes the first company, its administrator and its first rules, all or nothing. Refuses auth.setup-closed when there is
 * a company already or the token is not the one of the console, and a weak password.
 */
export async function foundCompany(
  ground: Ground,
  input: SetupInput,
  rules: readonly FirstRule[],
  request: { now: Date; requestId: string },
): Promise<void> {
  const closed = () => new Refusal('auth.setup-closed', {}, { status: 403 })
  const { dataDir, passwordProfile } = ground.config
  if (!(await isSetupToken(dataDir, input.token, request.now)) || !(await isSetupNeeded(ground)))
    throw closed()
  checkNewPassword(passwordProfile, input.password, input.login, 'password')
  const hashed = await hashPassword(input.password)
  const ids = await sql<{ company: string; person: string }>`
    select uuidv7() as company, uuidv7() as person`.execute(ground.app)
  const { company, person } = ids.rows[0] ?? { company: '', person: '' }
  const reader = { companyId: company, personId: person, scope: { kind: 'company' } } as const
  await asReader(ground.app, reader, async (tx) => {
    // The first who come at once are told apart here: the function waits for the other and looks again.
    const founded = await sql<{ done: boolean }>`select found_company(${company}, ${input.company_code},
      ${input.company_name}, ${person}, ${input.login}, ${input.name}, ${hashed}) as done`.execute(tx)
    if (!founded.rows[0]?.done) throw closed()
    const ctx: Ctx = { ...reader, ...request, db: tx, personName: input.name, permissions: new Set() }
    await recordAudit(ctx, {
      deed: 'platform.found-company',
      subject: ['platform.company', company],
      new: { code: input.company_code, name: input.company_name, administrator: input.login },
    })
    for (const rule of rules) await setApprovalRule(ctx, rule)
  })
  await dropSetupToken(dataDir)
}
