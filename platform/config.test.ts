import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

test('nobody is a proxy, no scanner and no second host are asked for unless somebody says so', () => {
  const { trustedProxies, clamd, filesOrigin, freshMinutes, sessionIdleAdminMinutes } = readConfig({})
  expect({ trustedProxies, clamd, filesOrigin, freshMinutes, sessionIdleAdminMinutes }).toEqual({
    trustedProxies: [],
    clamd: undefined,
    filesOrigin: undefined,
    freshMinutes: 5,
    sessionIdleAdminMinutes: 15,
  })
})

test.each([
  ['127.0.0.1:3310', { host: '127.0.0.1', port: 3310 }],
  ['[::1]:3310', { host: '::1', port: 3310 }],
  ['clamd.internal:3310', { host: 'clamd.internal', port: 3310 }],
  ['/run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }],
])('CLAMD_ADDRESS=%s leads to %j', (CLAMD_ADDRESS, expected) => {
  expect(readConfig({ CLAMD_ADDRESS }).clamd).toEqual(expected)
})

test('proxies are addresses and nets', () => {
  const { trustedProxies } = readConfig({ TRUSTED_PROXIES: '10.0.0.5, 10.1.0.0/28 ::1' })
  expect(trustedProxies).toEqual(['10.0.0.5', '10.1.0.0/28', '::1'])
})

test.each([
  [{ TRUSTED_PROXIES: '0.0.0.0/0' }, /TRUSTED_PROXIES/],
  [{ TRUSTED_PROXIES: '::/0' }, /TRUSTED_PROXIES/],
  [{ TRUSTED_PROXIES: '10.0.0.0/33' }, /TRUSTED_PROXIES/],
  [{ TRUSTED_PROXIES: 'true' }, /TRUSTED_PROXIES/],
  [{ TRUSTED_PROXIES: '10.0.0.1/8/8' }, /TRUSTED_PROXIES/],
  [{ CLAMD_ADDRESS: '3310' }, /CLAMD_ADDRESS/],
  [{ CLAMD_ADDRESS: 'host:0' }, /CLAMD_ADDRESS/],
  [{ FILES_ORIGIN: 'files.example.test' }, /FILES_ORIGIN must look like/],
  [{ FILES_ORIGIN: 'https://files.example.test/x' }, /FILES_ORIGIN must look like/],
  // A cookie does not know ports.
  [{ FILES_ORIGIN: 'http://localhost:4000', PUBLIC_URL: 'http://localhost:3000' }, /another host/],
  [{ SECOND_FACTOR: 'yes' }, /SECOND_FACTOR must be one of optional, administrators, everyone/],
  [{ SESSION_IDLE_MINUTES: '-1' }, /SESSION_IDLE_MINUTES/],
])('%j is refused with a sentence', (env, expected) => {
  expect(() => readConfig(env)).toThrow(expected)
})
