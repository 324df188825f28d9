import { expect, it } from 'vitest'
import { bodyOf, marksOf, running, sumOf, tierPoints } from './sheet'

const line = (key: string, most: number, evidence = false) => ({ key, zh: key, most, evidence, method: { kind: 'deduct' as const } })
const dimensions = [{ key: 'a', zh: 'a', indicators: [line('a-1', 400, true), line('a-2', 300)] }, { key: 'b', zh: 'b', indicators: [line('b-1', 300)] }]

it('a mark without a figure is a zero that was given; no mark is none', () => {
  const marks = marksOf(dimensions, [{ indicator: 'a-1' }, { indicator: 'a-2', not_applicable: true }])
  expect(marks['a-1']).toEqual({ score: 0, na: false, evidence: '', note: '' })
  expect(marks['a-2']).toEqual({ na: true, evidence: '', note: '' })
  expect(marks['b-1']).toEqual({ na: false, evidence: '', note: '' })
  expect(bodyOf(marks)).toEqual({ marks: [{ indicator: 'a-1', score: 0 }, { indicator: 'a-2', not_applicable: true }] })
})
it('what does not apply is in neither the sum nor what it is of', () => {
  const marks = marksOf(dimensions, [{ indicator: 'a-1', score: 300, evidence: '记录' }, { indicator: 'a-2', not_applicable: true }])
  expect(running(dimensions, marks, true)).toMatchObject({ sum: 300, of: 400, hundred: 7500, marked: 2, missing: [{ key: 'b-1' }], unproven: [] })
})
it('evidence is asked for where the standard does, and only for points', () => {
  expect(running(dimensions, marksOf(dimensions, [{ indicator: 'a-1', score: 100 }]), true).unproven).toMatchObject([{ key: 'a-1' }])
  expect(running(dimensions, marksOf(dimensions, [{ indicator: 'a-1', score: 0 }]), true).unproven).toEqual([])
})
it('nothing marked has no score of a hundred', () => {
  expect(running(dimensions, marksOf(dimensions, null)).hundred).toBeUndefined()
})
it('tiers are rounded half up, and a standard is summed', () => {
  expect([tierPoints(400, 66), tierPoints(250, 33), tierPoints(350, 33), tierPoints(400, 0)]).toEqual([264, 83, 116, 0])
  expect(sumOf(dimensions)).toBe(1000)
})
