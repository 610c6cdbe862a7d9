import { z } from 'zod'
import { Refusal } from '#kit/refusal.ts'
import type { RolePermissions } from '../auth/sessions.ts'
import { type Route, route } from '../http.ts'
import { listOf, listQuery } from '../shapes.ts'
import { listApprovalRules, listApprovals, listDelegates, loadApproval } from './approval-queries.ts'
import { decideApproval } from './decide-approval.ts'
import { setApprovalRule } from './set-approval-rule.ts'
import {
  approvalDetail,
  approvalPerson,
  approvalRow,
  approvalRuleInput,
  approvalRuleRow,
  approvalStates,
  decisionInput,
} from './shapes.ts'

const byId = z.strictObject({ id: z.uuid() })

/** Approvals: the boxes, one approval, decisions, and the rules by which they run. */
export function approvalRoutes(rolePermissions: RolePermissions): Route[] {
  const decidingRoles = Object.keys(rolePermissions).filter((role) =>
    rolePermissions[role]?.includes('platform.decide-approvals'),
  )
  return [...decisionRoutes(decidingRoles), ...ruleRoutes(rolePermissions)]
}

function decisionRoutes(decidingRoles: string[]): Route[] {
  return [
    route({
      method: 'GET',
      path: '/approvals',
      id: 'platform.listApprovals',
      summary: 'Approvals that wait for me, that I asked for, or all',
      permission: 'platform.read-approvals',
      query: listQuery.extend({
        box: z.enum(['mine', 'made', 'all']).default('mine'),
        state: z.enum(approvalStates).optional(),
        subject_kind: z.string().max(60).optional(),
      }),
      answer: listOf(approvalRow),
      handle: (ctx, { query }) => listApprovals(ctx, query),
    }),
    route({
      method: 'GET',
      path: '/approvals/:id',
      id: 'platform.getApproval',
      summary: 'One approval with its decisions',
      permission: 'platform.read-approvals',
      params: byId,
      answer: approvalDetail,
      handle: (ctx, { params }) => loadApproval(ctx, params.id),
    }),
    route({
      method: 'POST',
      path: '/approvals/:id/decisions',
      id: 'platform.decideApproval',
      summary: 'Approve, reject, hold, resume, hand over or withdraw',
      permission: 'platform.decide-approvals',
      params: byId,
      body: decisionInput,
      answer: approvalDetail,
      status: 201,
      handle: async (ctx, { params, body }) => {
        await decideApproval(ctx, params.id, body, decidingRoles)
        return loadApproval(ctx, params.id)
      },
    }),
    route({
      method: 'GET',
      path: '/approvals/:id/delegates',
      id: 'platform.listDelegates',
      summary: 'To whom this approval may be handed over',
      permission: 'platform.decide-approvals',
      params: byId,
      query: listQuery,
      answer: listOf(approvalPerson),
      handle: (ctx, { params, query }) => listDelegates(ctx, params.id, query, decidingRoles),
    }),
  ]
}

function ruleRoutes(rolePermissions: RolePermissions): Route[] {
  return [
    route({
      method: 'GET',
      path: '/approval-rules',
      id: 'platform.listApprovalRules',
      summary: 'The rule of each kind of subject',
      permission: 'platform.manage-people',
      answer: z.object({ rows: z.array(approvalRuleRow) }),
      handle: async (ctx) => ({ rows: await listApprovalRules(ctx) }),
    }),
    route({
      method: 'PUT',
      path: '/approval-rules/:subject_kind',
      id: 'platform.setApprovalRule',
      summary: 'Set the rule of a kind of subject',
      permission: 'platform.manage-people',
      params: z.strictObject({ subject_kind: z.string().regex(/^[a-z]+\.[a-z][a-z-]{0,58}$/) }),
      body: approvalRuleInput,
      answer: z.object({ id: z.string() }),
      handle: async (ctx, { params, body }) => {
        const unknown = body.steps.find((step) => !rolePermissions[step.role])
        if (unknown) throw new Refusal('approvals.unknown-role', { role: unknown.role })
        return { id: await setApprovalRule(ctx, { ...params, ...body }) }
      },
    }),
  ]
}
