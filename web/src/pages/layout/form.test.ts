import { describe, expect, it } from 'vitest'
import { complete, emptyRow, sendable } from './form'

describe('the form of a layout plan', () => {
  it('comes back as it was sent', () => {
    const sent = { from: 2026, to: 2030, circular: '常政办发〔2026〕1号', rows: [{ community: 'cz-tianning-diaozhuang-01', way: 'project', area: '640.00', site: '和平路东侧', year: 2028, note: '随小区新建' }] }
    expect(sendable(complete(sent))).toEqual(sent)
  })
  it('sends what is not known yet as nothing, and nothing that was only typed as spaces', () => {
    expect(sendable({ from: undefined, to: undefined, circular: ' ', rows: [emptyRow()] })).toEqual({ from: 0, to: 0, rows: [{ community: '', way: 'project', area: '0.00', site: '', year: 0 }] })
  })
})
