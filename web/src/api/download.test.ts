import { describe, expect, it } from 'vitest'
import { addressOf, nameIn } from './download'

describe('addressOf', () => {
  it('leaves out what is empty, and repeats what there are several of', () => {
    expect(addressOf('/exports/cases', { text: '调 查', state: ['draft', 'submitted'], unit: '', overdue: false, mine: true, from: undefined })).toBe('/api/v1/exports/cases?text=%E8%B0%83+%E6%9F%A5&state=draft&state=submitted&mine=true')
    expect(addressOf('/exports/cases', {})).toBe('/api/v1/exports/cases')
  })
})

describe('nameIn', () => {
  it.each([
    [`attachment; filename="cases.xlsx"; filename*=UTF-8''%E4%BA%8B%E9%A1%B9.xlsx`, '事项.xlsx'], ['attachment; filename="cases.xlsx"', 'cases.xlsx'], ['attachment; filename=cases.xlsx', 'cases.xlsx'],
    [`attachment; filename*=UTF-8''%E4%`, 'x'], [null, 'x'],
  ])('%s', (header, name) => {
    expect(nameIn(header, 'x')).toBe(name)
  })
})
