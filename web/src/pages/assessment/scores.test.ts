import { expect, it } from 'vitest'
import { bodyOf, keyOf, linesOf, unfinished } from './scores'

const most = new Map([['r1', 500]])
const lines = (over: object) => ({ ...linesOf(['r1'], ['u1'], []), ...over })

it('no score is no zero, and without data is neither', () => {
  expect(bodyOf(linesOf(['r1'], ['u1', 'u2'], [{ row: 'r1', unit: 'u1', points: 500 }, { row: 'r1', unit: 'u2', points: 0, no_data: true, reason: '未开展' }]), most)).toEqual([
    { row: 'r1', unit: 'u1', points: 500 }, { row: 'r1', unit: 'u2', no_data: true, reason: '未开展' }])
  expect(bodyOf(lines({}), most)).toEqual([])
})
it('less than all points waits for its reason', () => {
  const less = lines({ [keyOf('r1', 'u1')]: { points: 400, none: false, reason: ' ' } })
  expect(bodyOf(less, most)).toEqual([])
  expect(unfinished(less, most)).toBe(true)
  expect(bodyOf(lines({ [keyOf('r1', 'u1')]: { points: 400, none: false, reason: '材料不全' } }), most)).toEqual([{ row: 'r1', unit: 'u1', points: 400, reason: '材料不全' }])
})
it('a reason without a score is kept until there is one', () => {
  expect(unfinished(lines({ [keyOf('r1', 'u1')]: { none: false, reason: '材料' } }), most)).toBe(true)
  expect(unfinished(lines({}), most)).toBe(false)
})
