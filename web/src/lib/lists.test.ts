import { expect, it } from 'vitest'
import { listed, packed } from './lists'

it('what was left empty is not sent, and no is an answer', () => {
  expect(packed({ number: ' 3号 ', date: '', attachment: undefined })).toEqual({ number: '3号' })
  expect(packed(['', ' 渗水 '])).toEqual(['渗水'])
  expect(packed([{ code: 'fit_out', met: false, note: '' }])).toEqual([{ code: 'fit_out', met: false }])
  expect(packed({ lines: [] })).toBeUndefined()
})
it('lists are typed with any comma', () => {
  expect(listed('图书、 活动，, 议事')).toEqual(['图书', '活动', '议事'])
})
