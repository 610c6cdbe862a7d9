import { z } from 'zod'
import { Refusal } from '#kit/refusal.ts'
import type { RolePermissions } from '../auth/sessions.ts'
import { type Route, route } from '../http.ts'
import type { ApprovalKind } from '../module.ts'
import { listOf, listQuery } from '../shapes.ts'
import { listApprovalRules, listApprovals, listDelegates, loadApproval } from './approval-queries.ts'
import { decideApproval } from './decide-approval.ts'
import { endApprovalRule } from './end-approval-rule.ts'
import { setApprovalRule } from './set-approval-rule.ts'
import {
  approvalDetail,
  approvalPerson,
  approvalRow,
  approvalRuleInput,
  approvalRuleList,
  approvalStates,
  decisionInput,
} from './shapes.ts'

const byId = z.strictObject({ id: z.uuid() })

/** Approvals: the boxes, one approval, decisions, and the rules by which they run. */
export function approvalRoutes(rolePermissions: RolePermissions, kinds: readonly ApprovalKind[]): Route[] {
  const decidingRoles = Object.keys(rolePermissions).filter((role) =>
    rolePermissions[role]?.includes('platform.decide-approvals'),
  )
  return [...decisionRoutes(decidingRoles), ...ruleRoutes(decidingRoles, kinds)]
}

function decisionRoutes(decidingRoles: string[]): Route[] {
  return [
    route({
      method: 'GET',
      path: '/approvals',
      id: 'platform.listApprovals',
      summary: 'Approvals that wait for me, that I asked for, or all',
      permission: 'platform.read-approvals',
      rate: 'read',
      data: 'internal',
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
      rate: 'read',
      data: 'internal',
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
      rate: 'write',
      data: 'internal',
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
      rate: 'read',
      data: 'internal',
      params: byId,
      query: listQuery,
      answer: listOf(approvalPerson),
      handle: (ctx, { params, query }) => listDelegates(ctx, params.id, query, decidingRoles),
    }),
  ]
}

function ruleRoutes(decidingRoles: string[], kinds: readonly ApprovalKind[]): Route[] {
  const permission = 'platform.manage-access'
  const params = z.strictObject({ subject_kind: z.string().regex(/^[a-z]+\.[a-z][a-z-]{0,58}$/) })
  const kindOf = (subject_kind: string): ApprovalKind => {
    const known = kinds.find(({ kind }) => kind === subject_kind)
    if (!known) throw new Refusal('approvals.unknown-kind', { kind: subject_kind }, { status: 404 })
    return known
  }
  return [
    route({
      method: 'GET',
      path: '/approval-rules',
      id: 'platform.listApprovalRules',
      summary: 'What needs approval, by which rule, and how many people hold the roles that decide',
      permission: 'platform.read-people',
      rate: 'read',
      data: 'internal',
      answer: approvalRuleList,
      handle: (ctx) => listApprovalRules(ctx, kinds, decidingRoles),
    }),
    route({
      method: 'PUT',
      path: '/approval-rules/:subject_kind',
      id: 'platform.setApprovalRule',
      summary: 'Set the rule of a kind of subject',
      permission,
      rate: 'write',
      data: 'internal',
      fresh: true,
      params,
      body: approvalRuleInput,
      answer: z.object({ id: z.string() }),
      handle: async (ctx, { params, body }) => {
        kindOf(params.subject_kind)
        const place = body.steps.findIndex((step) => !decidingRoles.includes(step.role))
        const role = body.steps[place]?.role
        if (role !== undefined) {
          const fields = { [`steps.${place}.role`]: 'invalid_value' }
          throw new Refusal('approvals.unknown-role', { role }, { fields })
        }
        return { id: await setApprovalRule(ctx, { ...params, ...body }) }
      },
    }),
    route({
      method: 'DELETE',
      path: '/approval-rules/:subject_kind',
      id: 'platform.endApprovalRule',
      summary: 'End the rule of a kind of subject that does without one',
      permission,
      rate: 'write',
      data: 'internal',
      fresh: true,
      params,
      answer: 'nothing',
      handle: async (ctx, { params }) => {
        if (!kindOf(params.subject_kind).optional)
          throw new Refusal('approvals.rule-required', {}, { status: 409 })
        await endApprovalRule(ctx, params.subject_kind)
      },
    }),
  ]
}
