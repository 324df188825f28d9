import { expect, it } from 'vitest'
import { parsePoints, plainPoints, points } from './points'

it.each([[0, '0.00', '0'], [5, '0.05', '0.05'], [350, '3.50', '3.5'], [400, '4.00', '4'], [1000, '10.00', '10'], [10000, '100.00', '100'], [-150, '-1.50', '-1.5']])('%i hundredths are read as %s and typed as %s', (n, read, typed) => {
  expect(points(n)).toBe(read)
  expect(plainPoints(n)).toBe(typed)
})
it('what is not known is no zero', () => {
  expect(points(undefined)).toBe('—')
  expect(plainPoints(undefined)).toBe('')
})
it.each([['3', 300], ['3.5', 350], ['3.05', 305], ['３', undefined], ['3。5', 350], [' 4 ', 400], ['', undefined], ['-1', undefined], ['3.005', undefined], ['1e2', undefined]])('%j is typed for %s', (text, n) => {
  expect(parsePoints(text)).toBe(n)
})
it('more than an indicator is worth is no score', () => {
  expect(parsePoints('4', 400)).toBe(400)
  expect(parsePoints('4.01', 400)).toBeUndefined()
})
