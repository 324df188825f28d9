import { expect, it } from 'vitest'
import { linesOf, shadeOf, tilesOf } from './tiles'

it('no two districts share a tile, whatever the city', () => {
  for (const keys of [['cz-xinbei', 'cz-wujin', 'elsewhere', 'beyond', 'far', 'farther'], ['a', 'b', 'c', 'd']]) {
    const tiles = tilesOf(keys)
    expect(new Set(tiles.map((x) => `${x.column},${x.row}`)).size).toBe(keys.length)
  }
})
it('a tile is the darker the more of what is owed is missing, and bare where nothing is', () => {
  expect([shadeOf(0, 100), shadeOf(1, 100), shadeOf(50, 100), shadeOf(100, 100), shadeOf(5, 0)]).toEqual([0, 1, 2, 4, 0])
})

it('a long name goes into two lines of its tile, between words', () => {
  expect(linesOf('新北区')).toEqual(['新北区'])
  expect(linesOf('Xinbei District')).toEqual(['Xinbei District'])
  expect(linesOf('Changzhou Economic Development Zone')).toEqual(['Changzhou Economic', 'Development Zone'])
  expect(linesOf('Changzhou Economic Development Zone of Jiangsu')).toEqual(['Changzhou Economic', 'Development Zone …'])
})
