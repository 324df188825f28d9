import { describe, expect, it } from 'vitest'
import { cell, csv } from './csv'
import { estimate } from './funding'
import { parseYuan, plainYuan, share, yuan } from './money'

describe('money', () => {
  it.each([[0, '0.00'], [5, '0.05'], [100, '1.00'], [123456, '1,234.56'], [-1, '-0.01'], [100000000000000, '1,000,000,000,000.00']])('%i fen are written as %s', (fen, text) => {
    expect(yuan(fen)).toBe(text)
  })
  it.each([['5', 500], ['5.5', 550], ['0.07', 7], ['1,234.56', 123456], ['￥ 12元', 1200], ['0.29', 29], ['1.15', 115]])('%s is read as %i fen', (text, fen) => {
    expect(parseYuan(text)).toBe(fen)
  })
  it.each(['', 'abc', '1.234', '-5', '1e3', '1..2', '99999999999999'])('%j is no amount', (text) => {
    expect(parseYuan(text)).toBeUndefined()
  })
  it('what is written is read again as the same fen, all of them', () => {
    for (let fen = 0; fen < 3000; fen++) expect(parseYuan(yuan(fen))).toBe(fen)
    for (const fen of [999999, 12345678901, 1_000_000_000_000]) expect(parseYuan(plainYuan(fen))).toBe(fen)
  })
  it('a share of nothing is nothing', () => {
    expect(share(5, 0)).toBe(0)
    expect(share(1, 3)).toBe(33.3)
  })
})

describe('estimate', () => {
  const places = [{ households: 2346, population: 7000 }, { households: 1, population: 3 }]
  it.each([
    [{ kind: 'budget_line', driver: 'household', rate_fen: 500 }, 2347 * 500],
    [{ kind: 'budget_line', driver: 'resident', rate_fen: 1 }, 7003],
    [{ kind: 'promised', driver: 'item', rate_fen: 200, count: 3 }, 1200],
    [{ kind: 'budget_line', driver: 'lump_sum', rate_fen: 777 }, 777],
    [{ kind: 'zero_cost', driver: 'household', rate_fen: 500 }, 0],
  ] as const)('%j adds up', (funding, total) => {
    expect(estimate(funding, places)).toBe(total)
  })
  it('does not lose fen beyond what a float holds, and refuses what is too much', () => {
    expect(estimate({ kind: 'budget_line', driver: 'resident', rate_fen: 999_999_999_999 }, places)).toBeUndefined()
  })
})

describe('csv', () => {
  it('makes no formula of a text', () => {
    expect(['=1+1', '+86', '-5', '@x', '\tx'].map(cell)).toEqual([`"'=1+1"`, `"'+86"`, `"'-5"`, `"'@x"`, `"'\tx"`])
  })
  it('quotes what would break a row, and leaves numbers alone', () => {
    expect(csv([['a,b', 'c"d', -3, undefined]])).toBe('\ufeff"a,b","c""d",-3,\r\n')
  })
})
