import { z } from 'zod'
import { assert } from '#kit/assert.ts'
import { found, Refusal } from '#kit/refusal.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Ctx } from '../ctx.ts'
import { type Route, route } from '../http.ts'
import { page } from '../lists.ts'
import { isNet } from '../nets.ts'
import type { Ground } from '../server/authenticate.ts'
import { listOf, listQuery } from '../shapes.ts'
import { mayBeGivenToKey, newApiKey } from './api-keys.ts'
import { atGate } from './at-gate.ts'
import { API_KEY_DAYS_MAX, apiKeyInput, apiKeyRow } from './shapes.ts'

const permission = 'platform.manage-keys'
const DAY_MS = 86_400_000

/** Keys for programs: each speaks for the person who made it, with no more than they may themselves. */
export function keyRoutes(ground: Ground): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api-keys',
      id: 'platform.listApiKeys',
      summary: 'The keys of the company',
      permission,
      rate: 'read',
      data: 'internal',
      query: listQuery,
      answer: listOf(apiKeyRow),
      handle: (ctx, { query }) => listKeys(ctx, query),
    }),
    route({
      method: 'POST',
      path: '/api-keys',
      id: 'platform.addApiKey',
      summary: 'Make a key; it is shown once',
      permission,
      rate: 'write',
      fresh: true,
      data: 'secret',
      body: apiKeyInput,
      answer: z.object({ id: z.string(), key: z.string() }),
      status: 201,
      handle: (ctx, { body }) => addKey(ground, ctx, body),
    }),
    route({
      method: 'DELETE',
      path: '/api-keys/:id',
      id: 'platform.revokeApiKey',
      summary: 'Revoke a key at once',
      permission,
      rate: 'write',
      data: 'internal',
      params: z.strictObject({ id: z.uuid() }),
      answer: 'nothing',
      handle: (ctx, { params }) => revokeKey(ground, ctx, params.id),
    }),
  ]
}

function listKeys(ctx: Ctx, list: z.output<typeof listQuery>) {
  const query = ctx.db
    .selectFrom('api_keys as k')
    .leftJoin('people as p', 'p.id', 'k.person_id')
    .where('k.company_id', '=', ctx.companyId)
    .select([
      'k.id',
      'k.prefix',
      'k.name',
      'k.person_id',
      'p.name as person_name',
      'k.permissions',
      'k.addresses',
      'k.created_at',
      'k.expires_at',
      'k.last_used_at',
      'k.revoked_at',
    ])
  return page(ctx.db, query, list, { created_at: 'k.id', name: 'k.name' }, '-created_at', 'k.id')
}

async function addKey(ground: Ground, ctx: Ctx, input: z.output<typeof apiKeyInput>) {
  assert(ctx.personId, 'a key is made by a person')
  const personId = ctx.personId
  const beyond = input.permissions.find((one) => !ctx.permissions.has(one) || !mayBeGivenToKey(one))
  if (beyond) {
    throw new Refusal(
      'keys.permission-not-given',
      { permission: beyond },
      { fields: { permissions: 'beyond' } },
    )
  }
  const wrong = input.addresses.find((one) => !isNet(one))
  if (wrong !== undefined) {
    throw new Refusal(
      'keys.wrong-address',
      { address: wrong },
      { fields: { addresses: 'keys.wrong-address' } },
    )
  }
  const expires_at = new Date(Date.parse(input.expires_on) + DAY_MS)
  const days = (expires_at.getTime() - ctx.now.getTime()) / DAY_MS
  if (days <= 0 || days > API_KEY_DAYS_MAX + 1) {
    throw new Refusal('keys.wrong-expiry', { max: API_KEY_DAYS_MAX }, { fields: { expires_on: 'wrong' } })
  }
  const { key, prefix, hash } = newApiKey()
  const id = await atGate(ground, ctx, async (gate) => {
    const row = await gate.db
      .insertInto('api_keys')
      .values({
        company_id: ctx.companyId,
        prefix,
        key_hash: hash,
        name: input.name,
        person_id: personId,
        permissions: input.permissions,
        addresses: input.addresses,
        expires_at,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await recordAudit(gate, {
      deed: 'platform.add-api-key',
      subject: ['platform.api-key', row.id],
      new: { prefix, ...input, expires_at },
    })
    return row.id
  })
  return { id, key }
}

async function revokeKey(ground: Ground, ctx: Ctx, id: string): Promise<void> {
  await atGate(ground, ctx, async (gate) => {
    found(
      await gate.db
        .updateTable('api_keys')
        .set({ revoked_at: ctx.now })
        .where('company_id', '=', ctx.companyId)
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .returning('id')
        .executeTakeFirst(),
      'api-key',
    )
    await recordAudit(gate, { deed: 'platform.revoke-api-key', subject: ['platform.api-key', id] })
  })
}
