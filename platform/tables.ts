import type { ColumnType, Generated } from 'kysely'

/** Rows of the platform's own tables, as SQL gives them (see migrations/0001-platform.sql). */

type Stamp = ColumnType<Date, Date | undefined, Date>
type NullableStamp = ColumnType<Date | null, Date | null | undefined, Date | null>
type Json<T> = ColumnType<T, string, string>
type NullableJson<T> = ColumnType<T | null, string | null | undefined, string | null>

declare module './db.ts' {
  interface Tables {
    companies: {
      id: Generated<string>
      code: string
      name: string
      is_demo: boolean
      time_zone: string
      created_at: Stamp
    }
    people: {
      id: Generated<string>
      login: string
      name: string
      email: string | null
      locale: Generated<string>
      disabled_at: NullableStamp
      created_at: Stamp
    }
    memberships: {
      company_id: string
      person_id: string
      roles: string[]
      scope: 'company' | 'distributor' | 'territory'
      distributor_id: string | null
      disabled_at: NullableStamp
      created_at: Stamp
    }
    company_people: {
      company_id: string
      person_id: string
      login: string
      name: string
      email: string | null
      locale: string
      roles: string[]
      scope: 'company' | 'distributor' | 'territory'
      distributor_id: string | null
      disabled_at: Date | null
      created_at: Date
    }
    credentials: {
      person_id: string
      password_hash: string
      password_set_at: Stamp
      must_change: Generated<boolean>
      totp_secret: string | null
      totp_confirmed_at: NullableStamp
      totp_last_step: Generated<number>
    }
    sessions: {
      token_hash: Buffer
      person_id: string
      company_id: string | null
      created_at: Stamp
      seen_at: Stamp
      confirmed_at: Stamp
      expires_at: Date
      address: string | null
      agent: string | null
    }
    sign_in_failures: {
      id: Generated<string>
      login: string
      device: string
      password_print: Buffer | null
      failed_at: Stamp
    }
    known_devices: { person_id: string; device_hash: Buffer; seen_at: Stamp }
    job_workers: { worker_id: string; lock_no: number }
    api_keys: {
      company_id: string
      id: Generated<string>
      prefix: string
      key_hash: Buffer
      name: string
      person_id: string
      permissions: string[]
      addresses: Generated<string[]>
      expires_at: Date
      last_used_at: NullableStamp
      revoked_at: NullableStamp
      created_at: Stamp
    }
    audit: {
      company_id: string
      id: Generated<string>
      happened_at: Stamp
      person_id: string | null
      deed: string
      subject_kind: string
      subject_id: string
      old_value: NullableJson<unknown>
      new_value: NullableJson<unknown>
      reason: string | null
      request_id: string | null
      xid: Generated<string>
    }
    audit_seals: {
      company_id: string
      seal_no: number
      upto_xid: string
      row_count: number
      row_hashes: Buffer
      previous_hash: Buffer | null
      hash: Buffer
      sealed_at: Stamp
    }
    events: {
      company_id: string
      id: Generated<string>
      name: string
      subject_kind: string
      subject_id: string
      payload: Json<Record<string, unknown>>
      person_id: string | null
      published_at: Stamp
    }
    jobs: {
      company_id: string
      id: Generated<string>
      kind: string
      subject_kind: string | null
      subject_id: string | null
      payload: Json<Record<string, unknown>>
      state: ColumnType<JobState, JobState | undefined, JobState>
      attempts: Generated<number>
      stage: string | null
      progress_done: Generated<number>
      progress_total: number | null
      error_code: string | null
      error_detail: string | null
      result: NullableJson<Record<string, unknown>>
      person_id: string | null
      distributor_id: string | null
      due_at: NullableStamp
      queued_at: Stamp
      started_at: NullableStamp
      ended_at: NullableStamp
    }
    files: {
      company_id: string
      id: Generated<string>
      sha256: string
      byte_size: number
      file_name: string
      media_kind: string
      purpose: string
      distributor_id: string | null
      person_id: string | null
      stored_at: Stamp
      active_content: Generated<string[]>
    }
    notifications: {
      company_id: string
      id: Generated<string>
      person_id: string
      kind: string
      params: Json<Record<string, string | number>>
      href: string | null
      created_at: Stamp
      read_at: NullableStamp
      mail_state: ColumnType<MailState, MailState | undefined, MailState>
    }
    approval_rules: {
      company_id: string
      id: Generated<string>
      subject_kind: string
      name: string
      steps: Json<ApprovalStep[]>
      active: Generated<boolean>
    }
    approvals: {
      company_id: string
      id: Generated<string>
      subject_kind: string
      subject_id: string
      title: string
      summary: Json<Record<string, string | number>>
      href: string | null
      steps: Json<ApprovalStep[]>
      step_no: Generated<number>
      state: ColumnType<ApprovalState, ApprovalState | undefined, ApprovalState>
      requested_by: string
      requested_at: Stamp
      decided_at: NullableStamp
    }
    approval_decisions: {
      company_id: string
      id: Generated<string>
      approval_id: string
      step_no: number
      person_id: string
      for_person_id: string | null
      decision: ApprovalDecision
      delegate_to: string | null
      reason: string | null
      decided_at: Stamp
    }
    idempotency_keys: {
      company_id: string
      person_id: string
      key: string
      request_hash: Buffer
      answer: NullableJson<unknown>
      created_at: Stamp
    }
  }
}

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
export type MailState = 'none' | 'queued' | 'sent' | 'failed'
export type ApprovalState = 'pending' | 'held' | 'approved' | 'rejected' | 'withdrawn'
export type ApprovalDecision = 'approve' | 'reject' | 'hold' | 'resume' | 'delegate' | 'withdraw'
/** `needed` of the people who hold `role` must approve before the next step. */
export interface ApprovalStep {
  name: string
  role: string
  needed: number
}
