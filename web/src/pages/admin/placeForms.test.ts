import { expect, it } from 'vitest'
import { bodyOf, forms, missing } from './placeForms'

it('only what was filled in is sent, numbers as numbers', () => {
  const fields = forms.region.create!
  const values = { key: 'cz-x', name: ' 新区 ', code: '', level: 'district', kind: 'district', parent: 'cz', households: '12', population: '', urban: true, source: '苏政复〔2026〕1号', other: 'x' }
  expect(bodyOf(fields, values)).toEqual({ key: 'cz-x', name: '新区', level: 'district', kind: 'district', parent: 'cz', households: 12, urban: true, source: '苏政复〔2026〕1号' })
  expect(bodyOf(forms.unit.end!, { successors: [], source: 'x', on: '2026-12-01' })).toEqual({ on: '2026-12-01', source: 'x' })
})
it('a change waits for what it needs, and for keys and numbers that are such', () => {
  const fields = forms.region.create!
  const whole = { key: 'cz-x', name: 'n', level: 'district', kind: 'district', parent: 'cz', source: 's' }
  expect(missing(fields, whole)).toBe(false)
  expect(missing(fields, { ...whole, key: '新区' })).toBe(true)
  expect(missing(fields, { ...whole, households: '1.5' })).toBe(true)
  expect(missing(fields, { ...whole, source: ' ' })).toBe(true)
})
