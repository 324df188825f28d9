import { expect, it } from 'vitest'
import { fill, freshKey, sendable } from './standard'

const stored = { title: '细则', dimensions: [{ key: 'a', zh: '党建', indicators: [{ key: 'a-1', zh: '指标', most: 400, method: { kind: 'deduct' as const, each: 50 }, ways: ['审核材料'], evidence: true, city: 'party-1' }] }] }

it('what was stored and not changed is sent as it was', () => {
  expect(sendable(fill(stored))).toEqual(stored)
})
it('a method carries only what it uses', () => {
  const body = fill(stored)
  body.dimensions[0]!.indicators[0]!.method = { kind: 'ratio', target: 90, each: 50, tiers: [{ name: 'A', percent: 100 }] }
  expect(sendable(body).dimensions[0]!.indicators![0]!.method).toEqual({ kind: 'ratio', target: 90 })
})
it('points that are not set yet stay a zero', () => {
  const body = fill(stored)
  body.dimensions[0]!.indicators[0]!.most = 0
  expect(sendable(body).dimensions[0]!.indicators![0]!.most).toBe(0)
})
it('a new key is one that nobody has', () => {
  expect(freshKey('d', ['d1', 'd3'])).toBe('d4')
  expect(freshKey('d', ['d2'])).toBe('d3')
})
