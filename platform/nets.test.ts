import { expect, test } from 'vitest'
import { callerOf, isNet, isWithin } from './nets.ts'

test.each([
  ['10.0.0.5', true],
  ['10.0.0.0/24', true],
  ['::1', true],
  ['fd00::/8', true],
  ['0.0.0.0/0', false],
  ['::/0', false],
  ['10.0.0.0/33', false],
  ['10.0.0', false],
  ['010.0.0.1', false],
  ['10.0.0.1/8/8', false],
  ['', false],
])('%s is an address or a net: %s', (text, expected) => {
  expect(isNet(text)).toBe(expected)
})

test.each([
  ['10.0.0.5', true],
  ['10.1.0.200', true],
  ['10.1.1.0', false],
  ['::ffff:10.0.0.5', true],
  ['fd00::17', true],
  ['fe80::1', false],
  ['not an address', false],
])('%s is within 10.0.0.5, 10.1.0.0/24, fd00::/8: %s', (address, expected) => {
  expect(isWithin(address, ['10.0.0.5', '10.1.0.0/24', 'fd00::/8'])).toBe(expected)
})

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('%s is counted as %s', (address, expected) => {
  expect(callerOf(address)).toBe(expected)
})
